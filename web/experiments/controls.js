// Controls of an experiment. Each parses its value from a text and formats it as one. The same texts are used in the
// fields, in links and on the command line.
import { ranges } from '../model/settings.js';
import { shown } from '../model/shown.js';

/**
 * @template T
 * @typedef {object} Control
 * @property {string} label
 * @property {string} help one line
 * @property {T} fallback
 * @property {string} words what is allowed; follows "must be"
 * @property {(text: string) => T | undefined} read returns undefined for invalid text
 * @property {(value: T) => string} write
 * @property {Record<string, string>} [options] the labels of choices, by their texts
 * @property {(value: T, values: any) => string | null} [allowed] checks the value against the other controls: returns
 *   what is allowed, in words that follow "must be", or null if it is valid
 */

/** @typedef {{ label: string, help: string }} About */
/** @typedef {import('../model/config.js').Range} Range */

/** @param {string} text */
const wholeOf = (text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);
/** @param {string} text */
const realOf = (text) => (/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined);
/**
 * Formats a number without +, which some programs turn into a space, and which a run's key cannot contain.
 * @param {number} value
 */
export const realText = (value) => String(value).replace('+', '');

/**
 * @template T
 * @param {string} text
 * @param {string} separator
 * @param {(text: string) => T | undefined} readOne
 * @param {number} most
 */
function listOf(text, separator, readOne, most) {
  const entries = text.split(separator).map((entry) => readOne(entry.trim()));
  return entries.length <= most && !entries.includes(undefined) ? /** @type {T[]} */ (entries) : undefined;
}

/** @param {number | undefined} value @param {Pick<Range, 'least' | 'greatest'>} range */
const within = (value, { least, greatest }) =>
  value !== undefined && value >= least && value <= greatest ? value : undefined;

/**
 * @template {string} T
 * @param {About & { fallback: NoInfer<T>, options: Record<T, string> }} about
 * @returns {Control<T>}
 */
export function choice({ options, ...about }) {
  const texts = /** @type {T[]} */ (Object.keys(options));
  return {
    ...about,
    options,
    words: texts.map((text) => `“${text}”`).join(' or '),
    read: (text) => texts.find((each) => each === text),
    write: (value) => value,
  };
}

/** @param {About & { fallback: boolean }} about @returns {Control<boolean>} */
export const onOff = (about) => ({
  ...about,
  options: { on: 'On', off: 'Off' },
  words: '“on” or “off”',
  read: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
  write: (value) => (value ? 'on' : 'off'),
});

/** @typedef {Pick<Control<any>, 'allowed'>} Allowed */

/** @param {About & Allowed & { fallback: number, range: Range }} about @returns {Control<number>} */
export const wholeNumber = ({ range, ...about }) => ({
  ...about,
  words: range.words,
  read: (text) => within(wholeOf(text), range),
  write: String,
});

/** @param {About & { fallback: number, range: Range }} about @returns {Control<number>} */
export const realNumber = ({ range, ...about }) => ({
  ...about,
  words: range.words,
  read: (text) => within(realOf(text), range),
  write: realText,
});

/** A data seed, or `first` for none. @param {About & { fallback: number | null }} about @returns {Control<number | null>} */
export const seedOrFirst = (about) => ({
  ...about,
  words: `“first” or a whole number from 0 to ${ranges.data_seed.greatest}`,
  read: (text) => (text === 'first' ? null : within(wholeOf(text), ranges.data_seed)),
  write: (value) => (value === null ? 'first' : String(value)),
});

/**
 * Distinct whole numbers.
 * @param {About & Allowed & { fallback: number[], range: Range, most: number }} about
 * @returns {Control<number[]>}
 */
export const wholeNumbers = ({ range, most, ...about }) => ({
  ...about,
  words: `1 to ${most} different whole numbers from ${range.least} to ${range.greatest}, separated by commas`,
  read(text) {
    const list = listOf(text, ',', (entry) => within(wholeOf(entry), range), most);
    return list && new Set(list).size === list.length ? list : undefined;
  },
  write: (value) => value.join(),
});

/**
 * Distinct numbers.
 * @param {About & { fallback: number[], range: Range, most: number }} about
 * @returns {Control<number[]>}
 */
export const realNumbers = ({ range, most, ...about }) => ({
  ...about,
  words: `1 to ${most} different numbers from ${range.least} to ${range.greatest}, separated by commas`,
  read(text) {
    const list = listOf(text, ',', (entry) => within(realOf(entry), range), most);
    return list && new Set(list).size === list.length ? list : undefined;
  },
  write: (value) => value.map(realText).join(),
});

/** @param {string} text */
function sizesOf(text) {
  const list = listOf(text, '-', (entry) => within(wholeOf(entry), ranges.neurons), ranges.layers.greatest);
  return list && list.length > 0 ? list : undefined;
}

/** Neurons of each layer, as 256-128-64-10. @param {About & { fallback: number[] }} about @returns {Control<number[]>} */
export const layerSizes = (about) => ({
  ...about,
  words: `${ranges.layers.words}, separated by hyphens, such as 256-128-64-10`,
  read: sizesOf,
  write: (value) => value.join('-'),
});

/** Several networks, as 10,32-10,64-32-10. @param {About & { fallback: number[][], most: number }} about @returns {Control<number[][]>} */
export const networks = ({ most, ...about }) => ({
  ...about,
  words: `1 to ${most} different networks separated by commas, such as 10,32-10,64-32-10`,
  read(text) {
    const list = listOf(text, ',', sizesOf, most);
    return list && new Set(list.map((sizes) => sizes.join('-'))).size === list.length ? list : undefined;
  },
  write: (value) => value.map((sizes) => sizes.join('-')).join(),
});

/** @typedef {{ learning_rate: number, steps: number }} Pace */

/** Pairs of η and K, as 0.02x25,0.01x50. @param {About & { fallback: Pace[], most: number }} about @returns {Control<Pace[]>} */
export const paces = ({ most, ...about }) => ({
  ...about,
  words: `1 to ${most} different pairs of η and K, such as 0.02x25,0.01x50, with η above 0 and K from 2 to ${ranges.steps.greatest}`,
  read(text) {
    const list = listOf(
      text,
      ',',
      (entry) => {
        const [rate, steps, ...more] = entry.split(/\s*[x×]\s*/);
        const learning_rate = within(realOf(rate), ranges.learning_rate);
        const count = within(wholeOf(steps ?? ''), { least: 2, greatest: ranges.steps.greatest });
        return more.length > 0 || learning_rate === undefined || count === undefined
          ? undefined
          : { learning_rate, steps: count };
      },
      most,
    );
    const texts = list?.map(({ learning_rate, steps }) => `${learning_rate}x${steps}`);
    return texts && new Set(texts).size === texts.length ? list : undefined;
  },
  write: (value) => value.map(({ learning_rate, steps }) => `${realText(learning_rate)}x${steps}`).join(),
});

/**
 * The values of an experiment's controls. Every invalid text is reported with a message and replaced by the fallback.
 * @param {import('./experiment.js').Experiment['controls']} controls
 * @param {Map<string, string>} texts
 * @returns {{ values: Record<string, any>, complaints: { field: string, message: string }[] }}
 */
export function readControls(controls, texts) {
  /** @type {{ field: string, message: string }[]} */
  const complaints = [];
  for (const name of texts.keys()) {
    if (!Object.hasOwn(controls, name)) {
      const names = Object.keys(controls).join(', ');
      complaints.push({ field: name, message: `This experiment has no control ${shown(name)}; it has ${names}.` });
    }
  }
  const values = Object.fromEntries(
    Object.entries(controls).map(([name, control]) => {
      const text = texts.get(name);
      const value = text === undefined ? control.fallback : control.read(text.trim());
      if (value === undefined)
        complaints.push({
          field: name,
          message: `${control.label} must be ${control.words}; ${shown(text)} was given.`,
        });
      return [name, value === undefined ? control.fallback : value];
    }),
  );
  for (const [name, { label, allowed, fallback }] of Object.entries(controls)) {
    const words = allowed?.(values[name], values);
    if (!words) continue;
    complaints.push({ field: name, message: `${label} must be ${words}; ${shown(texts.get(name))} was given.` });
    values[name] = fallback;
  }
  return { values, complaints };
}

/**
 * The values that differ from their fallbacks, as texts.
 * @param {import('./experiment.js').Experiment['controls']} controls
 * @param {Record<string, any>} values
 */
export function writeControls(controls, values) {
  return new Map(
    Object.entries(controls)
      .map(([name, { write, fallback }]) => /** @type {const} */ ([name, write(values[name]), write(fallback)]))
      .filter(([, text, fallback]) => text !== fallback)
      .map(([name, text]) => /** @type {const} */ ([name, text])),
  );
}
