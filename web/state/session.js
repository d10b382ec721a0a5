// Controls the page's one run: a state machine over the engine with Run, Pause, Step and Reset.
import { Recording } from '../model/recording.js';
import { sameSettings } from '../model/settings.js';

/**
 * @typedef {import('../engine/client.js').EngineClient} EngineClient
 * @typedef {import('../engine/builds.js').Build} Build
 * @typedef {import('../model/types.js').Batch} Batch
 * @typedef {import('../engine/protocol.js').Progress} Progress
 * @typedef {import('../model/settings.js').Settings} Settings
 * @typedef {import('../model/recording.js').Start} Start
 */

/**
 * A requested run: its settings and, unless the weights come from the seed, its initial weights.
 * @typedef {Settings & { start?: Start | null }} RunRequest
 */

/**
 * loading: no data yet; idle: nothing recorded; running: until finished or paused; stepping: taking one step; paused:
 * some steps taken; finished; failed: `error` holds the error of the run or the engine.
 * @typedef {'loading' | 'idle' | 'running' | 'stepping' | 'paused' | 'finished' | 'failed'} Phase
 */

/** How long a busy engine may take to stop a discarded run before it is replaced, in milliseconds. */
const patience = 300;

const missingWeights =
  'This run began with weights that its card does not hold. Opened from their .npz file, they let it go on.';

/** The one run of the page, and the rules of Run, Pause, Step and Reset. */
export class Session {
  #client;
  #buildFor;
  #batchFor;
  /** @type {Recording | null} the recording that the engine's current run fills; null if it has none */
  #live = null;
  #listeners = new Set();
  /** Settles when the engine has stopped the discarded run. @type {Promise<unknown>} */
  #freed = Promise.resolve();
  /** Settles when the engine holds the last requested run: runs are created one at a time. @type {Promise<unknown>} */
  #made = Promise.resolve();
  /** Ends the delay between two steps of a run at limited speed. */
  #wake = () => {};
  #pace = 0;

  /** Called when a run finishes, but not when a finished run is shown. */
  onFinished = () => {};
  /** Whether a pause is pending: the engine first completes its current step. */
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
   * @param {(fast: boolean) => Build} buildFor selects the build for exact or fast runs
   * @param {(data: import('../model/settings.js').DataSettings) => Promise<Batch>} batchFor provides the samples of a run
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

  /** Enters the idle state once the data are loaded. */
  dataLoaded() {
    this.#become('idle');
  }

  /** Enters the loading state for a retry. */
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
  /** Whether the digits are loaded. */
  get hasData() {
    return this.#hasData;
  }

  /** Whether steps are being taken. */
  get isBusy() {
    return this.phase === 'running' || this.phase === 'stepping';
  }

  /**
   * Whether a run with these settings continues the current run instead of starting a new one: the current run is
   * paused, or has the same settings with fewer steps.
   * @param {RunRequest} request
   */
  continues(request) {
    if (this.phase === 'paused' && this.matches(request)) return true;
    return (this.phase === 'paused' || this.phase === 'finished') && this.#extends(request);
  }

  /**
   * Whether the shown run has these settings.
   * @param {RunRequest} request
   */
  matches(request) {
    return (
      sameSettings(request, this.recording.settings) &&
      (request.start?.digest ?? null) === (this.recording.start?.digest ?? null)
    );
  }

  /** @param {RunRequest} request */
  #extends(request) {
    const { steps } = this.recording.config;
    return request.config.steps > steps && this.matches({ ...request, config: { ...request.config, steps } });
  }

  /** Minimum time between two steps in milliseconds; 0 is unlimited speed. */
  get pace() {
    return this.#pace;
  }
  set pace(milliseconds) {
    this.#pace = milliseconds;
    this.#wake();
    if (this.phase === 'running') this.#client.pause().catch(() => {}); // the run continues at the new pace
  }

  /**
   * Runs until it finishes, is paused, or has taken `until` steps.
   * @param {RunRequest} request
   * @param {number} [until]
   */
  async run(request, until = request.config.steps) {
    await this.#during('running', request, async () => ((await this.#begin(request)) ? this.#advance(until) : null));
  }

  /**
   * Takes one step.
   * @param {RunRequest} request
   */
  async step(request) {
    await this.#during('stepping', request, async () => ((await this.#begin(request)) ? this.#client.step() : null));
  }

  async pause() {
    if (this.phase !== 'running' || this.pausing) return;
    this.pausing = true; // also pauses a run that is still being created
    this.#wake();
    this.#changed();
    await this.#client.pause().catch(() => {}); // the run itself reports a lost engine
  }

  /**
   * Discards the run and shows the settings of the next one, with nothing recorded.
   * @param {RunRequest} request
   */
  reset({ config, fast, data, start }) {
    return this.#replace(new Recording(config, fast, data, start), 'idle');
  }

  /**
   * Shows a recorded run.
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

  /** Stops the engine: requests a pause, and replaces the engine if it does not answer in time. */
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
   * Prepares the engine for the next step of the recorded run.
   * @param {RunRequest} request
   * @returns whether this is still the current run: a reset may have intervened
   */
  async #begin(request) {
    const { recording } = this;
    if (!(await this.#ensureRun(request))) return false;
    recording.config = request.config; // it may have more steps than before
    recording.fingerprint = null;
    return true;
  }

  /** @param {RunRequest} request @returns {Promise<boolean>} the result of `#makeRun` */
  #ensureRun(request) {
    const { recording } = this;
    const made = this.#made.then(() => this.#makeRun(recording, request));
    this.#made = made.catch(() => {}); // the caller gets the error
    return made;
  }

  /**
   * Ensures that the engine holds the run of a recording. A stored run is first recomputed up to its last step; the
   * result is identical to the last bit.
   * @param {Recording} recording
   * @param {RunRequest} request
   * @returns whether this is still the current run: a reset may have intervened
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
    // `#live` is not set yet, so these steps are not recorded. A pause or a change of pace may end `advance` early; the
    // loop then continues.
    for (let taken = 0; taken < recording.steps;) {
      ({ taken } = await this.#client.advance(recording.steps - taken));
      if (!isPresent()) return false;
    }
    this.#live = recording;
    return true;
  }

  /**
   * The current weights of the shown run.
   * @throws {Error} while the run is being computed, and before its first step
   */
  async weights() {
    if (this.isBusy) throw new Error('The weights are still moving: pause the run first.');
    if (this.recording.steps === 0) throw new Error('There are no weights yet: run a step first.');
    const { recording } = this;
    if (!(await this.#ensureRun(recording.settings))) throw new Error('Another run was begun in the meantime.');
    return this.#client.weights(recording.config.layers);
  }

  /** The engine's version and properties. */
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
   * @param {RunRequest} request
   * @param {() => Promise<Progress | null>} work returns null if it did nothing
   */
  async #during(phase, request, work) {
    if (this.isBusy || !this.hasData) return;
    if (!this.continues(request)) {
      this.#live = null;
      this.recording = new Recording(request.config, request.fast, request.data, request.start);
    }
    const { recording } = this;
    this.error = null;
    this.#become(phase);
    try {
      const progress = await work();
      // A reset has replaced the recording; discard the result of this run.
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
