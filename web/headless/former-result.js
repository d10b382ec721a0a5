// Proves that a folder holds a result of an experiment and nothing else, before --force replaces it.
import { readdirSync, readFileSync, rmdirSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { csvNames } from '../keep/csv-files.js';

/** The file by which a result is known. */
export const mark = 'experiment.json';
/** More than that has no experiment.json. */
const mostBytes = 2 ** 26;

/** @param {string} folder @returns {any} what its experiment.json says; null where that is not one of ours */
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
 * Whether a result has a file of that name. Results list their files; those of older versions do not, and have these.
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
 * @property {string | null} foreign an entry that is not part of it
 */

/**
 * What is in a folder.
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
 * Removes a result, entry by entry: what is none of it stays, and so does its folder.
 * @param {string} folder
 * @param {FormerResult} result
 * @throws {Error} where something stays
 */
export function removeResult(folder, { files, folders }) {
  for (const file of files) unlinkSync(join(folder, file));
  for (const each of [...folders, '']) rmdirSync(join(folder, each));
}
