// The page's state in one place. Only the actions here change it.
import { batch, computed, effect, signal } from '@preact/signals';

import { copyLink } from '../link/copy-link.js';
import { isKnownContract } from '../model/contract.js';
import { shortenedName } from '../model/kept-run.js';
import { bytesOf, isSameRun, keptRun, recordingOf } from '../model/kept-run.js';
import { mostBytes, mostRuns, newestFirst, nextKept, surplus } from '../storage/run-store.js';
import { sharedHash } from './address.js';
import { Form } from './form.js';
import { variantNames } from '../model/config.js';
import { defaultSettings } from '../model/settings.js';
import { theme } from './theme.js';
import { defaultView } from '../model/view.js';

/**
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('../model/kept-run.js').KeptRun} KeptRun
 * @typedef {import('../storage/run-store.js').RunStore} RunStore
 * @typedef {import('../files/read-file.js').FileRun} FileRun
 * @typedef {import('../model/view.js').View} View
 * @typedef {import('../model/settings.js').Settings} Settings
 */

/** Selectable speeds in steps per second; 0 is unlimited. */
export const speeds = /** @type {const} */ ([1, 5, 10, 25, 0]);

/** Steps per second of a replay at unlimited speed: fast, but still visible. */
const fastestReplay = 25;

/** Throttle of updates while a run takes steps, in milliseconds. */
const betweenSteps = 100;

/** Maximum number of undo entries. They also hold no more bytes of runs than the list of kept runs. */
const mostUndos = 10;

/**
 * An undoable action.
 * @typedef {object} Undoable
 * @property {string} text what was done
 * @property {() => unknown} undo
 * @property {number} bytes of the runs that it holds
 */

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const limits = `${mostRuns} runs or ${mostBytes / 1e6} MB are kept at most`;

/** @param {number} count */
const runsText = (count) => (count === 1 ? '1 run' : `${count} runs`);

/** A unique id. (crypto.randomUUID is missing on pages served over plain HTTP.) */
export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');

/** @param {Settings} settings */
const shortName = ({ config, data }) =>
  [
    config.layers.join('-'),
    `K ${config.steps}`,
    `η ${config.learning_rate}`,
    `seed ${config.seed}`,
    ...(data.set === defaultSettings.data.set ? [] : [data.set]),
    ...(data.data_seed === null ? [] : [`data seed ${data.data_seed}`]),
    ...variantNames(config),
  ].join(', ');

export class Lab {
  #store;
  /** Ids of the recordings of kept runs. @type {WeakMap<object, string>} */
  #ids = new WeakMap();
  /** Metadata of recordings from files that are shown but not kept. @type {WeakMap<object, FileRun>} */
  #unkept = new WeakMap();
  /** Serializes the handling of changes by other tabs. @type {Promise<unknown>} */
  #followed = Promise.resolve();
  /** @type {Map<string, import('../model/recording.js').Recording>} */
  #recordings = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #playing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #telling;
  /** @type {import('./session.js').Phase | undefined} the phase at the last notification */
  #told;

  /** Counts the session's changes. A view that shows the session reads it to subscribe. */
  changes = signal(0);
  view = signal(defaultView);
  /** The selected step; null follows the run. @type {import('@preact/signals').Signal<number | null>} */
  cursor = signal(/** @type {number | null} */ (null));
  /** The sample shown in all layers: its position among those of the run, from 0. */
  sample = signal(0);
  /** Whether the gallery of the run's samples is shown. */
  showsGallery = signal(false);
  isPlaying = signal(false);
  /** Steps per second, of a run and of its replay; 0 is unlimited. */
  speed = signal(0);
  /** @type {import('@preact/signals').Signal<KeptRun[]>} newest first */
  kept = signal(/** @type {KeptRun[]} */ ([]));
  /** @type {import('@preact/signals').Signal<string[]>} ids of the runs compared with the shown one */
  overlaid = signal(/** @type {string[]} */ ([]));
  /** The result of the last action, or its error. */
  notice = signal('');
  /** @type {import('@preact/signals').Signal<Undoable[]>} the latest last */
  undoable = signal(/** @type {Undoable[]} */ ([]));
  /**
   * Progress of a file that is being read or written.
   * @type {import('@preact/signals').Signal<import('./file-actions.js').FileProgress | null>}
   */
  fileProgress = signal(/** @type {import('./file-actions.js').FileProgress | null} */ (null));
  /** Initial weights of the next run; null: from the seed. */
  start = signal(/** @type {import('../model/recording.js').Start | null} */ (null));
  /**
   * Parts of the page that a link hides.
   * @type {import('@preact/signals').Signal<import('../link/link.js').Hideable[]>}
   */
  hidden = signal(/** @type {import('../link/link.js').Hideable[]} */ ([]));
  /**
   * The fingerprint that a link expects, until a run was compared with it.
   * @type {{ settings: Settings, fingerprint: string } | null}
   */
  expected = null;
  /** Light or dark. */
  theme = theme;
  /** Progress of a long download, from 0 to 1; null if there is none. */
  download = signal(/** @type {number | null} */ (null));

  /** @type {import('@preact/signals').ReadonlySignal<import('../charts/scene.js').Scene>} */
  scene = computed(() => {
    this.changes.value; // subscribes: the recording is one object that grows
    const others = this.overlaid.value.flatMap((id) => {
      const run = this.kept.value.find((each) => each.id === id);
      return run ? [{ name: run.name, recording: this.#recordingOf(run) }] : [];
    });
    return { recording: this.session.recording, others, view: this.view.value };
  });

  /** The shown step; −1 if there is none. */
  step = computed(() => {
    this.changes.value;
    const last = this.session.recording.steps - 1;
    return Math.min(this.cursor.value ?? last, last);
  });

  /**
   * @param {Session} session
   * @param {RunStore} store
   * @param {Settings} settings initial settings of the fields
   * @param {(config: import('../model/types.js').Config) => Promise<import('../model/types.js').Fault[]>} validate
   */
  constructor(session, store, settings, validate) {
    this.session = session;
    this.#store = store;
    this.form = new Form(settings, validate);
    store.onChange = (change) => {
      this.#followed = this.#followed.then(() => this.#follow(change));
    };
    session.subscribe(() => this.#tellOfChange());
    session.onFinished = () => {
      this.#compare();
      this.#keep().catch((error) => (this.notice.value = `This run was not kept: ${error.message}`));
    };
    effect(() => {
      const speed = this.speed.value;
      session.pace = speed === 0 ? 0 : 1000 / speed;
    });
  }

  /**
   * Notifies the page of the session's changes. New steps of a running session are throttled; any other change is
   * reported immediately.
   */
  #tellOfChange() {
    const { phase, pausing } = this.session;
    const isOneOfMany = phase === 'running' && this.#told === phase && !pausing;
    if (isOneOfMany && this.#telling !== undefined) return;
    clearTimeout(this.#telling);
    this.#telling = undefined;
    const tell = () => {
      this.#telling = undefined;
      this.#told = this.session.phase;
      this.changes.value += 1;
    };
    if (isOneOfMany) this.#telling = setTimeout(tell, betweenSteps);
    else tell();
  }

  /** The requested run, once the fields are validated; null if any of them is invalid. */
  async #request() {
    const settings = await this.form.judgement;
    return settings && { ...settings, start: this.start.value };
  }

  /**
   * The same without waiting; null while the validation is pending.
   * @type {import('@preact/signals').ReadonlySignal<import('./session.js').RunRequest | null>}
   */
  request = computed(() => {
    const settings = this.form.settings.value;
    return settings && { ...settings, start: this.start.value };
  });

  // ---- the run ---------------------------------------------------------------------------------

  /** The Run button's action: starts, continues or pauses. */
  async runOrPause() {
    if (this.session.phase === 'running') return this.session.pause();
    return this.run();
  }

  /** Fills in the papers' settings, with weights from the seed. */
  fillDefaults() {
    this.#replaceSettings('The fields have the papers’ settings.', () => {
      this.start.value = null;
      this.form.fillDefaults();
    });
  }

  /**
   * Makes the next runs begin with these weights, and fills in their layers.
   * @param {import('../model/recording.js').Start} start
   * @param {string} layers
   */
  startFrom(start, layers) {
    this.#replaceSettings('The fields have the layers of the weights that were opened.', () => {
      this.start.value = start;
      this.form.change({ layers });
    });
  }

  /**
   * Replaces the settings in the fields. Offers to undo this if it discards settings that were not run, or opened
   * weights.
   * @param {string} text what was done
   * @param {() => void} replace
   */
  #replaceSettings(text, replace) {
    const fields = this.form.fields.value;
    const settings = this.form.settings.value;
    const start = this.start.value;
    const isRun =
      settings !== null && this.session.matches({ ...settings, start }) && (start === null || this.shownId !== null);
    batch(replace);
    const isReplaced = JSON.stringify(fields) !== JSON.stringify(this.form.fields.value) || start !== this.start.value;
    if (isRun || !isReplaced) return;
    this.#offerUndo(text, [], () =>
      batch(() => {
        this.start.value = start;
        this.form.restore(fields);
      }),
    );
  }

  // ---- undo ------------------------------------------------------------------------------------

  /**
   * @param {string} text what was done
   * @param {KeptRun[]} runs deleted runs that the entry holds
   * @param {() => unknown} undo
   */
  #offerUndo(text, runs, undo) {
    const bytes = runs.reduce((sum, run) => sum + bytesOf(run), 0);
    const all = [...this.undoable.value, { text, undo, bytes }].slice(-mostUndos);
    while (all.length > 1 && all.reduce((sum, each) => sum + each.bytes, 0) > mostBytes) all.shift();
    this.undoable.value = all;
  }

  /** Undoes the last action. */
  async undo() {
    const last = this.undoable.value.at(-1);
    this.undoable.value = this.undoable.value.slice(0, -1);
    await last?.undo();
  }

  /** Discards all undo entries. */
  dismissUndo() {
    this.undoable.value = [];
  }

  /** @param {number} [until] the number of steps to stop after */
  async run(until) {
    const request = await this.#request();
    if (!request) return this.form.focusFault();
    this.stopPlaying();
    if (!this.session.continues(request)) this.cursor.value = null;
    await this.session.run(request, until);
  }

  async takeStep() {
    const request = await this.#request();
    if (!request) return this.form.focusFault();
    if (this.session.phase === 'finished' && this.session.matches(request)) return;
    this.stopPlaying();
    this.cursor.value = null;
    await this.session.step(request);
  }

  reset() {
    this.stopPlaying();
    this.cursor.value = null;
    return this.session.reset(this.request.value ?? this.session.recording);
  }

  // ---- time ------------------------------------------------------------------------------------

  /** @param {number | null} step null follows the run */
  lookAt(step) {
    const last = this.session.recording.steps - 1;
    this.cursor.value = step === null || last < 0 ? null : Math.max(0, Math.min(step, last));
  }

  /** @param {number} by */
  moveBy(by) {
    this.stopPlaying();
    this.lookAt(this.step.value + by);
  }

  /** Moves the cursor through the recorded steps. Restarts if it is at the end. */
  play() {
    const last = this.session.recording.steps - 1;
    if (last < 1) return;
    if (this.step.value >= last) this.lookAt(0);
    this.isPlaying.value = true;
    const next = () => {
      this.#playing = setTimeout(
        () => {
          if (this.step.value >= this.session.recording.steps - 1) return this.stopPlaying();
          this.lookAt(this.step.value + 1);
          next();
        },
        1000 / (this.speed.value || fastestReplay),
      );
    };
    next();
  }

  stopPlaying() {
    clearTimeout(this.#playing);
    this.isPlaying.value = false;
  }

  togglePlaying() {
    if (this.isPlaying.value) this.stopPlaying();
    else this.play();
  }

  // ---- views -----------------------------------------------------------------------------------

  /** @param {Partial<View>} change */
  look(change) {
    this.view.value = { ...this.view.value, ...change };
  }

  /** Copies a link to the current view and run to the clipboard. */
  async share() {
    const url = await copyLink(sharedHash(this));
    const lacks = this.session.recording.start ? ' It cannot hold the weights that this run began with.' : '';
    this.notice.value = `${url ?? 'The link is on the clipboard.'}${lacks}`;
  }

  // ---- runs that are kept ----------------------------------------------------------------------

  async loadKept() {
    const before = this.kept.value;
    const found = await this.#store.all();
    // A run may have finished in the meantime.
    const added = this.kept.value.filter((run) => !before.includes(run));
    this.kept.value = newestFirst([...found.filter(({ id }) => added.every((run) => run.id !== id)), ...added]);
    this.#tellTrouble();
  }

  /** Applies another tab's change. @param {import('../storage/run-store.js').Change} change */
  async #follow({ put, deleted }) {
    const found = put.length > 0 ? await this.#store.some(put) : [];
    const gone = deleted.filter((id) => !put.includes(id));
    batch(() => {
      this.overlaid.value = this.overlaid.value.filter((id) => !gone.includes(id));
      const others = this.kept.value.filter(({ id }) => !put.includes(id) && !deleted.includes(id));
      this.kept.value = newestFirst([...others, ...found]);
    });
    for (const id of gone) this.#recordings.delete(id);
    this.#tellTrouble();
  }

  /** Whether a run exists only on this page, because it could not be stored. @param {string} id */
  isUnwritten(id) {
    return this.#store.isUnwritten(id);
  }

  /** Reports a storage error once. */
  #tellTrouble() {
    const trouble = this.#store.takeTrouble();
    if (trouble) this.notice.value = [this.notice.value, trouble].filter(Boolean).join(' ');
  }

  /** @param {KeptRun} run */
  #recordingOf(run) {
    let recording = this.#recordings.get(run.id);
    // The cached recording may have been extended and then abandoned before its end.
    const isSame = recording?.steps === run.steps && recording.config.steps === run.settings.config.steps;
    const fingerprint = isKnownContract(run.contract) ? run.fingerprint : null;
    if (!recording || !isSame || recording.fingerprint !== fingerprint) {
      recording = recordingOf(run);
      this.#recordings.set(run.id, recording);
      this.#ids.set(recording, run.id);
    }
    return recording;
  }

  /** The id of the shown run; null if it is not kept. */
  get shownId() {
    return this.#ids.get(this.session.recording) ?? null;
  }

  /** The shown run with its metadata; null if it is neither kept nor from a file. @returns {FileRun | null} */
  get shownRun() {
    const { recording } = this.session;
    return this.kept.value.find(({ id }) => id === this.shownId) ?? this.#unkept.get(recording) ?? null;
  }

  /** Reports whether a rerun matches the fingerprint of its link. */
  #compare() {
    const { settings, fingerprint: promised } = this.expected ?? {};
    const { recording } = this.session;
    if (!settings || !this.session.matches(settings)) return;
    const { fingerprint } = recording;
    this.expected = null;
    const verdict =
      fingerprint === promised
        ? `Verified: this rerun gave the same bits as the run that was shared (fingerprint ${promised}).`
        : fingerprint === null
          ? 'The fast engine computed this run, so it cannot be compared with the one that was shared to the last bit.'
          : `This rerun differs from the run that was shared: its fingerprint is ${fingerprint}, the link’s ${promised}.`;
    this.notice.value = [this.notice.value, verdict].filter(Boolean).join(' ');
  }

  async #keep() {
    const { recording } = this.session;
    const { kernels, exact, threads } = await this.session.about;
    const computedBy = { kernels, exact, threads };
    const shown = this.kept.value.find(({ id }) => id === this.#ids.get(recording));
    // A finished run that was extended becomes a new entry; the original entry stays unchanged.
    const isLonger = shown !== undefined && shown.settings.config.steps !== recording.config.steps;
    if (isLonger) this.#recordings.delete(shown.id);
    const id =
      (isLonger ? undefined : this.#ids.get(recording)) ??
      this.kept.value.find((run) => recording.fingerprint !== null && isSameRun(recording, run))?.id ??
      newId();
    this.overlaid.value = this.overlaid.value.filter((each) => each !== id); // a run is not compared with itself
    this.#ids.set(recording, id);
    this.#recordings.set(id, recording);
    const before = this.kept.value.find((each) => each.id === id);
    const name = before && before.name !== shortName(before.settings) ? before.name : shortName(recording.settings);
    await this.#put(keptRun(recording, { id, name, created: new Date().toISOString(), computedBy }));
  }

  /**
   * Adds a run to the list. Reports the runs that it displaces, and offers to undo this.
   * @param {KeptRun} run
   * @returns {Promise<boolean>} false if the run is too large to be kept, which is reported
   */
  async #put(run) {
    if (bytesOf(run) > mostBytes) {
      this.#say(
        `This run is not kept in the list: it takes ${megabytes(bytesOf(run))}, and ${limits}. Files take it along.`,
      );
      return false;
    }
    const others = this.kept.value.filter(({ id }) => id !== run.id);
    const stamped = { ...run, kept: nextKept(others) };
    const runs = newestFirst([stamped, ...others]);
    const tooMany = surplus(runs);
    const ids = tooMany.map(({ id }) => id);
    this.kept.value = runs.filter((each) => !tooMany.includes(each));
    const isWritten = await this.#store.put([stamped], ids);
    // If the new run could not be stored, runs that are stored stay.
    const gone = isWritten ? tooMany : tooMany.filter(({ id }) => this.#store.isUnwritten(id));
    const staying = tooMany.filter((each) => !gone.includes(each));
    batch(() => {
      if (staying.length > 0) this.kept.value = newestFirst([...this.kept.value, ...staying]);
      this.overlaid.value = this.overlaid.value.filter((id) => gone.every((each) => each.id !== id));
    });
    for (const { id } of gone) {
      this.#recordings.delete(id);
      if (!isWritten) await this.#store.delete(id);
    }
    if (gone.length > 0) {
      const which = gone.length === 1 ? `“${gone[0].name}” gave way` : `The ${gone.length} oldest runs gave way`;
      this.#offerUndo(`${which} to the new run: ${limits}.`, gone, () => this.#putBack(gone));
    }
    this.#tellTrouble();
    return true;
  }

  /** Reports an error, unless the action was cancelled. @param {unknown} error */
  tellError(error) {
    if (error instanceof Error && error.name === 'AbortError') return;
    this.notice.value = error instanceof Error ? error.message : String(error);
  }

  /** Appends a sentence to the notice. @param {string} sentence */
  #say(sentence) {
    this.notice.value = [this.notice.value, sentence].filter(Boolean).join(' ');
  }

  /**
   * Restores displaced or deleted runs at their old positions. The list may then exceed its limits, because an undo
   * loses nothing. The next run that is added displaces the oldest, which can be undone again.
   * @param {KeptRun[]} runs
   */
  async #putBack(runs) {
    const missing = runs.filter(({ id }) => this.kept.value.every((each) => each.id !== id));
    this.kept.value = newestFirst([...this.kept.value, ...missing]);
    await this.#store.put(missing);
    this.#tellTrouble();
  }

  /** @param {string} id @param {string} name */
  async rename(id, name) {
    const run = this.kept.value.find((each) => each.id === id);
    const trimmed = shortenedName(name.trim());
    if (!run || trimmed === run.name) return;
    if (!trimmed) {
      this.#say(`A run needs a name: this one is still called ${run.name}.`);
      return;
    }
    const rename = (/** @type {KeptRun} */ each) => (each.id === id ? { ...each, name: trimmed } : each);
    this.kept.value = this.kept.value.map(rename);
    if ((await this.#store.rename(id, trimmed)) === 'gone') {
      this.#drop(id);
      this.#say(`“${run.name}” was not renamed: it was deleted in another tab.`);
    }
    this.#tellTrouble();
  }

  /** Removes a run from the list. @param {string} id */
  #drop(id) {
    batch(() => {
      this.overlaid.value = this.overlaid.value.filter((each) => each !== id);
      this.kept.value = this.kept.value.filter((each) => each.id !== id);
    });
    this.#recordings.delete(id);
  }

  /** Deletes a run and offers to undo this. @param {string} id */
  async forget(id) {
    const run = this.kept.value.find((each) => each.id === id);
    if (!run) return;
    const isOver = this.overlaid.value.includes(id);
    this.#drop(id);
    this.#offerUndo(`“${run.name}” was deleted.`, [run], async () => {
      await this.#putBack([run]);
      if (isOver && !this.overlaid.value.includes(id)) this.overlaid.value = [...this.overlaid.value, id];
    });
    await this.#store.delete(id);
    this.#tellTrouble();
  }

  /** Shows a kept run, with its settings. @param {string} id */
  async open(id) {
    const run = this.kept.value.find((each) => each.id === id);
    if (run) await this.#show(run, this.#recordingOf(run));
  }

  /** @param {FileRun} run @param {import('../model/recording.js').Recording} recording */
  async #show(run, recording) {
    this.stopPlaying();
    this.#replaceSettings('The fields have the settings of the run that was opened.', () => {
      this.cursor.value = null;
      this.overlaid.value = this.overlaid.value.filter((each) => each !== this.#ids.get(recording));
      this.start.value = run.start;
      this.form.fill(run.settings);
    });
    await this.session.show(recording);
    if (!isKnownContract(run.contract)) {
      this.#say(
        `The fingerprint of this run is of a contract that is not known here, “${run.contract?.slice(0, 40)}”, so it is neither shown nor compared.`,
      );
    }
  }

  /** Imports a run and shows it. It is kept if there is room. @param {FileRun} run */
  async takeIn(run) {
    const same = this.kept.value.find((each) => isSameRun(run, each));
    const entry = same ?? { ...run, id: newId() };
    if (same || (await this.#put(entry))) return this.open(entry.id);
    const recording = recordingOf(entry);
    this.#unkept.set(recording, run);
    await this.#show(run, recording);
  }

  /**
   * Imports runs in their order. They displace no other runs; those that do not fit are left out, which is reported.
   * @param {FileRun[]} runs newest first
   */
  async takeAll(runs) {
    const { kept } = this;
    let bytes = kept.value.reduce((sum, run) => sum + bytesOf(run), 0);
    const first = nextKept(kept.value);
    /** @type {KeptRun[]} */
    const taken = [];
    let doubles = 0;
    for (const [i, run] of runs.entries()) {
      if ([...kept.value, ...taken].some((each) => isSameRun(run, each))) {
        doubles += 1;
      } else if (
        kept.value.length + taken.length < mostRuns &&
        bytes + bytesOf(/** @type {KeptRun} */ (run)) <= mostBytes
      ) {
        bytes += bytesOf(/** @type {KeptRun} */ (run));
        taken.push({ ...run, id: newId(), kept: first + runs.length - i });
      }
    }
    const left = runs.length - taken.length - doubles;
    kept.value = newestFirst([...kept.value, ...taken]);
    if (taken.length > 0) await this.#store.put(taken);
    this.notice.value = [
      `${runsText(taken.length)} imported.`,
      doubles > 0 && `${runsText(doubles)} ${doubles === 1 ? 'was' : 'were'} here already.`,
      left > 0 && `${runsText(left)} left out, because ${limits}.`,
    ]
      .filter(Boolean)
      .join(' ');
    this.#tellTrouble();
  }

  /** Toggles the comparison of a run with the shown one. @param {string} id */
  overlay(id) {
    const ids = this.overlaid.value;
    this.overlaid.value = ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];
  }
}
