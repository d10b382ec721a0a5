// Writes fingerprints.csv and fingerprints-variants.csv, for fingerprints.mjs. Every build is tested
// against these files, so they are made with one of them (the module in Node) and only when the definition of the numbers
// themselves has changed.
import { readFileSync, writeFileSync } from 'node:fs';

import createSka from '#ska';

import { exactRunsOf, fingerprintFiles, pixelsOf } from './exact-runs.js';

const ska = await createSka();
for (const file of fingerprintFiles) {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const runs = exactRunsOf(file);
  const made = lines.map((line, i) => {
    const engine = new ska.Engine(runs[i].config, pixelsOf(runs[i]), runs[i].samples);
    engine.advance(runs[i].config.steps, () => {});
    const fingerprint = engine.fingerprint();
    engine.delete();
    return [...line.split(',').slice(0, -1), fingerprint].join(',');
  });
  writeFileSync(file, `${[head, ...made].join('\n')}\n`);
}
