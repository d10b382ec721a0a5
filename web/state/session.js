// What is the page doing with the engine now, and what may a person do next?
import { Recording } from './recording.js';
import { sameSettings } from './settings.js';

/**
 * @typedef {import('../engine/client.js').EngineClient} EngineClient
 * @typedef {import('../engine/builds.js').Build} Build
 * @typedef {import('../engine/protocol.js').Batch} Batch
 * @typedef {import('../engine/protocol.js').Progress} Progress
 * @typedef {import('./settings.js').Settings} Settings
 * @typedef {import('./recording.js').Start} Start
 */

/**
 * How a run is asked for: its settings, and the weights to begin with where they are not the seed's.
 * @typedef {Settings & { start?: Start | null }} Wish
 */

/**
 * loading: no data yet; idle: nothing recorded; running, until it is done or paused; stepping: taking one step;
 * paused: some steps taken; finished; failed: the run or the engine gave up, and `error` says why.
 * @typedef {'loading' | 'idle' | 'running' | 'stepping' | 'paused' | 'finished' | 'failed'} Phase
 */

/** How long a busy engine may take to hear that its run was given up, before it is replaced, in milliseconds. */
const patience = 300;

const missingWeights =
  'This run began with weights that its card does not hold. Opened from their .npz file, they let it go on.';

/** The one run of the page, and the rules of Run, Pause, Step and Reset. */
export class Session {
  #client;
  #buildFor;
  #batchFor;
  /** @type {Recording | null} the recording the engine's present run fills; null when it has none */
  #live = null;
  #listeners = new Set();
  /** Settles when the engine is rid of a run that was given up. @type {Promise<unknown>} */
  #freed = Promise.resolve();
  /** Settles when the engine holds the run that was asked for last: one is made at a time. @type {Promise<unknown>} */
  #made = Promise.resolve();
  /** Ends the rest between two steps of a run that is not at full speed. */
  #wake = () => {};
  #pace = 0;

  /** Called when a run has come to its end, and not when one is shown that did before. */
  onFinished = () => {};
  /** Whether a pause was asked for that has not come yet: the engine first ends the step it is in. */
  pausing = false;
  /** @type {Phase} */
  phase = 'loading';
  /** @type {Error | null} */
  error = null;
  /** @type {Recording} */
  recording;

  /**
   * @param {EngineClient} client
   * @param {Settings} settings
   * @param {(fast: boolean) => Build} buildFor the build for exact or fast runs
   * @param {(data: import('./settings.js').DataSettings) => Promise<Batch>} batchFor the samples of a run
   */
  constructor(client, settings, buildFor, batchFor) {
    this.#client = client;
    this.#buildFor = buildFor;
    this.#batchFor = batchFor;
    this.recording = new Recording(settings.config, settings.fast, settings.data);
    client.onStep = ({ record, computed }) => {
      this.#live?.append(record, computed);
      this.#changed();
    };
  }

  /** @param {() => void} listener called after every change, several times a frame while running */
  subscribe(listener) {
    this.#listeners.add(listener);
  }

  /** Says that there is something to run on. */
  dataLoaded() {
    this.#become('idle');
  }

  /** Says that what could not be loaded is tried again. */
  loadAgain() {
    this.error = null;
    this.#become('loading');
  }

  /** @param {unknown} error */
  fail(error) {
    this.error = error instanceof Error ? error : new Error(String(error));
    this.#hasData ||= this.phase !== 'loading';
    this.#become('failed');
  }

  #hasData = false;
  /** Whether there is anything to run on: the digits are loaded. */
  get hasData() {
    return this.#hasData;
  }

  /** Whether steps are being taken. */
  get isBusy() {
    return this.phase === 'running' || this.phase === 'stepping';
  }

  /**
   * Whether asking for steps with these settings goes on with the present run, rather than starting one: it is paused, or
   * it is to take more steps than it was.
   * @param {Wish} wish
   */
  continues(wish) {
    if (this.phase === 'paused' && this.matches(wish)) return true;
    return (this.phase === 'paused' || this.phase === 'finished') && this.#extends(wish);
  }

  /**
   * Whether the run that is shown has these settings.
   * @param {Wish} wish
   */
  matches(wish) {
    return (
      sameSettings(wish, this.recording.settings) &&
      (wish.start?.digest ?? null) === (this.recording.start?.digest ?? null)
    );
  }

  /** @param {Wish} wish */
  #extends(wish) {
    const { steps } = this.recording.config;
    return wish.config.steps > steps && this.matches({ ...wish, config: { ...wish.config, steps } });
  }

  /** Least time from one step to the next, in milliseconds: 0 is as fast as it goes. */
  get pace() {
    return this.#pace;
  }
  set pace(milliseconds) {
    this.#pace = milliseconds;
    this.#wake();
    if (this.phase === 'running') this.#client.pause().catch(() => {}); // to go on at the new pace
  }

  /**
   * Runs to the end, to the next pause, or until so many steps are taken.
   * @param {Wish} wish
   * @param {number} [until]
   */
  async run(wish, until = wish.config.steps) {
    await this.#during('running', wish, async () => ((await this.#begin(wish)) ? this.#advance(until) : null));
  }

  /**
   * Takes one step.
   * @param {Wish} wish
   */
  async step(wish) {
    await this.#during('stepping', wish, async () => ((await this.#begin(wish)) ? this.#client.step() : null));
  }

  async pause() {
    if (this.phase !== 'running' || this.pausing) return;
    this.pausing = true; // remembered here, for a run that is still being made
    this.#wake();
    this.#changed();
    await this.#client.pause().catch(() => {}); // the run itself tells of an engine that is lost
  }

  /**
   * Forgets the run and shows the settings of the next one, with nothing recorded.
   * @param {Wish} wish
   */
  reset({ config, fast, data, start }) {
    return this.#replace(new Recording(config, fast, data, start), 'idle');
  }

  /**
   * Shows a run that was recorded before.
   * @param {Recording} recording
   */
  show(recording) {
    return this.#replace(recording, recording.steps < recording.config.steps ? 'paused' : 'finished');
  }

  /** @param {Recording} recording @param {Phase} phase */
  async #replace(recording, phase) {
    if (!this.hasData) return;
    const wasBusy = this.isBusy;
    this.#live = null;
    this.recording = recording;
    this.error = null;
    this.#wake();
    if (wasBusy) this.#freed = this.#free();
    this.#become(phase);
    await this.#freed;
  }

  /** Ends what the engine is doing: politely, and where one step takes too long for that, by a new engine. */
  async #free() {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, patience, 'late');
    });
    const answer = await Promise.race([this.#client.pause().catch(() => {}), late]);
    clearTimeout(timer);
    if (answer === 'late') this.#client.restart();
  }

  /**
   * Makes the engine ready for the next step of the run that is recorded.
   * @param {Wish} wish
   * @returns whether it still is that run: a reset may have come in between
   */
  async #begin(wish) {
    const { recording } = this;
    if (!(await this.#ensureRun(wish))) return false;
    recording.config = wish.config; // which may ask for more steps than before
    recording.fingerprint = null;
    return true;
  }

  /** @param {Wish} wish @returns {Promise<boolean>} as `#makeRun` */
  #ensureRun(wish) {
    const { recording } = this;
    const made = this.#made.then(() => this.#makeRun(recording, wish));
    this.#made = made.catch(() => {}); // told to whoever asked
    return made;
  }

  /**
   * Sees to it that the engine holds the run of a recording. A run that was kept has to be computed up to where
   * it was first: it is the same again, to the last bit.
   * @param {Recording} recording
   * @param {Wish} wish
   * @returns whether it still does: a reset may have come in between
   */
  async #makeRun(recording, { config, fast, data, start }) {
    const isPresent = () => this.recording === recording;
    if (!isPresent()) return false;
    const first = start ?? recording.start;
    if (first?.weights.length === 0) throw new Error(missingWeights);
    if (this.#live === recording) {
      if (config.steps > recording.config.steps) await this.#client.extend(config.steps);
      return isPresent();
    }
    const batch = await this.#batchFor(data);
    if (!isPresent()) return false;
    await this.#freed;
    if (!isPresent()) return false;
    await this.#client.use(this.#buildFor(fast));
    if (!isPresent()) return false;
    await this.#client.create(config, batch, first?.weights);
    if (!isPresent()) return false;
    // Pushed to nobody. A pause or another pace may end it early: then it goes on from there.
    for (let taken = 0; taken < recording.steps;) {
      ({ taken } = await this.#client.advance(recording.steps - taken));
      if (!isPresent()) return false;
    }
    this.#live = recording;
    return true;
  }

  /**
   * The weights that the run shown has now.
   * @throws {Error} while it is being computed, and before it has begun
   */
  async weights() {
    if (this.isBusy) throw new Error('The weights are still moving: pause the run first.');
    if (this.recording.steps === 0) throw new Error('There are no weights yet: run a step first.');
    const { recording } = this;
    if (!(await this.#ensureRun(recording.settings))) throw new Error('Another run was begun in the meantime.');
    return this.#client.weights(recording.config.layers);
  }

  /** What the engine says of itself. */
  get about() {
    return this.#client.about;
  }

  /** @param {number} until @returns {Promise<Progress | null>} */
  async #advance(until) {
    const { recording } = this;
    /** @type {Progress | null} */
    let progress = null;
    while (this.recording === recording && !this.pausing && !progress?.finished && recording.steps < until) {
      if (this.#pace === 0) {
        progress = await this.#client.advance(until - recording.steps);
      } else {
        const rested = this.#rest(this.#pace);
        progress = await this.#client.step();
        if (!progress.finished) await rested;
      }
    }
    return progress;
  }

  /** @param {number} milliseconds */
  #rest(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(null);
      };
    });
  }

  /**
   * @param {'running' | 'stepping'} phase
   * @param {Wish} wish
   * @param {() => Promise<Progress | null>} work null where nothing was done
   */
  async #during(phase, wish, work) {
    if (this.isBusy || !this.hasData) return;
    if (!this.continues(wish)) {
      this.#live = null;
      this.recording = new Recording(wish.config, wish.fast, wish.data, wish.start);
    }
    const { recording } = this;
    this.error = null;
    this.#become(phase);
    try {
      const progress = await work();
      // A reset in the meantime made another recording; what this run did no longer matters.
      if (this.recording !== recording) return;
      if (progress) recording.fingerprint = progress.fingerprint;
      this.#become(progress?.finished ? 'finished' : 'paused');
      if (progress?.finished) this.onFinished();
    } catch (error) {
      if (this.recording === recording) this.fail(error);
    }
  }

  /** @param {Phase} phase */
  #become(phase) {
    this.phase = phase;
    this.pausing = false;
    if (phase !== 'loading' && phase !== 'failed') this.#hasData = true;
    this.#changed();
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }
}
