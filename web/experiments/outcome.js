// The results of an experiment's runs so far.

/** @typedef {import('./experiment.js').DeclaredRun} DeclaredRun */
/** @typedef {import('../model/recording.js').Recording} Recording */

/** @typedef {DeclaredRun & { recording: Recording }} FinishedRun */

export class Outcome {
  /**
   * @param {DeclaredRun[]} declared
   * @param {(run: DeclaredRun) => Recording | null} recordingOf null if a run has not finished or failed
   */
  constructor(declared, recordingOf) {
    this.declared = declared;
    /** The finished runs, in order of declaration. @type {FinishedRun[]} */
    this.finished = declared.flatMap((run) => {
      const recording = recordingOf(run);
      return recording ? [{ ...run, recording }] : [];
    });
  }

  get isWhole() {
    return this.finished.length === this.declared.length;
  }

  /** The index of a run among all declared runs, which is the ink of its curves. @param {DeclaredRun} run */
  inkOf({ key }) {
    return this.declared.findIndex((run) => run.key === key);
  }

  /** @param {string} key @returns {Recording | null} */
  of(key) {
    return this.finished.find((run) => run.key === key)?.recording ?? null;
  }
}
