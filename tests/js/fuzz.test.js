// Runner of the fuzz targets: parsing of libFuzzer's output, and rejected options.
import { existsSync, readdirSync } from 'node:fs';

import { expect, it } from 'vitest';

import { fuzzerNames, readFuzzerReport, runFuzzers } from '../../tools/setup/fuzz.mjs';
import { projectDir } from '../../tools/setup/shell.mjs';

it('knows every target, and each has inputs to begin with', () => {
  expect(fuzzerNames).toEqual(['gzip', 'idx', 'json_field', 'run_card', 'sweep_lines', 'sweep_spec']);
  for (const name of fuzzerNames) {
    const corpus = `${projectDir}/tests/fuzz/corpus/${name}`;
    expect(existsSync(corpus) && readdirSync(corpus).length).toBeGreaterThan(0);
  }
});

it('reads how many inputs were tried, and which one failed', () => {
  const good = 'Done 2097152 runs in 61 second(s)\nstat::number_of_executed_units: 2097152\nstat::peak_rss_mb: 90\n';
  expect(readFuzzerReport(good)).toEqual({ executions: 2097152, artifact: null });
  const bad = `==7== ERROR: libFuzzer: deadly signal
artifact_prefix='build/fuzz/idx/'; Test unit written to build/fuzz/idx/crash-0a1b
Base64: AAA=
stat::number_of_executed_units: 12
`;
  expect(readFuzzerReport(bad)).toEqual({ executions: 12, artifact: 'build/fuzz/idx/crash-0a1b' });
  expect(readFuzzerReport('')).toEqual({ executions: 0, artifact: null });
});

it('refuses a target that is not there', async () => {
  await expect(runFuzzers({ seconds: 1, names: ['idx', 'zip'] })).rejects.toThrow(
    'There is no fuzz target "zip"; there are gzip, idx, json_field, run_card, sweep_lines, sweep_spec.',
  );
});
