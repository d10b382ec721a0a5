// Makes fingerprints.csv anew: node tests/golden/fingerprints.mjs. Every build is tested against this file, so it is made
// with one of them (the module in Node) and only when the definition of the numbers themselves has changed.
import { readFileSync, writeFileSync } from 'node:fs';

import createSka from '#ska';

import { exactRuns, pixelsOf } from './exact-runs.js';

const file = new URL('./fingerprints.csv', import.meta.url);
const ska = await createSka();
const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
const runs = exactRuns();
const made = lines.map((line, i) => {
  const engine = new ska.Engine(runs[i].config, pixelsOf(runs[i]), runs[i].samples);
  engine.advance(runs[i].config.steps, () => {});
  const fingerprint = engine.fingerprint();
  engine.delete();
  return [...line.split(',').slice(0, -1), fingerprint].join(',');
});
writeFileSync(file, `${[head, ...made].join('\n')}\n`);
