// What is the page doing with the engine now, and what may a person do next?
import { Recording } from './recording.js';
import { sameConfig } from './config.js';

/**
 * How a run is asked for: its settings, and whether the fast engine may compute it.
 * @typedef {{ config: Config, fast: boolean }} Wish
 */

/**
 * @typedef {import('../engine/client.js').EngineClient} EngineClient
 * @typedef {import('../engine/builds.js').Build} Build
 * @typedef {import('../engine/protocol.js').Batch} Batch
 * @typedef {import('../engine/protocol.js').Config} Config
 */

/**
 * loading: no data yet; idle: nothing recorded; running, until it is done or paused; stepping: taking one step;
 * paused: some steps taken; finished; failed: the run or the engine gave up, and `error` says why.
 * @typedef {'loading' | 'idle' | 'running' | 'stepping' | 'paused' | 'finished' | 'failed'} Phase
 */

/** How long a busy engine may take to hear that its run was given up, before it is replaced, in milliseconds. */
const patience = 300;

/** The one run of the page, and the rules of Run, Pause, Step and Reset. */
export class Session {
  #client;
  #buildFor;
  /** @type {Batch | null} */
  #batch = null;
  /** @type {Recording | null} the recording the engine's present run fills; null when it has none */
  #live = null;
  #listeners = new Set();
  /** Settles when the engine is rid of a run that was given up. @type {Promise<unknown>} */
  #freed = Promise.resolve();

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
   * @param {Config} config
   * @param {(fast: boolean) => Build} buildFor the build for exact or fast runs
   */
  constructor(client, config, buildFor) {
    this.#client = client;
    this.#buildFor = buildFor;
    this.recording = new Recording(config);
    client.onStep = ({ record, computed }) => {
      this.#live?.append(record, computed);
      this.#changed();
    };
  }

  /** @param {() => void} listener called after every change, several times a frame while running */
  subscribe(listener) {
    this.#listeners.add(listener);
  }

  /** @param {Batch} batch */
  dataLoaded(batch) {
    this.#batch = batch;
    this.#become('idle');
  }

  /** @param {unknown} error */
  fail(error) {
    this.error = error instanceof Error ? error : new Error(String(error));
    this.#become('failed');
  }

  /** The samples of every run; null before they are loaded. */
  get batch() {
    return this.#batch;
  }

  /** Whether there is anything to run on: the digits are loaded. */
  get hasData() {
    return this.#batch !== null;
  }

  /** Whether steps are being taken. */
  get isBusy() {
    return this.phase === 'running' || this.phase === 'stepping';
  }

  /**
   * Whether asking for steps in this way goes on with the present run, rather than starting one.
   * @param {Wish} wish
   */
  continues(wish) {
    return this.phase === 'paused' && this.matches(wish);
  }

  /**
   * Whether the run that is shown was asked for in this way.
   * @param {Wish} wish
   */
  matches({ config, fast }) {
    return sameConfig(config, this.recording.config) && fast === this.recording.fast;
  }

  /**
   * Runs to the end or to the next pause.
   * @param {Wish} wish
   */
  async run(wish) {
    await this.#during('running', wish, async () => {
      if (!(await this.#ensureRun(wish)) || this.pausing) return null;
      return this.#client.advance();
    });
  }

  /**
   * Takes one step.
   * @param {Wish} wish
   */
  async step(wish) {
    await this.#during('stepping', wish, async () => ((await this.#ensureRun(wish)) ? this.#client.step() : null));
  }

  async pause() {
    if (this.phase !== 'running' || this.pausing) return;
    this.pausing = true; // remembered here, for a run that is still being made
    this.#changed();
    await this.#client.pause().catch(() => {}); // the run itself tells of an engine that is lost
  }

  /**
   * Forgets the run and shows the settings of the next one, with nothing recorded.
   * @param {Wish} wish
   */
  async reset({ config, fast }) {
    if (!this.hasData) return;
    const wasBusy = this.isBusy;
    this.#live = null;
    this.recording = new Recording(config, fast);
    this.error = null;
    if (wasBusy) this.#freed = this.#free();
    this.#become('idle');
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
   * Sees to it that the engine holds the run that `recording` records.
   * @param {Wish} wish
   * @returns whether it still does: a reset may have come in between
   */
  async #ensureRun({ config, fast }) {
    const recording = this.recording;
    if (this.#live === recording) return true;
    if (!this.#batch) throw new Error('The digits are not loaded yet.');
    await this.#freed;
    if (this.recording !== recording) return false;
    await this.#client.use(this.#buildFor(fast));
    if (this.recording !== recording) return false;
    await this.#client.create(config, this.#batch);
    if (this.recording !== recording) return false;
    this.#live = recording;
    return true;
  }

  /**
   * @param {'running' | 'stepping'} phase
   * @param {Wish} wish
   * @param {() => Promise<import('../engine/protocol.js').Progress | null>} work null where nothing was done
   */
  async #during(phase, wish, work) {
    if (this.isBusy || !this.hasData) return;
    if (!this.continues(wish)) {
      this.#live = null;
      this.recording = new Recording(wish.config, wish.fast);
    }
    const recording = this.recording;
    this.error = null;
    this.#become(phase);
    try {
      const progress = await work();
      // A reset in the meantime made another recording; what this run did no longer matters.
      if (this.recording !== recording) return;
      recording.fingerprint = progress?.fingerprint ?? null;
      this.#become(progress?.finished ? 'finished' : 'paused');
    } catch (error) {
      if (this.recording === recording) this.fail(error);
    }
  }

  /** @param {Phase} phase */
  #become(phase) {
    this.phase = phase;
    this.pausing = false;
    this.#changed();
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }
}
