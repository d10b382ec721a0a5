// How does a run leave the page, and how does one come in? As files: CSV in a zip, a run card, weights.
import { newId } from '../state/lab.js';
import { features } from '../state/settings.js';
import { csvZip } from './csv-files.js';
import { download } from './download.js';
import { readNpz, writeNpz } from './npz.js';
import { readRunCard, runCard } from './run-card.js';
import { runJson } from './run-json.js';
import { keptRun } from './run-store.js';

/**
 * @typedef {import('../state/lab.js').Lab} Lab
 * @typedef {import('../data/batches.js').Samples} Samples
 * @typedef {(data: import('../state/settings.js').DataSettings) => Promise<Samples>} SamplesOf
 */

/** More than this is no run card and no file of weights of ours. */
const mostBytes = 256e6;

/**
 * The first half of SHA-256, in hexadecimal digits.
 * @param {Uint8Array | Float32Array} values
 */
export async function digestOf(values) {
  if (!crypto.subtle) throw new Error('Browsers compute no digests for pages that come over plain http.');
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice(); // never shared memory
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {Lab} lab */
function recordingToTakeAlong({ session }) {
  const { recording } = session;
  if (recording.steps === 0) throw new Error('There is nothing to take along yet: run a step first.');
  return recording;
}

/** What is known of the run that is shown, where it is kept. @param {Lab} lab */
const keptOf = (lab) => lab.kept.value.find(({ id }) => id === lab.shownId);

/** @param {string} kind @param {import('../state/recording.js').Recording} recording */
const fileName = (kind, { fingerprint, config }) => `ska-${kind}-${fingerprint?.slice(0, 8) ?? `seed-${config.seed}`}`;

/** @param {Lab} lab */
export async function takeCsv(lab) {
  const recording = recordingToTakeAlong(lab);
  const about = { ...(await lab.session.about), ...keptOf(lab)?.computedBy };
  const zip = csvZip(recording, runJson({ settings: recording.settings, recording, about }));
  download(`${fileName('csv', recording)}.zip`, new Blob([zip], { type: 'application/zip' }));
}

/** @param {Lab} lab @param {SamplesOf} samplesOf */
export async function takeCard(lab, samplesOf) {
  const recording = recordingToTakeAlong(lab);
  const kept = keptOf(lab);
  const { pixels } = await samplesOf(recording.data);
  const text = runCard({
    settings: recording.settings,
    recording,
    about: kept?.computedBy ?? (await lab.session.about),
    digest: await digestOf(pixels),
    name: kept?.name ?? 'A run of the SKA Lab',
    created: kept?.created ?? new Date().toISOString(),
    start: recording.start && { digest: recording.start.digest },
  });
  download(`${fileName('card', recording)}.json`, new Blob([text], { type: 'application/json' }));
}

/** @param {Lab} lab */
export async function takeWeights(lab) {
  const recording = recordingToTakeAlong(lab);
  const npz = writeNpz(await lab.session.weights());
  download(`${fileName('weights', recording)}.npz`, new Blob([npz], { type: 'application/octet-stream' }));
}

/** @param {Lab} lab @param {Uint8Array} bytes @param {string} name */
async function openWeights(lab, bytes, name) {
  const { layers } = readNpz(bytes);
  if (layers[0].inputs !== features) {
    throw new Error(`The first weights of ${name} have ${layers[0].inputs} inputs; a digit has ${features} pixels.`);
  }
  const weights = new Float32Array(layers.reduce((sum, layer) => sum + layer.weights.length + layer.biases.length, 0));
  let at = 0;
  for (const { weights: w, biases } of layers) {
    weights.set(w, at);
    weights.set(biases, at + w.length);
    at += w.length + biases.length;
  }
  lab.start.value = { name, digest: await digestOf(weights), weights };
  lab.form.change({ layers: layers.map(({ neurons }) => neurons).join(', ') });
  lab.notice.value = `The next runs begin with the weights of ${name}.`;
}

/** @param {Lab} lab @param {string} text @param {string} name */
async function openCard(lab, text, name) {
  const { card, recording, faults } = readRunCard(text);
  if (!card)
    throw new Error(`${name} is no run card that can be read. ${faults.map(({ message }) => message).join(' ')}`);
  if (card.start) {
    // Its records are shown; asked to run it again, the engine misses the weights, and says so.
    recording.start = { name: `the card ${name}`, digest: card.start.digest, weights: new Float32Array(0) };
    lab.notice.value =
      'This run began with weights that its card does not hold: its records are shown, but it cannot be run again.';
  }
  const { computed: computedBy, created } = card;
  await lab.takeIn(keptRun(recording, { id: newId(), name: card.name || name, created, computedBy }));
}

/**
 * Takes a file in: a run card, or weights to begin with. What is wrong with it is said.
 * @param {Lab} lab
 * @param {File} file
 */
export async function openFile(lab, file) {
  try {
    if (file.size > mostBytes) throw new Error(`${file.name} is larger than ${mostBytes / 1e6} MB, and was not read.`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
    if (isZip) await openWeights(lab, bytes, file.name);
    else await openCard(lab, new TextDecoder().decode(bytes), file.name);
  } catch (error) {
    lab.notice.value = error instanceof Error ? error.message : String(error);
  }
}
