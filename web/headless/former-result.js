// Verifies that a folder holds only an experiment's result before --force replaces it.
import { readdirSync, readFileSync, rmdirSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { csvNames } from '../files/csv-files.js';

/** The file that identifies a result. */
export const mark = 'experiment.json';
/** Size limit of experiment.json. */
const mostBytes = 2 ** 26;

/** @param {string} folder @returns {any} the content of its experiment.json; null if that is missing or not ours */
function described(folder) {
  try {
    const file = join(folder, mark);
    if (statSync(file).size > mostBytes) return null;
    const about = JSON.parse(readFileSync(file, 'utf8'));
    const isOurs = about?.program === 'ska' && typeof about.experiment === 'string' && Array.isArray(about.runs);
    return isOurs ? about : null;
  } catch {
    return null;
  }
}

/**
 * Tests whether a file name belongs to a result. Results list their files; those of older versions do not, and have the
 * names tested here.
 * @param {any} about
 * @returns {(name: string) => boolean}
 */
function hasFile({ files, runs }) {
  if (Array.isArray(files)) {
    const listed = new Set([...files, 'indices.json']);
    return (name) => listed.has(name);
  }
  const ofRuns = runs.flatMap((/** @type {any} */ run) => csvNames.map((name) => `runs/${run?.key}/${name}`));
  const known = new Set([mark, 'README.md', 'findings.json', 'indices.json', ...ofRuns]);
  return (name) => known.has(name) || /^(figures|tables)\/[^/]+\.csv$/.test(name);
}

/**
 * @typedef {object} FormerResult
 * @property {string[]} files
 * @property {string[]} folders the innermost first
 * @property {string | null} foreign an entry that is not part of a result; null if there is none
 */

/**
 * Classifies the entries of a folder.
 * @param {string} folder
 * @returns {FormerResult}
 */
export function formerResult(folder) {
  const about = described(folder);
  if (!about) return { files: [], folders: [], foreign: mark };
  const isFile = hasFile(about);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => ({
    entry,
    name: relative(folder, join(entry.parentPath, entry.name)),
  }));
  const files = entries.filter(({ entry, name }) => entry.isFile() && isFile(name)).map(({ name }) => name);
  const known = new Set(files);
  const folders = new Set(files.flatMap(foldersAbove));
  const foreign = entries.find(({ entry, name }) => !(entry.isDirectory() ? folders : known).has(name));
  return { files, folders: [...folders].sort((a, b) => b.length - a.length), foreign: foreign?.name ?? null };
}

/** @param {string} name @returns {string[]} */
function foldersAbove(name) {
  const above = dirname(name);
  return above === '.' ? [] : [above, ...foldersAbove(above)];
}

/**
 * Removes a result entry by entry. Foreign entries stay, and so does their folder.
 * @param {string} folder
 * @param {FormerResult} result
 * @throws {Error} if something stays
 */
export function removeResult(folder, { files, folders }) {
  for (const file of files) unlinkSync(join(folder, file));
  for (const each of [...folders, '']) rmdirSync(join(folder, each));
}
