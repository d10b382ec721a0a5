// The settings of `Config`: one table, read by form, links, run cards, run.json, validation and the names of runs. The
// engine has the same table in cpp/core/config.h; a test compares them.
//
// A new setting is an entry here. One with a `switch` has its checkbox in the form.
import * as v from 'valibot';

import { shown } from './shown.js';

/** @typedef {import('./types.js').Fault} Fault */

/**
 * The least and the greatest allowed, and what is allowed in words that follow "must be".
 * @typedef {{ least: number, greatest: number, words: string }} Range
 */

/** @param {number} least @param {number} greatest @param {string} [words] @returns {Readonly<Range>} */
export const range = (least, greatest, words = `a whole number from ${least} to ${greatest}`) =>
  Object.freeze({ least, greatest, words });

const maxLayers = 16;
const maxNeurons = 4096;
/** Seeds are 32-bit words. */
export const maxSeed = 4_294_967_295;

/** `layers` counts the entries of the list. */
export const configRanges = Object.freeze({
  layers: range(1, maxLayers, `1 to ${maxLayers} whole numbers from 1 to ${maxNeurons}`),
  neurons: range(1, maxNeurons),
  steps: range(1, 10_000),
  learning_rate: range(Number.MIN_VALUE, Number.MAX_VALUE, 'a finite number above 0'),
  seed: range(0, maxSeed),
});

/** @param {Range} range */
export const wholeNumberSchema = ({ least, greatest, words }) =>
  v.pipe(v.number(words), v.integer(words), v.minValue(least, words), v.maxValue(greatest, words));

/** @param {Range} length @param {Range} entry */
export const wholeNumbersSchema = ({ least, greatest, words }, entry) =>
  v.pipe(v.array(wholeNumberSchema(entry), words), v.minLength(least, words), v.maxLength(greatest, words));

// The readers of a link's texts return a text that makes no sense as it is; `checkedSettings` complains then.

/** @param {string} text */
export const wholeNumberOfLink = (text) => (/^\d{1,15}$/.test(text) ? Number(text) : text);
/** @param {string} text */
const realNumberOfLink = (text) => (/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text);
/** @param {string} text */
const sizesOfLink = (text) => (/^\d{1,15}(-\d{1,15})*$/.test(text) ? text.split('-').map(Number) : text);

/** How links write a switch. */
export const switches = { on: true, off: false };
export const switchWords = 'true or false';

/**
 * One setting.
 * @typedef {object} ConfigSetting
 * @property {string} subject the beginning of sentences about it
 * @property {any} default the papers'
 * @property {string} words what is allowed, in words that follow "must be"
 * @property {v.GenericSchema} schema
 * @property {boolean} [isVariant] of the rule: where it is missing, as in files older than it, the default is meant; links
 *   leave the default out
 * @property {{ key: string, text?: (value: any) => string, read?: (text: string) => unknown, choices?: Record<string, any> }} link
 *   its key in links, and how its value is written and read there; `choices` are the words and what they mean
 * @property {{ on: any, off: any, label: string, help: string }} [switch] the values of its checkbox; `_x_` is a variable
 * @property {(value: any) => string} [name] what the names of runs say of a value that is not the default
 */

/** In the order in which files list them. @satisfies {Record<string, ConfigSetting>} */
export const configSettings = {
  layers: {
    subject: 'The layers',
    default: [256, 128, 64, 10],
    words: configRanges.layers.words,
    schema: wholeNumbersSchema(configRanges.layers, configRanges.neurons),
    link: { key: 'layers', text: (/** @type {number[]} */ layers) => layers.join('-'), read: sizesOfLink },
  },
  steps: {
    subject: 'The number of steps',
    default: 50,
    words: configRanges.steps.words,
    schema: wholeNumberSchema(configRanges.steps),
    link: { key: 'steps', read: wholeNumberOfLink },
  },
  learning_rate: {
    subject: 'The learning rate',
    default: 0.01,
    words: configRanges.learning_rate.words,
    schema: v.pipe(
      v.number(configRanges.learning_rate.words),
      v.minValue(configRanges.learning_rate.least, configRanges.learning_rate.words),
      v.maxValue(configRanges.learning_rate.greatest, configRanges.learning_rate.words),
    ),
    // Some mailers turn + into a space.
    link: { key: 'eta', text: (/** @type {number} */ rate) => String(rate).replace('+', ''), read: realNumberOfLink },
  },
  seed: {
    subject: 'The weight seed',
    default: 42,
    words: configRanges.seed.words,
    schema: wholeNumberSchema(configRanges.seed),
    link: { key: 'seed', read: wholeNumberOfLink },
  },
  shift_term: {
    subject: 'The shift term',
    default: true,
    words: switchWords,
    schema: v.boolean(switchWords),
    link: { key: 'shift', choices: switches },
    switch: {
      on: true,
      off: false,
      label: 'Shift term Δ_D_ in the gradient',
      help: 'The papers’ rule has it. Without, a layer follows _Z_·_D_·(1−_D_) alone.',
    },
  },
  layer_input: {
    subject: 'The layers’ input',
    default: /** @type {'previous' | 'current'} */ ('previous'),
    words: '“previous” or “current”',
    schema: v.picklist(['previous', 'current']),
    isVariant: true,
    link: { key: 'input', choices: { previous: 'previous', current: 'current' } },
    switch: {
      on: 'current',
      off: 'previous',
      label: 'Layers learn from the current step’s _D_',
      help: '_D_ of the layer below, which their _Z_ was made of. The authors’ code takes the previous step’s.',
    },
    name: (/** @type {string} */ input) => `${input} input`,
  },
  gradient_equation: {
    subject: 'The gradient’s equation',
    default: /** @type {22 | 31} */ (22),
    words: '22 or 31',
    schema: v.picklist([22, 31]),
    isVariant: true,
    link: { key: 'gradient', choices: { 22: 22, 31: 31 } },
    switch: {
      on: 31,
      off: 22,
      label: 'Δ_D_ undivided by ln 2',
      help: 'Equation 31 of the first paper, in place of its equation 22.',
    },
    name: (/** @type {number} */ equation) => `equation ${equation}`,
  },
};

/** @typedef {keyof typeof configSettings} SettingName */
/** @typedef {{ [Name in SettingName]: (typeof configSettings)[Name]['default'] }} CompleteConfig every setting, also the variants */

/** Each setting with its name. @type {[SettingName, ConfigSetting][]} */
export const settingEntries = /** @type {any} */ (Object.entries(configSettings));

const variantEntries = settingEntries.filter(([, { isVariant }]) => isVariant);

/** @typedef {Partial<Record<SettingName, unknown>>} Values of settings, or texts in their place */

/** @param {[SettingName, ConfigSetting][]} entries @param {Values} config @returns {any} */
const valuesOf = (entries, config) =>
  Object.fromEntries(entries.map(([name, setting]) => [name, config[name] ?? setting.default]));

/** All settings and nothing else; missing ones are the defaults. @param {Config} config @returns {CompleteConfig} */
export const completeConfig = (config) => valuesOf(settingEntries, config);

/** The papers' settings. @type {Readonly<CompleteConfig>} */
export const defaultConfig = Object.freeze(valuesOf(settingEntries, {}));

/**
 * The variants of the rule.
 * @typedef {{ [Name in SettingName as (typeof configSettings)[Name] extends { isVariant: true } ? Name : never]: CompleteConfig[Name] }} Variants
 */
/** A configuration, in which variants may be missing. @typedef {Omit<CompleteConfig, keyof Variants> & Partial<Variants>} Config */

/** @param {Partial<Config>} config @returns {Variants} */
export const variantsOf = (config) => valuesOf(variantEntries, config);

/** The rule as the authors compute it. @type {Readonly<Variants>} */
export const defaultVariants = Object.freeze(variantsOf({}));

/** The settings that a checkbox sets. @param {Values} config @returns {Pick<CompleteConfig, 'shift_term'> & Variants} */
export const switchedOf = (config) =>
  valuesOf(
    settingEntries.filter(([, setting]) => setting.switch),
    config,
  );

/**
 * The variants that are on, in a word or two each.
 * @param {Values} config
 */
export const variantNames = (config) =>
  variantEntries
    .filter(([name, setting]) => (config[name] ?? setting.default) !== setting.default)
    .map(([name, setting]) => setting.name?.(config[name]) ?? name);

/**
 * The texts in the fields of a form.
 * @typedef {object} ConfigText
 * @property {string} layers
 * @property {string} steps
 * @property {string} learning_rate
 * @property {string} seed
 */

/** @param {string} text */
const wholeNumber = (text) => (/^\s*[+-]?\d{1,15}\s*$/.test(text) ? Number(text) : null);

/** @param {string} text @returns {number | null} */
export const realNumber = (text) => (/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : null);

/**
 * The end of a message about a number: quotes the text, and explains a decimal comma.
 * @param {string} text
 */
export const givenNumber = (text) =>
  `${shown(text.trim() || undefined)} was given.${/^\s*\d*,\d+\s*$/.test(text) ? ` Decimals are written with a point: ${text.trim().replace(',', '.')}.` : ''}`;

/**
 * Parses the fields. Only text that is not a number is a fault here; the engine checks the ranges.
 * @param {ConfigText} text
 * @returns {{ config: Config | null, faults: Fault[] }} a configuration if there are no faults
 */
export function parseConfig(text) {
  /** @type {Fault[]} */
  const faults = [];
  /** @template T @param {keyof ConfigText} field @param {T | null} value @param {string} message */
  const required = (field, value, message) => {
    if (value === null) faults.push({ field, message });
    return /** @type {T} */ (value);
  };

  // A hyphen between two numbers separates them, as in 5-3-2; elsewhere it is a minus sign.
  const sizes = text.layers
    .replaceAll(/(?<=\d)\s*[-–]\s*(?=\d)/g, ',')
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(wholeNumber);
  const layers = sizes.length > 0 && !sizes.includes(null) ? /** @type {number[]} */ (sizes) : null;
  const { steps, learning_rate, seed } = text;
  const config = {
    ...defaultConfig,
    layers: required('layers', layers, 'Layers are whole numbers separated by commas, such as 256, 128, 64, 10.'),
    steps: required('steps', wholeNumber(steps), `Steps is a whole number, such as 50; ${givenNumber(steps)}`),
    learning_rate: required(
      'learning_rate',
      realNumber(learning_rate),
      `η is a number, such as 0.01; ${givenNumber(learning_rate)}`,
    ),
    seed: required('seed', wholeNumber(seed), `The seed is a whole number, such as 42; ${givenNumber(seed)}`),
  };
  return { config: faults.length > 0 ? null : config, faults };
}

/**
 * @param {Config} a
 * @param {Config} b
 */
export const sameConfig = (a, b) => JSON.stringify(completeConfig(a)) === JSON.stringify(completeConfig(b));
