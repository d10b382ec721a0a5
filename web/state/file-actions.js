// Exports and imports runs as files: CSV in a zip, run cards, weights.
import { features } from '../model/settings.js';
import { csvZip } from '../files/csv-files.js';
import { digestOf } from '../model/digest.js';
import { download } from '../files/download.js';
import { fileWork } from '../files/file-work.js';
import { writeNpz } from '../files/npz.js';
import { flatWeights } from '../model/flat-weights.js';
import { runCard } from '../files/run-card.js';
import { runJson } from '../files/run-json.js';

/**
 * @typedef {import('./lab.js').Lab} Lab
 * @typedef {import('../data/batches.js').Samples} Samples
 * @typedef {(data: import('../model/settings.js').DataSettings) => Promise<Samples>} SamplesOf
 * @typedef {{ text: string, share: number, cancel: () => void }} FileProgress share is the part of a file that is read
 *   or written, from 0 to 1
 */

/** Size limit of files to open. */
const mostBytes = 256e6;

/** Maximum number of messages about one file. */
const mostSentences = 3;

/** The end of the file work that was begun last. @type {WeakMap<Lab, Promise<unknown>>} */
const lastWork = new WeakMap();

/**
 * Works on one file at a time. What was opened first also takes effect first.
 * @template T
 * @param {Lab} lab
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
function inTurn(lab, work) {
  const done = (lastWork.get(lab) ?? Promise.resolve()).then(work);
  lastWork.set(
    lab,
    done.catch(() => {}),
  );
  return done;
}

/** @param {Lab} lab */
function recordingToTakeAlong({ session }) {
  const { recording } = session;
  if (recording.steps === 0) throw new Error('There is nothing to take along yet: run a step first.');
  return recording;
}

/** @param {string} kind @param {import('../model/recording.js').Recording} recording */
const fileName = (kind, { fingerprint, config }) => `ska-${kind}-${fingerprint?.slice(0, 8) ?? `seed-${config.seed}`}`;

/** @param {Lab} lab */
export async function takeCsv(lab) {
  const recording = recordingToTakeAlong(lab);
  const about = { ...(await lab.session.about), ...lab.shownRun?.computedBy };
  const zip = csvZip(recording, runJson({ settings: recording.settings, recording, about }));
  download(`${fileName('csv', recording)}.zip`, new Blob([zip], { type: 'application/zip' }));
}

/** @param {Lab} lab @param {SamplesOf} samplesOf */
export async function takeCard(lab, samplesOf) {
  const recording = recordingToTakeAlong(lab);
  const kept = lab.shownRun;
  const { pixels } = await samplesOf(recording.data);
  const text = runCard({
    settings: recording.settings,
    recording,
    about: kept?.computedBy ?? (await lab.session.about),
    digest: await digestOf(pixels),
    name: kept?.name ?? 'A run of the SKA Lab',
    created: kept?.created ?? new Date().toISOString(),
    start: recording.start && { digest: recording.start.digest },
    ...(recording.fingerprint === null && kept && { contract: kept.contract, fingerprint: kept.fingerprint }),
  });
  download(`${fileName('card', recording)}.json`, new Blob([text], { type: 'application/json' }));
}

/** @param {Lab} lab */
export async function takeWeights(lab) {
  const recording = recordingToTakeAlong(lab);
  const npz = writeNpz(await lab.session.weights());
  download(`${fileName('weights', recording)}.npz`, new Blob([npz], { type: 'application/octet-stream' }));
}

/**
 * Exports all kept runs as one file, newest first. Runs whose samples cannot be loaded are left out, which is reported.
 * @param {Lab} lab
 * @param {SamplesOf} samplesOf
 */
export const takeAllRuns = (lab, samplesOf) => inTurn(lab, () => writeAllRuns(lab, samplesOf));

/** @param {Lab} lab @param {SamplesOf} samplesOf */
async function writeAllRuns(lab, samplesOf) {
  /** @type {Map<string, Promise<string>>} */
  const digests = new Map();
  const digestFor = (/** @type {import('../model/settings.js').DataSettings} */ data) => {
    const key = JSON.stringify(data);
    if (!digests.has(key))
      digests.set(
        key,
        Promise.resolve(samplesOf(data)).then(({ pixels }) => digestOf(pixels)),
      );
    return /** @type {Promise<string>} */ (digests.get(key));
  };
  /** @type {{ run: import('../model/kept-run.js').KeptRun, digest: string }[]} */
  const runs = [];
  /** @type {string[]} */
  const left = [];
  for (const run of lab.kept.value) {
    try {
      runs.push({ run, digest: run.digest ?? (await digestFor(run.settings.data)) });
    } catch (error) {
      left.push(`“${run.name}” was left out: ${error instanceof Error ? error.message : error}`);
    }
  }
  if (runs.length === 0) throw new Error(left[0] ?? 'No run is kept yet.');
  const zip = await withProgress(lab, 'Writing all runs', (progress, signal) =>
    fileWork({ kind: 'zip', runs }, progress, signal),
  );
  download(`ska-runs-${new Date().toISOString().slice(0, 10)}.zip`, zip);
  if (left.length > 0) lab.notice.value = left.slice(0, mostSentences).join(' ');
}

/**
 * Runs `work` and shows its progress, with an option to cancel.
 * @param {Lab} lab
 * @param {string} text
 * @param {(progress: (share: number) => void, signal: AbortSignal) => Promise<any>} work
 */
async function withProgress(lab, text, work) {
  const controller = new AbortController();
  const shown = (/** @type {number} */ share) => ({ text, share, cancel: () => controller.abort() });
  lab.fileProgress.value = shown(0);
  try {
    return await work(
      (share) => !controller.signal.aborted && (lab.fileProgress.value = shown(share)),
      controller.signal,
    );
  } finally {
    lab.fileProgress.value = null;
  }
}

/** @param {Lab} lab @param {import('../model/types.js').LayerWeights[]} layers @param {string} name */
async function useWeights(lab, layers, name) {
  if (layers[0].inputs !== features) {
    throw new Error(`The first weights of ${name} have ${layers[0].inputs} inputs; a digit has ${features} pixels.`);
  }
  const weights = flatWeights(layers);
  const start = { name, digest: await digestOf(weights), weights };
  lab.startFrom(start, layers.map(({ neurons }) => neurons).join(', '));
  lab.notice.value = `The next runs begin with the weights of ${name}.`;
}

/** @param {Lab} lab @param {import('../files/read-file.js').FileRun} run */
async function useRun(lab, run) {
  lab.notice.value =
    run.start?.weights.length === 0
      ? 'This run began with weights that its card does not hold: its records are shown, but it cannot be run again.'
      : '';
  await lab.takeIn(run);
}

/**
 * Opens a file: a run card, a zip of run cards, or initial weights. Errors are reported.
 * @param {Lab} lab
 * @param {File} file
 */
export const openFile = (lab, file) => inTurn(lab, () => readAndShow(lab, file));

/** @param {Lab} lab @param {File} file */
async function readAndShow(lab, file) {
  try {
    if (file.size > mostBytes) throw new Error(`${file.name} is larger than ${mostBytes / 1e6} MB, and was not read.`);
    /** @type {import('../files/read-file.js').Content} */
    const content = await withProgress(lab, `Reading ${file.name}`, (progress, signal) =>
      fileWork({ kind: 'read', file, name: file.name }, progress, signal),
    );
    if (content.kind === 'weights') await useWeights(lab, content.layers, file.name);
    else if (content.kind === 'card') await useRun(lab, content.run);
    else {
      await lab.takeAll(content.runs);
      const more = content.refused.length - mostSentences;
      const sentences = [
        ...content.refused.slice(0, mostSentences),
        ...(more > 0 ? [`${more} more were not read.`] : []),
      ];
      lab.notice.value = [lab.notice.value, ...sentences].join(' ');
    }
  } catch (error) {
    lab.tellError(error);
  }
}
