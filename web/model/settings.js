// The settings of a run: those of `Config`, the choice of samples, and the engine; their defaults and their validation.
import * as v from 'valibot';

import { setNames, sets } from './sets.js';
import {
  configRanges,
  defaultConfig,
  maxSeed,
  range,
  sameConfig,
  settingEntries,
  switchWords,
  wholeNumberSchema,
  wholeNumbersSchema,
} from './config.js';
import { shown } from './shown.js';

/**
 * @typedef {import('./types.js').Config} Config
 * @typedef {import('./types.js').Fault} Fault
 */

/**
 * The samples of a run.
 * @typedef {object} DataSettings
 * @property {import('./sets.js').SetName} set
 * @property {number} per_class samples of each class
 * @property {number[]} classes distinct digits, ascending
 * @property {number | null} data_seed null: the first samples of each class, in the set's order (100 of each digit of
 *   mnist are the papers' subset); a number: each class shuffled as by numpy.random.RandomState(data_seed)
 */

/** @typedef {{ config: Config, data: DataSettings, fast: boolean }} Settings */

/** Pixels of a digit. */
export const features = 784;

/** `layers` and `classes` count the entries of a list. */
export const ranges = Object.freeze({
  ...configRanges,
  per_class: range(1, Math.max(...setNames.map((name) => sets[name].perClass))), // of whichever set has most
  classes: range(1, 10, 'one or more digits from 0 to 9, ascending, none of them twice'),
  data_seed: range(0, maxSeed, `none (the first samples of each class) or a whole number from 0 to ${maxSeed}`),
});

/**
 * The allowed number of samples per class of a set.
 * @param {import('./sets.js').SetName} set
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

/** @param {number[]} list */
const ascending = (list) => list.every((entry, i) => i === 0 || entry > list[i - 1]);

const setWords = setNames.map((name) => `“${name}”`).join(' or ');

const dataFields = {
  set: v.picklist(setNames, setWords),
  per_class: wholeNumberSchema(ranges.per_class),
  classes: v.pipe(
    wholeNumbersSchema(ranges.classes, { ...ranges.classes, least: 0, greatest: 9 }),
    v.check(ascending, ranges.classes.words),
  ),
  data_seed: v.nullable(wholeNumberSchema(ranges.data_seed)),
};

/** @type {Record<string, v.GenericSchema>} */
const configFields = Object.fromEntries(
  // Files older than a variant do not have it.
  settingEntries.map(([name, { schema, isVariant, default: fallback }]) => [
    name,
    isVariant ? v.optional(schema, fallback) : schema,
  ]),
);

/** Settings, checked; an issue's message is what is allowed, in words that follow "must be". */
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

  const { data, fast } = defaultSettings;
  const given = fieldsOf(value);
  /** @type {any} */
  const checkedConfig = Object.fromEntries(
    settingEntries.map(([name, { subject, words, default: fallback }]) => [
      name,
      checked(subject, name, given.config, configFields[name], words, fallback),
    ]),
  );

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
      wholeNumberSchema(perClass),
      perClass.words,
      data.per_class,
    ),
    classes: checked('The classes', 'classes', given.data, classes, ranges.classes.words, data.classes),
    data_seed,
  };

  const checkedFast = checked('The fast engine’s switch', 'fast', value, v.boolean(switchWords), switchWords, fast);
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
