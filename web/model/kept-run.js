// A run as it is stored or imported: its settings, its records, and where it comes from.
import * as v from 'valibot';

import { isKnownContract } from './contract.js';
import { recordLength } from './record.js';
import { Recording } from './recording.js';
import { checkedSettings, features, sameSettings } from './settings.js';

/**
 * A stored run.
 * @typedef {object} KeptRun
 * @property {string} id
 * @property {string} name
 * @property {string} created ISO date; for an imported run, that of its card
 * @property {number} [kept] when it was stored on this device, in milliseconds since 1970; missing in runs of earlier
 *   versions
 * @property {import('./settings.js').Settings} settings
 * @property {string | null} fingerprint
 * @property {string} [contract] of the fingerprint; undefined means the first
 * @property {number} computed milliseconds
 * @property {import('./recording.js').Start | null} start
 * @property {{ kernels: string, exact: boolean, threads: number }} computedBy
 * @property {string} [digest] of its samples, if it came from a card
 * @property {number} steps
 * @property {Float64Array} values all records, concatenated
 */

/** Maximum length of a run's name, in characters. */
export const longestName = 120;

/** Replaces lone surrogates by U+FFFD, because UTF-8 cannot represent them. @param {string} text */
export const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** A valid name of a run: well-formed and not too long. @param {string} name */
export const shortenedName = (name) => wellFormed([...name.slice(0, 2 * longestName)].slice(0, longestName).join(''));

/** A digest or fingerprint. */
export const hexDigits = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

/** @param {string} text */
export const isShortName = (text) => text.length <= 2 * longestName && [...text].length <= longestName;

/** @param {string} text */
export const isTime = (text) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));

/** @param {KeptRun} run */
export function recordingOf({ settings, start, values, steps, computed, fingerprint, contract }) {
  const recording = new Recording(settings.config, settings.fast, settings.data, start);
  const length = values.length / steps;
  for (let k = 0; k < steps; ++k) recording.append(values.slice(k * length, (k + 1) * length), computed);
  recording.fingerprint = isKnownContract(contract) ? fingerprint : null;
  return recording;
}

/**
 * @param {Recording} recording
 * @param {Pick<KeptRun, 'id' | 'name' | 'created' | 'computedBy'>} about
 * @returns {KeptRun}
 */
export function keptRun(recording, about) {
  const records = Array.from({ length: recording.steps }, (_, k) => recording.at(k).values);
  const values = new Float64Array(records.reduce((sum, { length }) => sum + length, 0));
  records.forEach((record, k) => values.set(record, k * record.length));
  const { settings, start, fingerprint, computed, steps } = recording;
  return { ...about, settings, start, fingerprint, computed, steps, values };
}

/** @param {KeptRun} run */
export const bytesOf = ({ values, start }) => values.byteLength + (start?.weights.byteLength ?? 0);

/**
 * Whether two runs are identical to the last bit.
 * @param {Pick<KeptRun, 'settings' | 'fingerprint' | 'start'> & Partial<KeptRun>} a
 * @param {KeptRun} b
 */
export function isSameRun(a, b) {
  if (!sameSettings(a.settings, b.settings) || a.start?.digest !== b.start?.digest) return false;
  if (a.fingerprint !== null || b.fingerprint !== null) {
    return a.fingerprint === b.fingerprint && isKnownContract(a.contract) === isKnownContract(b.contract);
  }
  // `Object.is` treats NaN as equal to NaN.
  return a.values?.length === b.values.length && a.values.every((value, i) => Object.is(value, b.values[i]));
}

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

const keptSchema = v.looseObject({
  id: v.string(),
  name: v.pipe(v.string(), v.check(isShortName)),
  created: v.pipe(v.string(), v.check(isTime)),
  kept: v.optional(v.pipe(v.number(), v.finite())),
  settings: v.looseObject({ config: v.looseObject({}), data: v.looseObject({}), fast: v.boolean() }),
  fingerprint: v.nullable(hexDigits),
  contract: v.optional(v.string()),
  digest: v.optional(hexDigits),
  computed: v.pipe(v.number(), v.finite(), v.minValue(0)),
  start: v.nullable(v.looseObject({ name: v.string(), digest: hexDigits, weights: v.instance(Float32Array) })),
  computedBy: v.looseObject({ kernels: v.string(), exact: v.boolean(), threads: count }),
  steps: count,
  values: v.instance(Float64Array),
});

/** The total number of weights and biases. @param {number[]} layers */
const weightsOf = (layers) =>
  layers.reduce((sum, size, l) => sum + size * ((l === 0 ? features : layers[l - 1]) + 1), 0);

/**
 * Validates a stored value; null if it is not a run.
 * @param {unknown} value
 * @returns {KeptRun | null}
 */
export function checkedRun(value) {
  if (!v.is(keptSchema, value)) return null;
  const { settings, complaints } = checkedSettings(value.settings);
  const { steps, values, start, fingerprint } = value;
  const { layers } = settings.config;
  const length = recordLength(layers.length, layers[layers.length - 1]);
  const isWhole =
    complaints.length === 0 &&
    steps <= settings.config.steps &&
    values.length === steps * length &&
    // A card of a run from given weights does not contain these weights.
    [0, weightsOf(layers)].includes(start?.weights.length ?? 0) &&
    (fingerprint === null || (steps === settings.config.steps && !settings.fast));
  if (!isWhole) return null;
  for (let k = 0; k < steps; ++k) if (values[k * length] !== k) return null;
  return /** @type {KeptRun} */ ({ ...value, settings });
}
