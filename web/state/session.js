// What is the page doing with the engine now, and what may a person do next?
import { Recording } from './recording.js';
import { sameConfig } from './config.js';

/**
 * @typedef {import('../engine/client.js').EngineClient} EngineClient
 * @typedef {import('../engine/protocol.js').Batch} Batch
 * @typedef {import('../engine/protocol.js').Config} Config
 */

/**
 * loading: no data yet; idle: nothing recorded; running; paused: some steps taken; finished; failed: the run or the
 * engine gave up, and `error` says why.
 * @typedef {'loading' | 'idle' | 'running' | 'paused' | 'finished' | 'failed'} Phase
 */

/** The one run of the page, and the rules of Run, Pause, Step and Reset. */
export class Session {
  #client;
  /** @type {Batch | null} */
  #batch = null;
  /** @type {Recording | null} the recording the engine's present run fills; null when it has none */
  #live = null;
  #listeners = new Set();

  /** @type {Phase} */
  phase = 'loading';
  /** @type {Error | null} */
  error = null;
  /** @type {Recording} */
  recording;

  /**
   * @param {EngineClient} client
   * @param {Config} config
   */
  constructor(client, config) {
    this.#client = client;
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

  /** Whether there is anything to run on: the digits are loaded. */
  get hasData() {
    return this.#batch !== null;
  }

  /**
   * Whether asking for steps with these settings goes on with the present run, rather than starting one.
   * @param {Config} config
   */
  continues(config) {
    return this.phase === 'paused' && this.matches(config);
  }

  /**
   * Whether the run that is shown has these settings.
   * @param {Config} config
   */
  matches(config) {
    return sameConfig(config, this.recording.config);
  }

  /**
   * Runs to the end or to the next pause.
   * @param {Config} config
   */
  async run(config) {
    await this.#whileRunning(async () => {
      if (!(await this.#ensureRun(config))) return false;
      return (await this.#client.advance()).finished;
    }, config);
  }

  /**
   * Takes one step.
   * @param {Config} config
   */
  async step(config) {
    await this.#whileRunning(async () => {
      if (!(await this.#ensureRun(config))) return false;
      await this.#client.step();
      return this.recording.steps === config.steps;
    }, config);
  }

  async pause() {
    if (this.phase === 'running') await this.#client.pause();
  }

  /**
   * Forgets the run and shows the settings of the next one, with nothing recorded.
   * @param {Config} config
   */
  async reset(config) {
    if (!this.hasData) return;
    const wasRunning = this.phase === 'running';
    this.#live = null;
    this.recording = new Recording(config);
    this.error = null;
    this.#become('idle');
    if (wasRunning) await this.#client.pause();
  }

  /**
   * Sees to it that the engine holds the run that `recording` records.
   * @param {Config} config
   * @returns whether it still does: a reset may have come in between
   */
  async #ensureRun(config) {
    const recording = this.recording;
    if (this.#live === recording) return true;
    if (!this.#batch) throw new Error('The digits are not loaded yet.');
    await this.#client.create(config, this.#batch);
    if (this.recording !== recording) return false;
    this.#live = recording;
    return true;
  }

  /**
   * @param {() => Promise<boolean>} work returns whether the run is finished
   * @param {Config} config
   */
  async #whileRunning(work, config) {
    if (this.phase === 'running' || !this.hasData) return;
    if (!this.continues(config)) {
      this.#live = null;
      this.recording = new Recording(config);
    }
    const recording = this.recording;
    this.error = null;
    this.#become('running');
    try {
      const finished = await work();
      // A reset in the meantime made another recording; what this run did no longer matters.
      if (this.recording === recording) this.#become(finished ? 'finished' : 'paused');
    } catch (error) {
      if (this.recording === recording) this.fail(error);
    }
  }

  /** @param {Phase} phase */
  #become(phase) {
    this.phase = phase;
    this.#changed();
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }
}
