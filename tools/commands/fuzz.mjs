// npm run fuzz -- NAME --minutes N: fuzzes a file reader with libFuzzer and sanitizers. Without NAME, all readers share
// the time equally.
import { parseArgs } from 'node:util';

import { buildFuzzers, fuzzerNames, runFuzzers } from '../setup/fuzz.mjs';
import { main, Problem } from '../setup/shell.mjs';

const usage = `npm run fuzz -- [NAME] [--minutes N], where NAME is one of ${fuzzerNames.join(', ')}`;

function readWords() {
  try {
    const { values, positionals } = parseArgs({ options: { minutes: { type: 'string' } }, allowPositionals: true });
    const minutes = Number(values.minutes ?? '6');
    if (!(minutes > 0 && minutes <= 10_000) || positionals.length > 1) throw new Problem(`Usage: ${usage}.`);
    const names = positionals.length > 0 ? positionals : fuzzerNames;
    if (!fuzzerNames.includes(names[0])) throw new Problem(`There is no fuzz target "${names[0]}". Usage: ${usage}.`);
    return { seconds: 60 * minutes, names };
  } catch (error) {
    if (error instanceof Problem || !(error instanceof TypeError)) throw error;
    throw new Problem(`${error.message} Usage: ${usage}.`);
  }
}

await main(async () => {
  const asked = readWords();
  buildFuzzers();
  const results = await runFuzzers(asked);
  for (const { name, executions } of results) console.log(`${name}: ${executions} inputs`);
  const failures = results.filter(({ ok }) => !ok);
  if (failures.length > 0) throw new Problem(failures.map(({ message }) => message).join('\n\n'));
});
