// The available data sets: labelled images of 28 × 28 pixels in ten classes.

/** @typedef {'mnist' | 'mnist-test' | 'fashion-mnist' | 'fashion-mnist-test'} SetName */

/**
 * @typedef {object} DataSet
 * @property {string} title
 * @property {number} count samples in all
 * @property {number} perClass samples in its smallest class; no run can take more of each class
 * @property {string} whole the prefix of its file names
 * @property {string | null} first the prefix of the small files, which hold the first samples of each class; null if
 *   there are none
 * @property {string} megabytes download size of the whole set
 * @property {readonly string[]} classes the names of its classes
 */

/** Samples per class in the small files. */
export const perClassInFirst = 100;

const digits = Object.freeze(Array.from('0123456789'));
const clothes = Object.freeze([
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
]);

/** @type {Readonly<Record<SetName, Readonly<DataSet>>>} */
export const sets = Object.freeze({
  mnist: Object.freeze({
    title: 'MNIST, training digits',
    count: 60_000,
    perClass: 5421,
    whole: 'train',
    first: 'mnist-paper',
    megabytes: '10 MB',
    classes: digits,
  }),
  'mnist-test': Object.freeze({
    title: 'MNIST, test digits',
    count: 10_000,
    perClass: 892,
    whole: 't10k',
    first: null,
    megabytes: '1.6 MB',
    classes: digits,
  }),
  'fashion-mnist': Object.freeze({
    title: 'Fashion-MNIST, training images',
    count: 60_000,
    perClass: 6000,
    whole: 'fashion-mnist-train',
    first: 'fashion-mnist-first',
    megabytes: '26 MB',
    classes: clothes,
  }),
  'fashion-mnist-test': Object.freeze({
    title: 'Fashion-MNIST, test images',
    count: 10_000,
    perClass: 1000,
    whole: 'fashion-mnist-t10k',
    first: null,
    megabytes: '4.4 MB',
    classes: clothes,
  }),
});

/** The data sets in menu order. */
export const setNames = /** @type {SetName[]} */ (Object.keys(sets));

/**
 * The files that hold the requested samples: the small ones if they have enough of each class.
 * @param {{ set: SetName, per_class: number, data_seed: number | null }} data
 * @returns {{ files: string, isWhole: boolean }} the prefix of their names, and whether they hold the whole set
 */
export function filesFor({ set, per_class, data_seed }) {
  const { first, whole } = sets[set];
  return first !== null && data_seed === null && per_class <= perClassInFirst
    ? { files: first, isWhole: false }
    : { files: whole, isWhole: true };
}

/**
 * A class within a sentence: “a 5” or “a Dress (class 3)”.
 * @param {SetName} set
 * @param {number} label
 */
export function classInWords(set, label) {
  const name = sets[set].classes[label];
  if (name === String(label)) return `a ${name}`;
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name} (class ${label})`;
}

/**
 * A class in a heading: “5” or “3: Dress”.
 * @param {SetName} set
 * @param {number} label
 */
export function classTitle(set, label) {
  const name = sets[set].classes[label];
  return name === String(label) ? name : `${label}: ${name}`;
}
