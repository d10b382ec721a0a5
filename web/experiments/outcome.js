// What has come of an experiment's runs so far?

/** @typedef {import('./experiment.js').DeclaredRun} DeclaredRun */
/** @typedef {import('../state/recording.js').Recording} Recording */

/** @typedef {DeclaredRun & { recording: Recording }} FinishedRun */

export class Outcome {
  /**
   * @param {DeclaredRun[]} declared
   * @param {(run: DeclaredRun) => Recording | null} recordingOf null where a run has not finished, or failed
   */
  constructor(declared, recordingOf) {
    this.declared = declared;
    /** Those that have finished, in the order of their declaration. @type {FinishedRun[]} */
    this.finished = declared.flatMap((run) => {
      const recording = recordingOf(run);
      return recording ? [{ ...run, recording }] : [];
    });
  }

  get isWhole() {
    return this.finished.length === this.declared.length;
  }

  /** Where a run stands among all that are declared: the ink of its curves. @param {DeclaredRun} run */
  inkOf({ key }) {
    return this.declared.findIndex((run) => run.key === key);
  }

  /** @param {string} key @returns {Recording | null} */
  of(key) {
    return this.finished.find((run) => run.key === key)?.recording ?? null;
  }
}
