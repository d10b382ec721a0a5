// Encodes an experiment and its controls in the address, as `#v=1&experiment=time-invariance&seed=7`. Only controls
// that differ from their defaults are included.
import { readControls, writeControls } from '../experiments/controls.js';
import { firstComplaints, repairedText } from './link-text.js';
import { shown } from '../model/shown.js';

/**
 * @typedef {import('../experiments/experiment.js').Experiment} Experiment
 * @typedef {{ field: string, message: string }} Complaint
 */

const version = '1';
const longest = 4000;
/** Maximum number of complaints that are shown individually. */
const mostComplaints = 5;
export const listHash = '#experiments';

/** The link of an experiment with default controls. @param {string} name the experiment's folder */
export const plainHash = (name) => `#v=${version}&experiment=${name}`;

/**
 * @param {string} name the experiment's folder
 * @param {Experiment} experiment
 * @param {Record<string, any>} values of its controls
 */
export function encodeExperiment(name, { controls }, values) {
  const fields = [...writeControls(controls, values)].map(
    ([key, text]) => `&${key}=${encodeURIComponent(text).replaceAll('%2C', ',')}`,
  );
  return plainHash(name) + fields.join('');
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/**
 * Parses an address. Every invalid part is reported with a message and replaced by its default.
 * @param {string} given arbitrary text
 * @param {ReadonlyMap<string, Experiment>} experiments
 * @returns {{ name: string | null, values: Record<string, any>, complaints: Complaint[] }} name is null for the list of
 *   experiments
 */
export function decodeExperiment(given, experiments) {
  const hash = repairedText(given);
  if (hash === listHash) return { name: null, values: {}, complaints: [] };
  /** @param {string} message */
  const nothing = (message) => ({ name: null, values: {}, complaints: [{ field: 'link', message }] });
  if (hash.length > longest)
    return nothing(`The link has ${hash.length} characters; at most ${longest} are read, so none of it was.`);
  /** @type {Complaint[]} */
  const complaints = [];
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const part of hash.replace(/^#/, '').split('&').filter(Boolean)) {
    const [key] = part.split('=', 1);
    const text = decoded(part.slice(key.length + 1));
    if (text === null || texts.has(key)) {
      const what = text === null ? 'cannot be read' : 'stands in it more than once';
      complaints.push({ field: 'link', message: `The link’s field ${shown(key)} ${what}, and was left out.` });
    } else {
      texts.set(key, text);
    }
  }
  const said = texts.get('v') ?? version;
  if (said !== version)
    return nothing(`The link has version ${shown(said)}; only version ${version} is read, so none of it was.`);
  const name = texts.get('experiment') ?? '';
  const experiment = experiments.get(name);
  if (!experiment) {
    return nothing(`There is no experiment ${shown(name)}; there are ${[...experiments.keys()].join(', ')}.`);
  }
  texts.delete('v');
  texts.delete('experiment');
  const { values, complaints: more } = readControls(experiment.controls, texts);
  return { name, values, complaints: firstComplaints([...complaints, ...more], mostComplaints) };
}
