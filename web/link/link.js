// Encodes a run's settings and its view in the address bar, and decodes links.
import { completeConfig, settingEntries, switches, wholeNumberOfLink } from '../model/config.js';
import { setNames } from '../model/sets.js';
import { defaultView } from '../model/view.js';
import { checkedSettings, defaultSettings } from '../model/settings.js';
import { repairedText } from './link-text.js';
import { shown } from '../model/shown.js';
import { contract, isKnownContract } from '../model/contract.js';

/**
 * @typedef {import('../model/settings.js').Settings} Settings
 * @typedef {import('../model/types.js').Fault} Fault
 */

/** @typedef {import('../model/view.js').View} View */
/** @typedef {(field: string, message: string) => void} Complain */
/** @typedef {'controls' | 'runs' | 'tour' | 'honest'} Hideable */

/**
 * @typedef {object} Link
 * @property {Settings} settings
 * @property {View} view how the charts are drawn
 * @property {number | null} step the step under the cursor, counted from 0
 * @property {string | null} fingerprint of the shared run, 32 hexadecimal digits
 * @property {Hideable[]} hide hidden parts of the page, in the order of `hideable`
 * @property {boolean} shared whether the link holds more than the settings; if not, view, step, fingerprint and hide
 *   are the defaults
 */

const version = '1';
const longest = 4000;

/** The parts of the page that a link can hide. @type {readonly Hideable[]} */
export const hideable = ['controls', 'runs', 'tour', 'honest'];
const settingKeys = [
  'v',
  ...settingEntries.map(([, { link }]) => link.key),
  'set',
  'per-class',
  'classes',
  'data-seed',
  'engine',
];
/** Those of the settings that no link of ours leaves out. */
const alwaysWritten = [
  ...settingEntries.filter(([, { isVariant }]) => !isVariant).map(([, { link }]) => link.key),
  'per-class',
  'classes',
  'data-seed',
  'engine',
];
const sharedKeys = ['charts', 'scale', 'log', 'axis', 'compare', 'layer', 'step', 'fingerprint', 'contract', 'hide'];

/** The decoded link of an empty address. @type {Readonly<Link>} */
export const defaultLink = Object.freeze({
  settings: defaultSettings,
  view: defaultView,
  step: null,
  fingerprint: null,
  hide: /** @type {Hideable[]} */ (Object.freeze(/** @type {Hideable[]} */ ([]))),
  shared: false,
});

/** @param {boolean} value */
const onOff = (value) => (value ? 'on' : 'off');

/** @param {import('../model/config.js').ConfigSetting['link']} link @param {any} value */
function textOfLink({ choices, text = String }, value) {
  if (!choices) return text(value);
  return Object.keys(choices).find((word) => choices[word] === value);
}

/**
 * The hash of a link, such as `#v=1&layers=256-128-64-10&steps=50&…`.
 * @param {Link} link
 * @returns {string}
 */
export function encodeLink({ settings: { config, data, fast }, view, step, fingerprint, hide, shared }) {
  const complete = completeConfig(config);
  const fields = [
    ['v', version],
    // Variants that are off are left out: links are what they were before there were variants.
    ...settingEntries
      .filter(([name, setting]) => !setting.isVariant || complete[name] !== setting.default)
      .map(([name, { link }]) => [link.key, textOfLink(link, complete[name])]),
    ...(data.set === defaultSettings.data.set ? [] : [['set', data.set]]), // links are as they were
    ['per-class', data.per_class],
    ['classes', data.classes.join('')],
    ['data-seed', data.data_seed ?? 'first'],
    ['engine', fast ? 'fast' : 'exact'],
  ];
  if (shared) {
    fields.push(
      ['charts', view.charts],
      ['scale', view.scale],
      ['log', onOff(view.log)],
      ['axis', view.axis],
      ['compare', view.compare],
      ['layer', view.layer + 1], // counted from 1 for people
    );
    if (step !== null) fields.push(['step', step]);
    if (fingerprint !== null) fields.push(['fingerprint', fingerprint], ['contract', contract]);
    if (hide.length > 0) fields.push(['hide', hideable.filter((part) => hide.includes(part)).join()]);
  }
  return `#${fields.map((field) => field.join('=')).join('&')}`;
}

// Each of these parses a field's text, and returns it unchanged if it is invalid; checkedSettings then reports it.

/** @param {string} text */
const digits = (text) => (/^\d+$/.test(text) ? [...text].map(Number) : text);
/** @param {string} text */
const seedOrFirst = (text) => (text === 'first' ? null : wholeNumberOfLink(text));

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/**
 * The known fields of a hash. A field that cannot be used is null and was reported.
 * @param {string} body without the #
 * @param {Complain} complain
 */
function readFields(body, complain) {
  /** @type {Map<string, string | null>} */
  const fields = new Map();
  for (const part of body.split('&').filter(Boolean)) {
    const [rawKey] = part.split('=', 1);
    const key = decoded(rawKey);
    const text = decoded(part.slice(rawKey.length + 1));
    if (key === null) {
      complain(
        'link',
        `The link has a field whose name, ${shown(rawKey)}, has a % without two digits that mean a character.`,
      );
    } else if (!settingKeys.includes(key) && !sharedKeys.includes(key)) {
      complain('link', `The link has a field ${shown(key)}, which means nothing here.`);
    } else if (fields.has(key)) {
      if (fields.get(key) !== null)
        complain(key, `The link has its field “${key}” more than once, so none of them counts.`);
      fields.set(key, null);
    } else {
      if (text === null) {
        const raw = part.slice(rawKey.length + 1);
        complain(key, `The link’s field “${key}”, ${shown(raw)}, has a % without two digits that mean a character.`);
      }
      fields.set(key, text);
    }
  }
  return fields;
}

/** @param {Map<string, string | null>} fields @param {Complain} complain */
function readSettings(fields, complain) {
  const { data, fast } = defaultSettings;
  /** @template T @param {string} key @param {(text: string) => unknown} read @param {T} fallback */
  const field = (key, read, fallback) => {
    const text = fields.get(key) ?? null;
    return text === null ? fallback : read(text);
  };
  const { settings, complaints } = checkedSettings({
    config: Object.fromEntries(
      settingEntries.map(([name, { link, default: fallback }]) => [
        name,
        link.choices
          ? oneOf(fields, complain, link.key, link.choices, fallback)
          : field(link.key, link.read ?? String, fallback),
      ]),
    ),
    data: {
      set: oneOf(fields, complain, 'set', itself(...setNames), data.set),
      per_class: field('per-class', wholeNumberOfLink, data.per_class),
      classes: field('classes', digits, data.classes),
      data_seed: field('data-seed', seedOrFirst, data.data_seed),
    },
    fast: oneOf(fields, complain, 'engine', { exact: false, fast: true }, fast),
  });
  for (const { field, message } of complaints) complain(field, message);
  return settings;
}

/**
 * Parses a field with `read`, which returns undefined for invalid text.
 * @template T
 * @param {Map<string, string | null>} fields
 * @param {Complain} complain
 * @param {string} key
 * @param {string} words what is allowed
 * @param {(text: string) => T | undefined} read
 * @param {T} fallback
 * @returns {T}
 */
function checkedField(fields, complain, key, words, read, fallback) {
  const text = fields.get(key) ?? null;
  if (text === null) return fallback;
  const value = read(text);
  if (value === undefined) complain(key, `The link’s field “${key}” must be ${words}; ${shown(text)} was given.`);
  return value === undefined ? fallback : value;
}

/**
 * A field with a fixed set of words.
 * @template T
 * @param {Map<string, string | null>} fields
 * @param {Complain} complain
 * @param {string} key
 * @param {Record<string, T>} values what each word means
 * @param {T} fallback
 */
function oneOf(fields, complain, key, values, fallback) {
  const words = Object.keys(values);
  /** @param {string} text */
  const read = (text) => (words.includes(text) ? values[text] : undefined);
  return checkedField(fields, complain, key, words.map((word) => `“${word}”`).join(' or '), read, fallback);
}

/**
 * Maps each word to itself.
 * @template {string} T
 * @param {T[]} words
 * @returns {Record<T, T>}
 */
const itself = (...words) => /** @type {Record<T, T>} */ (Object.fromEntries(words.map((word) => [word, word])));

/** @param {string} text */
function hiddenParts(text) {
  const parts = text.split(',');
  const chosen = hideable.filter((part) => parts.includes(part));
  return chosen.length === parts.length ? chosen : undefined;
}

/**
 * Parses a hash. Every invalid part is reported with a message and replaced by its default.
 * @param {string} hash arbitrary text, with or without its #
 * @returns {{ link: Link, complaints: Fault[] }}
 */
export function decodeLink(hash) {
  /** @param {string} message */
  const nothingRead = (message) => ({ link: structuredClone(defaultLink), complaints: [{ field: 'link', message }] });
  if (hash.length > longest) {
    return nothingRead(`The link has ${hash.length} characters; at most ${longest} are read, so none of it was.`);
  }

  /** @type {Fault[]} */
  const complaints = [];
  /** @type {Complain} */
  const complain = (field, message) => void complaints.push({ field, message });
  const body = hash.replace(/^#/, '');
  const meant = repairedText(body);
  const fields = readFields(meant, complain);
  const said = fields.get('v') ?? version;
  if (said !== version) {
    return nothingRead(`The link has version ${shown(said)}; only version ${version} is read, so none of it was.`);
  }

  const settings = readSettings(fields, complain);
  // If settings are missing or invalid, this is not the shared run, so comparing its fingerprint would raise a false
  // alarm.
  const isWhole = alwaysWritten.every((key) => fields.has(key));
  const isOther = complaints.some(({ field }) => (field === 'link' ? !isWhole : !sharedKeys.includes(field)));
  const { view } = defaultLink;
  const lastStep = settings.config.steps - 1;
  const layers = settings.config.layers.length;
  const link = {
    settings,
    view: {
      charts: oneOf(fields, complain, 'charts', itself('papers', 'heatmap', 'lines'), view.charts),
      scale: oneOf(fields, complain, 'scale', itself('shared', 'layer'), view.scale),
      log: oneOf(fields, complain, 'log', switches, view.log),
      axis: oneOf(fields, complain, 'axis', itself('step', 'time'), view.axis),
      compare: oneOf(fields, complain, 'compare', itself('overlay', 'difference'), view.compare),
      layer: checkedField(
        fields,
        complain,
        'layer',
        `a layer, a whole number from 1 to ${layers}`,
        (text) =>
          /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= layers ? Number(text) - 1 : undefined,
        view.layer,
      ),
    },
    step: checkedField(
      fields,
      complain,
      'step',
      `a step of the run, a whole number from 0 to ${lastStep}`,
      (text) => (/^\d{1,5}$/.test(text) && Number(text) <= lastStep ? Number(text) : undefined),
      defaultLink.step,
    ),
    fingerprint: checkedField(
      fields,
      complain,
      'fingerprint',
      '32 hexadecimal digits in small letters',
      (text) => (/^[0-9a-f]{32}$/.test(text) ? text : undefined),
      defaultLink.fingerprint,
    ),
    hide: checkedField(fields, complain, 'hide', `some of ${hideable.join(', ')}, none twice`, hiddenParts, [
      ...defaultLink.hide,
    ]),
    shared: sharedKeys.some((key) => fields.has(key)),
  };
  const promised = fields.get('contract') ?? contract;
  if (link.fingerprint !== null && !isKnownContract(promised)) {
    link.fingerprint = null;
    complain(
      'contract',
      `The run of this link was computed under the contract ${shown(promised)}, which is not known here: its rerun is not compared with it.`,
    );
  }
  if (isOther) link.fingerprint = null;
  if (meant !== body) complain('link', 'The link was changed on its way here; it was read as it was meant.');
  return { link, complaints };
}
