// Writes an experiment's results: the findings as text and JSON, every figure and table as CSV, and every run in the
// layout of `ska run --out`.
import { strToU8, zipSync } from 'fflate';

import { figureNumbers } from '../charts/figures/figure-words.js';
import { csvFiles, zipTime } from './csv-files.js';
import { csvOf } from './table-csv.js';

/**
 * @typedef {import('../experiments/experiment.js').Experiment} Experiment
 * @typedef {import('../experiments/experiment.js').Finding} Finding
 * @typedef {import('../experiments/outcome.js').Outcome} Outcome
 * @typedef {import('./csv-files.js').TextFile} TextFile
 */

/**
 * @typedef {object} Experimented
 * @property {string} name the experiment's folder
 * @property {Experiment} experiment
 * @property {Record<string, any>} values of its controls
 * @property {Outcome} outcome
 * @property {import('../experiments/experiment.js').Report} report its report
 * @property {Record<string, string>} [failures] error messages of failed runs, by key
 */

const verdicts = { holds: 'holds', fails: 'does not hold', open: 'open', fact: '' };

/** @param {Finding} finding */
function findingLine({ claim, verdict, source, text, value, published, allowed }) {
  const claimed = claim ? `**${claim}** ${verdicts[verdict]}${source ? ` (${source})` : ''}. ` : '';
  const compared =
    value !== undefined && published !== undefined
      ? ` Here ${value}, published ${published}, difference ${value - published}${allowed === undefined ? '' : `, allowed ${allowed}`}.`
      : '';
  return `- ${claimed}${text}${compared}\n`;
}

/** @param {Experimented} what */
function readme({ experiment, values, outcome, report: { findings }, failures = {} }) {
  const controls = Object.entries(experiment.controls).map(
    ([name, { label, write }]) => `- ${name} (${label}): ${write(values[name])}\n`,
  );
  const failed = Object.entries(failures).map(([key, reason]) => `- ${key} failed: ${reason}\n`);
  return (
    `# ${experiment.title}\n\n${experiment.question}\n\n${experiment.about}\n\n## Set up\n\n${controls.join('')}\n` +
    `## What the numbers say\n\n${findings.map(findingLine).join('')}\n## Runs\n\n` +
    `${outcome.finished.length} of ${outcome.declared.length} runs finished.\n${failed.join('')}`
  );
}

/** @param {unknown} value */
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/**
 * All files; their names are paths within the experiment's folder.
 * @param {Experimented} what
 * @returns {TextFile[]}
 */
export function experimentFiles(what) {
  const { name, experiment, values, outcome, report, failures = {} } = what;
  const { findings, sections } = report;
  const controls = Object.fromEntries(
    Object.entries(experiment.controls).map(([key, { write }]) => [key, write(values[key])]),
  );
  const runs = outcome.declared.map(({ key, name: title, settings }) => ({
    key,
    name: title,
    settings,
    fingerprint: outcome.of(key)?.fingerprint ?? null,
    ...(Object.hasOwn(failures, key) && { error: failures[key] }),
  }));
  const files = [
    { name: 'findings.json', content: json(findings) },
    ...sections.flatMap(({ figures = [], tables = [] }) => [
      ...figures.map((figure) => ({ name: `figures/${figure.id}.csv`, content: csvOf(figureNumbers(figure)) })),
      ...tables.map((table) => ({ name: `tables/${table.id}.csv`, content: csvOf(table) })),
    ]),
    ...outcome.finished.flatMap(({ key, recording }) =>
      csvFiles(recording).map((file) => ({ name: `runs/${key}/${file.name}`, content: file.content })),
    ),
  ];
  // It lists all files, so that the command can tell the result from foreign files beside it.
  const names = ['README.md', 'experiment.json', ...files.map((file) => file.name)];
  return [
    { name: 'README.md', content: readme(what) },
    { name: 'experiment.json', content: json({ program: 'ska', experiment: name, controls, runs, files: names }) },
    ...files,
  ];
}

/** @param {Experimented} what @returns {Uint8Array<ArrayBuffer>} */
export const experimentZip = (what) =>
  zipSync(Object.fromEntries(experimentFiles(what).map(({ name, content }) => [name, strToU8(content)])), {
    mtime: zipTime,
  });
