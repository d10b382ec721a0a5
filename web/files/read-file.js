// Reads files that the user opens: a run card, weights, or a zip of run cards. Runs in a worker, because files can be
// large or hostile.
import { digestOf } from '../model/digest.js';
import { flatWeights } from '../model/flat-weights.js';
import { readNpz } from './npz.js';
import { readRunCard } from './run-card.js';
import { keptRun } from '../model/kept-run.js';
import { unzipped, zipEntries } from './unzip.js';

/**
 * @typedef {import('./unzip.js').Entry} Entry
 * @typedef {Omit<import('../model/kept-run.js').KeptRun, 'id'>} FileRun a run as stored in a file
 */

/**
 * @typedef {{ kind: 'weights', layers: import('../model/types.js').LayerWeights[] }
 *   | { kind: 'card', run: FileRun }
 *   | { kind: 'runs', runs: FileRun[], refused: string[] }} Content `refused`: one message per invalid card of a zip
 */

const mostCards = 1000;
const mostBytes = 512 * 2 ** 20;
const longestCard = 64 * 2 ** 20;

/**
 * Calls `read` and adds the file's name to its error.
 * @template T
 * @param {string} name of the file
 * @param {() => T} read
 * @returns {T}
 */
function naming(name, read) {
  try {
    return read();
  } catch (error) {
    throw new Error(`${name} cannot be read. ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** @param {Uint8Array} bytes @param {string} name */
function textOf(bytes, name) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${name} is no run card that can be read. It is not UTF-8 text.`);
  }
}

/**
 * @param {string} text
 * @param {string} name of the file
 * @returns {FileRun}
 */
function runOf(text, name) {
  const { card, recording, faults } = readRunCard(text);
  if (!card)
    throw new Error(`${name} is no run card that can be read. ${faults.map(({ message }) => message).join(' ')}`);
  if (recording.steps === 0) throw new Error(`${name} holds a run without any step: there is nothing to show.`);
  if (card.start) {
    const { digest, name: origin = `the card ${name}` } = card.start;
    recording.start = { name: origin, digest, weights: new Float32Array(0) };
  }
  const { computed: computedBy, created, contract, fingerprint, digest } = card;
  const about = { id: '', name: card.name || name, created, computedBy };
  return { ...keptRun(recording, about), fingerprint, contract, digest };
}

/**
 * Reads a run from a zip, with its initial weights if the zip contains them.
 * @param {Uint8Array} bytes of the zip
 * @param {Entry} entry of the card
 * @param {Entry | undefined} weights
 * @param {(more: number) => void} progress
 */
async function zippedRun(bytes, entry, weights, progress) {
  if (entry.unpacked > longestCard) {
    throw new Error(`${entry.name} has ${entry.unpacked} bytes; a run card has at most ${longestCard}.`);
  }
  const run = runOf(textOf(unzipped(bytes, entry, { progress }), entry.name), entry.name);
  if (!run.start || !weights) return run;
  const flat = naming(weights.name, () => flatWeights(readNpz(unzipped(bytes, weights, { progress })).layers));
  if ((await digestOf(flat)) !== run.start.digest) {
    throw new Error(`${weights.name} has other weights than those that ${entry.name} began with.`);
  }
  return { ...run, start: { ...run.start, weights: flat } };
}

/**
 * @param {Uint8Array} bytes
 * @param {Entry[]} entries
 * @param {Entry[]} cards
 * @param {string} name of the file
 * @param {(share: number) => void} progress
 * @returns {Promise<Content>}
 */
async function zippedRuns(bytes, entries, cards, name, progress) {
  const stem = (/** @type {string} */ name) => name.replace(/\.\w+$/, '');
  const weights = new Map(
    entries.filter(({ name }) => name.endsWith('.npz')).map((entry) => [stem(entry.name), entry]),
  );
  const all = [...cards, ...weights.values()].reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (cards.length > mostCards)
    throw new Error(`${name} has ${cards.length} run cards; at most ${mostCards} are read.`);
  if (all > mostBytes)
    throw new Error(`The runs of ${name} take ${all} bytes unpacked; at most ${mostBytes} are read.`);
  let done = 0;
  /** @type {FileRun[]} */
  const runs = [];
  /** @type {string[]} */
  const refused = [];
  for (const entry of cards) {
    try {
      runs.push(await zippedRun(bytes, entry, weights.get(stem(entry.name)), (more) => progress((done += more) / all)));
    } catch (error) {
      refused.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (runs.length === 0) throw new Error(refused[0]);
  return { kind: 'runs', runs, refused };
}

/**
 * @param {Uint8Array} bytes
 * @param {string} name of the file
 * @param {(share: number) => void} [progress] called with the unpacked share, from 0 to 1
 * @returns {Promise<Content>}
 * @throws {Error} for any other content, with a message for the user
 */
export async function readFile(bytes, name, progress = () => {}) {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip) return { kind: 'card', run: runOf(textOf(bytes, name), name) };
  const entries = naming(name, () => zipEntries(bytes));
  const cards = entries.filter((entry) => entry.name.endsWith('.json'));
  return cards.length > 0
    ? zippedRuns(bytes, entries, cards, name, progress)
    : { kind: 'weights', ...naming(name, () => readNpz(bytes, progress)) };
}
