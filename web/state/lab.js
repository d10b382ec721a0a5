// What does the page know, and what can be done with it? All state in one place, changed by these actions only.
import { batch, computed, effect, signal } from '@preact/signals';

import { copyLink } from '../keep/copy-link.js';
import { keptRun, recordingOf, surplus } from '../keep/run-store.js';
import { sharedHash } from './address.js';
import { Form } from './form.js';
import { variantNames } from './config.js';
import { defaultSettings, sameSettings } from './settings.js';
import { theme } from './theme.js';
import { defaultView } from './view.js';

/**
 * @typedef {import('./session.js').Session} Session
 * @typedef {import('../keep/run-store.js').KeptRun} KeptRun
 * @typedef {import('../keep/run-store.js').RunStore} RunStore
 * @typedef {import('./view.js').View} View
 * @typedef {import('./settings.js').Settings} Settings
 */

/** Steps a second that a person can choose; 0 is as fast as it goes. */
export const speeds = /** @type {const} */ ([1, 5, 10, 25, 0]);

/** Steps a second of a replay that goes as fast as can be followed. */
const fastestReplay = 25;

/** How long the page waits before it shows further steps of a run, in milliseconds. */
const betweenSteps = 100;

/** An id that no other run has. (crypto.randomUUID is missing where the page comes over plain http.) */
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
  /** Under which id a recording is kept. @type {WeakMap<object, string>} */
  #ids = new WeakMap();
  /** @type {Map<string, import('./recording.js').Recording>} */
  #recordings = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #playing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #telling;
  /** @type {import('./session.js').Phase | undefined} the phase that the page was last told of */
  #told;

  /** Counts the session's changes: whoever shows the session reads this. */
  changes = signal(0);
  view = signal(defaultView);
  /** The step the reader looks at; null follows the run. @type {import('@preact/signals').Signal<number | null>} */
  cursor = signal(/** @type {number | null} */ (null));
  /** The sample whose way through the layers is shown: its position among those of the run, from 0. */
  sample = signal(0);
  /** Whether the samples in use are shown. */
  showsGallery = signal(false);
  isPlaying = signal(false);
  /** Steps a second, of a run as of its replay; 0 is as fast as it goes. */
  speed = signal(0);
  /** @type {import('@preact/signals').Signal<KeptRun[]>} newest first */
  kept = signal(/** @type {KeptRun[]} */ ([]));
  /** @type {import('@preact/signals').Signal<string[]>} ids of the runs laid over the one shown */
  overlaid = signal(/** @type {string[]} */ ([]));
  /** A sentence about what was just done or could not be. */
  notice = signal('');
  /** The weights that the next run begins with, where they are not the seed's. */
  start = signal(/** @type {import('./recording.js').Start | null} */ (null));
  /** Parts of the page that a link hides. @type {import('@preact/signals').Signal<import('../keep/link.js').Hideable[]>} */
  hidden = signal(/** @type {import('../keep/link.js').Hideable[]} */ ([]));
  /** What a link promised, until a run was compared with it. @type {{ settings: Settings, fingerprint: string } | null} */
  expected = null;
  /** Light or dark. */
  theme = theme;
  /** How much of a long download has come, from 0 to 1; null when there is none. */
  download = signal(/** @type {number | null} */ (null));

  /** @type {import('@preact/signals').ReadonlySignal<import('../charts/scene.js').Scene>} */
  scene = computed(() => {
    this.changes.value; // the recording is one object that grows
    const others = this.overlaid.value.flatMap((id) => {
      const run = this.kept.value.find((each) => each.id === id);
      return run ? [{ name: run.name, recording: this.#recordingOf(run) }] : [];
    });
    return { recording: this.session.recording, others, view: this.view.value };
  });

  /** The step that is looked at; −1 before there is one. */
  step = computed(() => {
    this.changes.value;
    const last = this.session.recording.steps - 1;
    return Math.min(this.cursor.value ?? last, last);
  });

  /**
   * @param {Session} session
   * @param {RunStore} store
   * @param {Settings} settings what the fields show first
   * @param {(config: import('../engine/protocol.js').Config) => Promise<import('../engine/protocol.js').Fault[]>} validate
   */
  constructor(session, store, settings, validate) {
    this.session = session;
    this.#store = store;
    this.form = new Form(settings, validate);
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

  /** While steps arrive faster than they can be read the page shows their number at times, and any other change at once. */
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

  /** What the fields ask for, once they are judged; null where something in them is wrong. */
  async #wish() {
    const settings = await this.form.judgement;
    return settings && { ...settings, start: this.start.value };
  }

  /** The same, as far as it is judged now. @type {import('@preact/signals').ReadonlySignal<import('./session.js').Wish | null>} */
  wish = computed(() => {
    const settings = this.form.settings.value;
    return settings && { ...settings, start: this.start.value };
  });

  // ---- the run ---------------------------------------------------------------------------------

  /** Runs, goes on, or pauses: whatever the Run button says. */
  async runOrPause() {
    if (this.session.phase === 'running') return this.session.pause();
    return this.run();
  }

  /** The papers' settings in the fields, and the seed's weights. */
  fillDefaults() {
    this.start.value = null;
    this.form.fillDefaults();
  }

  /** @param {number} [until] the number of steps to stop after */
  async run(until) {
    const wish = await this.#wish();
    if (!wish) return this.form.focusFault();
    this.stopPlaying();
    if (!this.session.continues(wish)) this.cursor.value = null;
    await this.session.run(wish, until);
  }

  async takeStep() {
    const wish = await this.#wish();
    if (!wish) return this.form.focusFault();
    if (this.session.phase === 'finished' && this.session.matches(wish)) return;
    this.stopPlaying();
    this.cursor.value = null;
    await this.session.step(wish);
  }

  reset() {
    this.stopPlaying();
    this.cursor.value = null;
    return this.session.reset(this.wish.value ?? this.session.recording);
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

  /** Moves the cursor through what is recorded, from the beginning where it stands at the end. */
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

  /** Puts a link to the present view and run on the clipboard. */
  async share() {
    const url = await copyLink(sharedHash(this));
    const lacks = this.session.recording.start ? ' It cannot hold the weights that this run began with.' : '';
    this.notice.value = `${url ?? 'The link is on the clipboard.'}${lacks}`;
  }

  // ---- runs that are kept ----------------------------------------------------------------------

  async loadKept() {
    this.kept.value = await this.#store.all();
    this.#tellTrouble();
  }

  /** Says once what the storage could not do. */
  #tellTrouble() {
    const trouble = this.#store.takeTrouble();
    if (trouble) this.notice.value = [this.notice.value, trouble].filter(Boolean).join(' ');
  }

  /** @param {KeptRun} run */
  #recordingOf(run) {
    let recording = this.#recordings.get(run.id);
    // What was shown may have been asked to go on, and been given up before it did.
    const isSame = recording?.steps === run.steps && recording.config.steps === run.settings.config.steps;
    if (!recording || !isSame || recording.fingerprint !== run.fingerprint) {
      recording = recordingOf(run);
      this.#recordings.set(run.id, recording);
      this.#ids.set(recording, run.id);
    }
    return recording;
  }

  /** The id of the run that is shown, where it is kept. */
  get shownId() {
    return this.#ids.get(this.session.recording) ?? null;
  }

  /** Says whether a rerun gave the bits that its link promised. */
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

  /** The run that is kept already and is this one again, to the last bit. @param {import('./recording.js').Recording} recording */
  #sameRun({ settings, fingerprint, start }) {
    return this.kept.value.find(
      (run) =>
        fingerprint !== null &&
        run.fingerprint === fingerprint &&
        run.start?.digest === start?.digest &&
        sameSettings(run.settings, settings),
    );
  }

  async #keep() {
    const { recording } = this.session;
    const { kernels, exact, threads } = await this.session.about;
    const computedBy = { kernels, exact, threads };
    const shown = this.kept.value.find(({ id }) => id === this.#ids.get(recording));
    // A run that went on past its end is another one: the one that it was stays as it was.
    const isLonger = shown !== undefined && shown.settings.config.steps !== recording.config.steps;
    if (isLonger) this.#recordings.delete(shown.id);
    const id = (isLonger ? undefined : this.#ids.get(recording)) ?? this.#sameRun(recording)?.id ?? newId();
    this.overlaid.value = this.overlaid.value.filter((each) => each !== id); // no run is laid over itself
    this.#ids.set(recording, id);
    this.#recordings.set(id, recording);
    const before = this.kept.value.find((each) => each.id === id);
    const name = before && before.name !== shortName(before.settings) ? before.name : shortName(recording.settings);
    await this.#put(keptRun(recording, { id, name, created: new Date().toISOString(), computedBy }));
  }

  /** @param {KeptRun} run */
  async #put(run) {
    const others = this.kept.value.filter(({ id }) => id !== run.id);
    this.kept.value = [run, ...others].sort((a, b) => b.created.localeCompare(a.created));
    await this.#store.put(run);
    for (const { id } of surplus(this.kept.value)) await this.forget(id);
    this.#tellTrouble();
  }

  /** @param {string} id @param {string} name */
  async rename(id, name) {
    const run = this.kept.value.find((each) => each.id === id);
    const trimmed = name.trim().slice(0, 120);
    if (run && !trimmed) this.notice.value = `A run needs a name: this one is still called ${run.name}.`;
    if (run && trimmed && trimmed !== run.name) await this.#put({ ...run, name: trimmed });
  }

  /** @param {string} id */
  async forget(id) {
    batch(() => {
      this.overlaid.value = this.overlaid.value.filter((each) => each !== id);
      this.kept.value = this.kept.value.filter((each) => each.id !== id);
    });
    this.#recordings.delete(id);
    await this.#store.delete(id);
  }

  /** Shows a run that was kept, with its settings. @param {string} id */
  async open(id) {
    const run = this.kept.value.find((each) => each.id === id);
    if (!run) return;
    this.stopPlaying();
    batch(() => {
      this.cursor.value = null;
      this.overlaid.value = this.overlaid.value.filter((each) => each !== id);
      this.start.value = run.start;
      this.form.fill(run.settings);
    });
    await this.session.show(this.#recordingOf(run));
  }

  /** Takes a run in that comes from outside, and shows it. @param {KeptRun} run */
  async takeIn(run) {
    await this.#put(run);
    await this.open(run.id);
  }

  /** Lays a run over the one shown, or takes it off. @param {string} id */
  overlay(id) {
    const ids = this.overlaid.value;
    this.overlaid.value = ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];
  }
}
