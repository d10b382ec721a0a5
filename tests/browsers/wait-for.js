// Polls until a condition holds.

/**
 * The first truthy value of `probe`. A probe may fail: a page or a program that is starting does not answer.
 * @template T
 * @param {() => T | Promise<T>} probe
 * @param {object} options
 * @param {number} options.patience timeout in milliseconds
 * @param {number} options.interval between probes, in milliseconds
 * @param {() => string | Promise<string>} options.complaint the message of the timeout
 * @returns {Promise<T>}
 * @throws {Error} after the timeout: the last probe's error, or else one with the message
 */
export async function waitFor(probe, { patience, interval, complaint }) {
  const end = Date.now() + patience;
  for (;;) {
    const isLast = Date.now() > end;
    try {
      const value = await probe();
      if (value) return value;
    } catch (error) {
      if (isLast) throw error;
    }
    if (isLast) throw new Error(await complaint());
    await new Promise((resolve) => {
      setTimeout(resolve, interval);
    });
  }
}
