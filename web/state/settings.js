// The settings of a run: their defaults, their allowed ranges and their validation.
import * as v from 'valibot';

import { setNames, sets } from '../data/sets.js';
import { defaultConfig, sameConfig, variantsOf } from './config.js';
import { shown } from './shown.js';

/**
 * @typedef {import('../engine/protocol.js').Config} Config
 * @typedef {import('../engine/protocol.js').Fault} Fault
 */

/**
 * The samples of a run.
 * @typedef {object} DataSettings
 * @property {import('../data/sets.js').SetName} set
 * @property {number} per_class samples of each class
 * @property {number[]} classes distinct digits, ascending
 * @property {number | null} data_seed null: the first samples of each class, in the set's order (100 of each digit of
 *   mnist are the papers' subset); a number: each class shuffled as by numpy.random.RandomState(data_seed)
 */

/** @typedef {{ config: Config, data: DataSettings, fast: boolean }} Settings */

/**
 * The allowed minimum and maximum, and a description that follows "must be".
 * @typedef {{ least: number, greatest: number, words: string }} Range
 */

/** @param {number} least @param {number} greatest @param {string} [words] @returns {Readonly<Range>} */
const range = (least, greatest, words = `a whole number from ${least} to ${greatest}`) =>
  Object.freeze({ least, greatest, words });

/** Pixels of a digit. */
export const features = 784;

const mostLayers = 16;
const mostNeurons = 4096;
const greatestSeed = 4_294_967_295; // seeds are 32-bit unsigned integers

/** The ranges of cpp/core/config.h, and those of the data. `layers` and `classes` count the entries of a list. */
export const ranges = Object.freeze({
  layers: range(1, mostLayers, `1 to ${mostLayers} whole numbers from 1 to ${mostNeurons}`),
  neurons: range(1, mostNeurons),
  steps: range(1, 10_000),
  learning_rate: range(Number.MIN_VALUE, Number.MAX_VALUE, 'a finite number above 0'),
  seed: range(0, greatestSeed),
  per_class: range(1, Math.max(...setNames.map((name) => sets[name].perClass))), // of the set with the most
  classes: range(1, 10, 'one or more digits from 0 to 9, ascending, none of them twice'),
  data_seed: range(
    0,
    greatestSeed,
    `none (the first samples of each class) or a whole number from 0 to ${greatestSeed}`,
  ),
});

/**
 * The allowed number of samples per class of a set.
 * @param {import('../data/sets.js').SetName} set
 */
export function perClassRange(set) {
  const { perClass } = sets[set];
  return range(1, perClass, `a whole number from 1 to ${perClass}, as the smallest class of ${set} has no more`);
}

/** @template T @param {T[]} list */
const frozenList = (list) => /** @type {T[]} */ (Object.freeze([...list]));

/** The papers' settings. @type {Readonly<Settings>} */
export const defaultSettings = Object.freeze({
  config: Object.freeze({ ...defaultConfig, layers: frozenList(defaultConfig.layers) }),
  data: Object.freeze({
    set: 'mnist',
    per_class: 100,
    classes: frozenList([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    data_seed: null,
  }),
  fast: false,
});

/** @param {Range} range */
const wholeNumber = ({ least, greatest, words }) =>
  v.pipe(v.number(words), v.integer(words), v.minValue(least, words), v.maxValue(greatest, words));

/** @param {Range} length @param {Range} entry */
const wholeNumbers = ({ least, greatest, words }, entry) =>
  v.pipe(v.array(wholeNumber(entry), words), v.minLength(least, words), v.maxLength(greatest, words));

/** @param {number[]} list */
const ascending = (list) => list.every((entry, i) => i === 0 || entry > list[i - 1]);

const switchWords = 'true or false';
const inputWords = '“previous” or “current”';
const equationWords = '22 or 31';

const configFields = {
  layers: wholeNumbers(ranges.layers, ranges.neurons),
  steps: wholeNumber(ranges.steps),
  learning_rate: v.pipe(
    v.number(ranges.learning_rate.words),
    v.minValue(ranges.learning_rate.least, ranges.learning_rate.words),
    v.maxValue(ranges.learning_rate.greatest, ranges.learning_rate.words),
  ),
  seed: wholeNumber(ranges.seed),
  shift_term: v.boolean(switchWords),
  // Settings stored before the variants existed lack them.
  layer_input: v.optional(v.picklist(['previous', 'current'], inputWords), defaultConfig.layer_input),
  gradient_equation: v.optional(v.picklist([22, 31], equationWords), defaultConfig.gradient_equation),
};

const setWords = setNames.map((name) => `“${name}”`).join(' or ');

const dataFields = {
  set: v.picklist(setNames, setWords),
  per_class: wholeNumber(ranges.per_class),
  classes: v.pipe(
    wholeNumbers(ranges.classes, { ...ranges.classes, least: 0, greatest: 9 }),
    v.check(ascending, ranges.classes.words),
  ),
  data_seed: v.nullable(wholeNumber(ranges.data_seed)),
};

/** The schema of settings. An issue's message describes what is allowed and follows "must be". */
export const settingsSchema = v.object({
  config: v.object(configFields),
  data: v.pipe(
    v.object(dataFields),
    v.forward(
      v.check(
        ({ set, per_class }) => per_class <= sets[set].perClass,
        (issue) => perClassRange(issue.input.set).words,
      ),
      ['per_class'],
    ),
  ),
  fast: v.boolean(switchWords),
});

/** @param {unknown} value @returns {Record<string, unknown>} */
const fieldsOf = (value) =>
  typeof value === 'object' && value !== null ? /** @type {Record<string, unknown>} */ (value) : {};

/**
 * Validates settings. Missing or invalid values are replaced by the defaults and reported; missing variants are not
 * reported.
 * @param {unknown} value
 * @returns {{ settings: Settings, complaints: Fault[] }} the settings are a copy of `value` and may be changed
 */
export function checkedSettings(value) {
  /** @type {Fault[]} */
  const complaints = [];
  /**
   * @template {v.GenericSchema} S
   * @param {string} name
   * @param {string} field
   * @param {unknown} from the object with the field
   * @param {S} schema
   * @param {string} words
   * @param {v.InferOutput<S>} fallback
   * @returns {v.InferOutput<S>}
   */
  const checked = (name, field, from, schema, words, fallback) => {
    const given = fieldsOf(from)[field];
    const read = v.safeParse(schema, given);
    if (read.success) return structuredClone(read.output);
    complaints.push({ field, message: `${name} must be ${words}; ${shown(given)} was given.` });
    return structuredClone(fallback);
  };

  const { config, data, fast } = defaultSettings;
  const given = fieldsOf(value);
  const { layers, steps, learning_rate, seed, shift_term, layer_input, gradient_equation } = configFields;
  const variants = variantsOf(config);
  const checkedConfig = {
    layers: checked('The layers', 'layers', given.config, layers, ranges.layers.words, config.layers),
    steps: checked('The number of steps', 'steps', given.config, steps, ranges.steps.words, config.steps),
    learning_rate: checked(
      'The learning rate',
      'learning_rate',
      given.config,
      learning_rate,
      ranges.learning_rate.words,
      config.learning_rate,
    ),
    seed: checked('The weight seed', 'seed', given.config, seed, ranges.seed.words, config.seed),
    shift_term: checked('The shift term', 'shift_term', given.config, shift_term, switchWords, config.shift_term),
    layer_input: checked(
      'The layers’ input',
      'layer_input',
      given.config,
      layer_input,
      inputWords,
      variants.layer_input,
    ),
    gradient_equation: checked(
      'The gradient’s equation',
      'gradient_equation',
      given.config,
      gradient_equation,
      equationWords,
      variants.gradient_equation,
    ),
  };

  const { classes } = dataFields;
  // Settings stored or linked before other sets existed are of this set.
  const isOld = fieldsOf(given.data).set === undefined;
  const set = isOld ? data.set : checked('The data set', 'set', given.data, dataFields.set, setWords, data.set);
  const data_seed = checked(
    'The data seed',
    'data_seed',
    given.data,
    dataFields.data_seed,
    ranges.data_seed.words,
    data.data_seed,
  );
  const perClass = perClassRange(set);
  const checkedData = {
    set,
    per_class: checked(
      'The samples of each class',
      'per_class',
      given.data,
      wholeNumber(perClass),
      perClass.words,
      data.per_class,
    ),
    classes: checked('The classes', 'classes', given.data, classes, ranges.classes.words, data.classes),
    data_seed,
  };

  const checkedFast = checked(
    'The fast engine’s switch',
    'fast',
    value,
    settingsSchema.entries.fast,
    switchWords,
    fast,
  );
  return { settings: { config: checkedConfig, data: checkedData, fast: checkedFast }, complaints };
}

/**
 * Whether two runs have the same settings.
 * @param {Settings} a
 * @param {Settings} b
 */
export function sameSettings(a, b) {
  return (
    sameConfig(a.config, b.config) &&
    a.fast === b.fast &&
    a.data.set === b.data.set &&
    a.data.per_class === b.data.per_class &&
    a.data.data_seed === b.data.data_seed &&
    a.data.classes.join() === b.data.classes.join()
  );
}
