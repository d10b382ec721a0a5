// The errors of `ska experiment`: each has a message for the user and an exit code.
import { constants } from 'node:os';

/** Any error to report to the user. */
export class Problem extends Error {
  code = 1;
}

/** An invalid command line. */
export class BadUsage extends Problem {
  code = 2;
}

/** A signal stopped the command. */
export class Stopped extends Problem {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`Stopped by ${signal}; nothing was written.`);
    this.code = 128 + constants.signals[signal]; // by the convention of shells
  }
}
