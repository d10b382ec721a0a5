// The fields of the next run's settings: their texts, their validation and the settings they stand for.
import { computed, signal } from '@preact/signals';

import { sets } from '../model/sets.js';
import { givenNumber, parseConfig, realNumber, switchedOf } from '../model/config.js';
import { defaultSettings, perClassRange, ranges } from '../model/settings.js';

/**
 * @typedef {import('../model/types.js').Config} Config
 * @typedef {import('../model/types.js').Fault} Fault
 * @typedef {import('../model/settings.js').Settings} Settings
 */

/**
 * The contents of the fields.
 * @typedef {object} Fields
 * @property {string} layers
 * @property {string} steps
 * @property {string} learning_rate
 * @property {string} seed
 * @property {boolean} shift_term
 * @property {'previous' | 'current'} layer_input
 * @property {22 | 31} gradient_equation
 * @property {boolean} fast
 * @property {import('../model/sets.js').SetName} set
 * @property {string} per_class
 * @property {number[]} classes
 * @property {boolean} shuffled whether a data seed shuffles the samples
 * @property {string} data_seed
 */

/** @param {number} value formatted as a user would type it */
const typed = (value) => String(Number(value.toPrecision(12)));

/** @param {Settings} settings @returns {Fields} */
const fieldsOf = ({ config, data, fast }) => ({
  layers: config.layers.join(', '),
  steps: String(config.steps),
  learning_rate: String(config.learning_rate),
  seed: String(config.seed),
  ...switchedOf(config),
  fast,
  set: data.set,
  per_class: String(data.per_class),
  classes: [...data.classes],
  shuffled: data.data_seed !== null,
  data_seed: String(data.data_seed ?? 0),
});

/** @param {string} text @param {{ least: number, greatest: number }} range */
function wholeNumber(text, { least, greatest }) {
  const value = /^\s*\d{1,12}\s*$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= greatest ? value : null;
}

/** @param {Fields} fields @returns {{ data: import('../model/settings.js').DataSettings | null, faults: Fault[] }} */
function parseData({ set, per_class, classes, shuffled, data_seed }) {
  const range = perClassRange(set);
  const perClass = wholeNumber(per_class, range);
  const seed = shuffled ? wholeNumber(data_seed, ranges.data_seed) : null;
  /** @type {Fault[]} */
  const faults = [];
  if (perClass === null) {
    faults.push({
      field: 'per_class',
      message: `Samples per class are a whole number from 1 to ${range.greatest}: the smallest class of ${sets[set].title} has no more.`,
    });
  }
  if (classes.length === 0) faults.push({ field: 'classes', message: 'At least one class is needed.' });
  if (shuffled && seed === null)
    faults.push({ field: 'data_seed', message: 'The data seed is a whole number from 0 to 4294967295.' });
  return faults.length > 0 || perClass === null
    ? { data: null, faults }
    : { data: { set, per_class: perClass, classes, data_seed: seed }, faults };
}

export class Form {
  #validate;
  /** @type {import('@preact/signals').Signal<Fields>} */
  fields;
  /** Whether a change of K changes η to keep τ = η·K. */
  keepsTau = signal(false);
  /** @type {import('@preact/signals').Signal<Fault[]>} */
  faults = signal(/** @type {Fault[]} */ ([]));
  /** Text typed as τ that could not be applied; null shows η·K. */
  tauText = signal(/** @type {string | null} */ (null));
  /** The last valid τ, to be kept while K is being typed. @type {number | null} */
  #lastTau = null;
  /** Faults of texts outside the settings, by the field that shows them. @type {Map<string, string>} */
  #unread = new Map();
  /** The settings in the fields; null while any of them is invalid or not validated yet. */
  settings;
  /** The validation of the current fields. @type {Promise<Settings | null>} */
  judgement = Promise.resolve(null);
  /** Set by the view of the fields: focuses the first invalid field. */
  focusFault = () => {};
  /** Whether this browser can run the fast engine. */
  canBeFast = true;

  /** τ = η·K of the current fields; null if there is none. */
  tau = computed(() => {
    const { config } = parseConfig(this.fields.value);
    const tau = config && config.learning_rate * config.steps;
    return tau !== null && Number.isFinite(tau) ? tau : null;
  });

  /**
   * @param {Settings} settings
   * @param {(config: Config) => Promise<Fault[]>} validate the engine's validation of a configuration
   */
  constructor(settings, validate) {
    this.#validate = validate;
    this.fields = signal(fieldsOf(settings));
    this.settings = signal(/** @type {Settings | null} */ (settings));
    this.#judge();
  }

  /** @param {Partial<Fields>} change */
  change(change) {
    const before = this.tau.value ?? this.#lastTau;
    this.#lastTau = before;
    this.fields.value = { ...this.fields.value, ...change };
    for (const field of Object.keys(change)) this.#unread.delete(field);
    if (change.steps !== undefined && this.keepsTau.value && before !== null) {
      const { config } = parseConfig({ ...this.fields.value, learning_rate: '1' });
      if (config) this.fields.value = { ...this.fields.value, learning_rate: typed(before / config.steps) };
    }
    if (this.tau.value !== null) this.#lastTau = this.tau.value;
    if (change.steps !== undefined || change.learning_rate !== undefined) this.#tellTau(null, '');
    this.#judge();
  }

  /**
   * Sets η so that η·K equals τ.
   * @param {string} text if it cannot be applied, it stays in its field as a fault
   */
  changeTau(text) {
    const tau = realNumber(text);
    const { config } = parseConfig({ ...this.fields.value, learning_rate: '1' });
    if (tau !== null && tau > 0 && tau < Infinity && config) {
      this.change({ learning_rate: typed(tau / config.steps) });
      return;
    }
    const words = config
      ? `τ is a finite number above 0, such as 0.5; ${givenNumber(text)}`
      : 'τ sets η = τ/K: the other fields have to be right first.';
    this.#tellTau(text, words);
    this.#judge();
  }

  /** @param {string | null} text @param {string} fault */
  #tellTau(text, fault) {
    this.tauText.value = text;
    if (fault) this.#unread.set('tau', fault);
    else this.#unread.delete('tau');
  }

  /**
   * Reports that text typed beside a field could not be applied. No run can start until the text or the field changes.
   * @param {keyof Fields} field
   * @param {string} message
   */
  refuse(field, message) {
    this.#unread.set(field, message);
    this.#judge();
  }

  /** Restores earlier contents of the fields. @param {Fields} fields */
  restore(fields) {
    this.fields.value = fields;
    this.#judge();
  }

  /** @param {Settings} settings */
  fill(settings) {
    this.#unread.clear();
    this.tauText.value = null;
    this.#lastTau = null;
    this.fields.value = fieldsOf({ ...settings, fast: settings.fast && this.canBeFast });
    this.#judge();
  }

  /** The papers' settings. */
  fillDefaults() {
    this.fill(defaultSettings);
  }

  /** Validates the fields. Until this has finished, the buttons cannot start anything; Enter waits for the result. */
  #judge() {
    this.settings.value = null;
    const fields = this.fields.value;
    const { config: typed, faults } = parseConfig(fields);
    const config = typed && { ...typed, ...switchedOf(fields) };
    const data = parseData(fields);
    const engine = config ? this.#validate(config) : [];
    /** @type {Promise<Settings | null>} */
    const asked = Promise.resolve(engine).then(
      (found) => {
        if (this.judgement !== asked) return this.judgement; // the fields have changed since
        const unread = Array.from(this.#unread, ([field, message]) => ({ field, message }));
        this.faults.value = [...faults, ...found, ...data.faults, ...unread];
        this.settings.value =
          config && data.data && this.faults.value.length === 0 ? { config, data: data.data, fast: fields.fast } : null;
        return this.settings.value;
      },
      (error) => {
        if (this.judgement !== asked) return this.judgement;
        this.faults.value = [{ field: 'layers', message: `These settings could not be checked. ${error.message}` }];
        return null;
      },
    );
    this.judgement = asked;
  }
}
