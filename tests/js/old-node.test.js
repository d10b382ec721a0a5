// On an unsupported Node, every tool prints a sentence instead of a stack trace.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Linter } from 'eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
const tools = readdirSync(join(project, 'tools')).filter((name) => name.endsWith('.mjs'));
const programs = [
  ...tools.map((name) => `tools/${name}`),
  'tests/golden/fingerprints.mjs',
  'web/headless/experiment.js',
];
const guard = 'tools/setup/supported-node.mjs';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ska-old-node-'));
  const version = "Object.defineProperty(process.versions, 'node', { value: process.env.PRETENDED_NODE });";
  writeFileSync(join(folder, 'pretend.cjs'), version);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(programs)('%s', (program) => {
  it.each(['12.22.9', '18.19.0', '20.18.3'])('says what it needs instead of Node %s', (version) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, program)], {
      env: { ...process.env, PRETENDED_NODE: version, NODE_OPTIONS: `--require ${join(folder, 'pretend.cjs')}` },
      encoding: 'utf8',
    });
    expect(stderr).toBe(`Node ${version} is too old: install Node 20.19 or newer, then run this again.\n`);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });
});

it.each([...programs, guard])('%s is in the syntax of Node 12, and imports nothing that is not', (program) => {
  const text = readFileSync(join(project, program), 'utf8');
  const imported = [...text.matchAll(/^import .* from '(.*)';$/gm)].map(([, name]) => name);
  expect(imported.filter((name) => !name.endsWith('setup/supported-node.mjs'))).toEqual([]);
  // ES2020 includes dynamic imports, but also ?. and ??, which Node 12 lacks.
  const newer = ['error', 'ChainExpression', 'LogicalExpression[operator="??"]', 'BigIntLiteral'];
  const config = {
    languageOptions: { ecmaVersion: /** @type {2020} */ (2020), sourceType: /** @type {'module'} */ ('module') },
  };
  const messages = new Linter().verify(text, {
    ...config,
    rules: { 'no-restricted-syntax': /** @type {any} */ (newer) },
  });
  expect(messages.map(({ message }) => message)).toEqual([]);
});
