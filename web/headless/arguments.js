// Parses the command line of `ska experiment`.
import { shown } from '../model/shown.js';
import { BadUsage } from './problem.js';

/**
 * @typedef {object} Asked
 * @property {'help' | 'list' | 'run'} what
 * @property {string} name of the experiment
 * @property {string} out
 * @property {Map<string, string>} controls
 * @property {boolean} force
 * @property {boolean} quiet
 * @property {string | null} workers unparsed
 */

/** The limit of `ska sweep`. */
const mostWorkers = 64;

export const help = `ska experiment: run one of the page's experiments, and keep its runs, figures, tables and findings

  ska experiment --list
  ska experiment NAME --out FOLDER [--set CONTROL=VALUE]... [--workers T] [--force] [--quiet]

  --list              the experiments, their questions and their controls
  --out FOLDER        where to put README.md, findings.json, figures/, tables/ and runs/
  --set CONTROL=VALUE a control, in the words of the page's links, such as --set pairs=0.02x25,0.01x50
  --workers T         runs at once (default: the CPUs this process may use, at most 64); the numbers do not depend on it
  --force             replace a result that is there already
  --quiet             print nothing but errors
`;

/** Options without a value, and what they request. @type {Record<string, Partial<Asked>>} */
const flags = {
  '--help': { what: 'help' },
  '-h': { what: 'help' },
  '--list': { what: 'list' },
  '--force': { force: true },
  '--quiet': { quiet: true },
};

/** @param {string[]} words @returns {Asked} @throws {BadUsage} */
export function readArguments(words) {
  /** @type {Asked} */
  const asked = { what: 'run', name: '', out: '', controls: new Map(), force: false, quiet: false, workers: null };
  const rest = [...words];
  /** @param {string} option @param {string | undefined} inline */
  const valueOf = (option, inline) => {
    const value = inline ?? rest.shift();
    if (!value || value.startsWith('--')) throw new BadUsage(`${option} needs a value; see ska experiment --help.`);
    return value;
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [option, inline] =
      word.startsWith('--') && word.includes('=')
        ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]
        : [word, undefined];
    if (Object.hasOwn(flags, option)) {
      if (inline !== undefined) throw new BadUsage(`${option} takes no value; ${shown(inline)} was given.`);
      Object.assign(asked, flags[option]);
    } else if (option === '--out') asked.out = valueOf(option, inline);
    else if (option === '--workers') asked.workers = valueOf(option, inline);
    else if (option === '--set') {
      const setting = valueOf(option, inline);
      const at = setting.indexOf('=');
      if (at < 1) throw new BadUsage(`--set must be CONTROL=VALUE; ${shown(setting)} was given.`);
      if (asked.controls.has(setting.slice(0, at)))
        throw new BadUsage(`${setting.slice(0, at)} is set more than once.`);
      asked.controls.set(setting.slice(0, at), setting.slice(at + 1));
    } else if (option.startsWith('-'))
      throw new BadUsage(`${shown(option)} is not an option; see ska experiment --help.`);
    else if (asked.name) throw new BadUsage(`${shown(option)} is out of place; one experiment is run at a time.`);
    else asked.name = option;
  }
  if (asked.what !== 'run') return asked;
  if (!asked.name) throw new BadUsage('The name of an experiment is needed; see ska experiment --list.');
  if (!asked.out) throw new BadUsage('--out FOLDER is needed, to put the results into.');
  if (asked.workers !== null && !(/^[1-9]\d?$/.test(asked.workers) && Number(asked.workers) <= mostWorkers))
    throw new BadUsage(`--workers must be a whole number from 1 to ${mostWorkers}; ${shown(asked.workers)} was given.`);
  return asked;
}
