// How does `ska experiment` end, other than well? With a sentence and an exit code.
import { constants } from 'node:os';

/** What went wrong, for a person. */
export class Problem extends Error {
  code = 1;
}

/** The command line cannot be meant as it stands. */
export class BadUsage extends Problem {
  code = 2;
}

/** Somebody asked for an end before the end. */
export class Stopped extends Problem {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`Stopped by ${signal}; nothing was written.`);
    this.code = 128 + constants.signals[signal]; // as shells have it
  }
}
