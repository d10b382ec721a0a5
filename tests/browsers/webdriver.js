// Drives a tab by the commands of the W3C WebDriver protocol, whatever transports them.

/** @typedef {import('./engines.js').Driver} Driver */

/**
 * Sends a command and returns its value.
 * @callback Send
 * @param {Command} command
 * @param {Record<string, unknown>} [parameters]
 * @returns {Promise<any>}
 * @throws {Error} with the browser's message, if the command fails
 */

/**
 * The protocol's name of a command.
 * @typedef {'NewSession' | 'DeleteSession' | 'SetTimeouts' | 'Navigate' | 'Refresh' | 'FindElement' | 'ElementClick'
 *   | 'ExecuteScript' | 'ExecuteAsyncScript'} Command
 */

const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

/**
 * The W3C protocol runs the source text of a function; the outcome of its promise goes to a callback. Firefox runs it in
 * a sandbox, whose own `globalThis` is not the page's.
 */
const asynchronously = (/** @type {Function} */ work) => `
  const globalThis = window;
  const done = arguments[arguments.length - 1];
  Promise.resolve(arguments[0])
    .then(${work})
    .then((value) => done({ value }), (error) => done({ error: String(error) }));`;

/**
 * Replaces a field's text as a user does by selecting all and typing.
 * @param {HTMLInputElement} field
 * @param {string} text
 */
function replaceText(field, text) {
  field.focus();
  field.select();
  document.execCommand('insertText', false, text);
}

/**
 * @param {Send} send
 * @param {() => void | Promise<void>} end called at the end of the session
 * @returns {Promise<Driver>}
 */
export async function driverOf(send, end) {
  await send('SetTimeouts', { script: 60_000, pageLoad: 60_000, implicit: 15_000 });
  /** @param {string} selector @returns {Promise<string>} */
  const find = async (selector) => {
    const using = selector.startsWith('//') ? 'xpath' : 'css selector';
    return (await send('FindElement', { using, value: selector }))[elementKey];
  };
  return {
    async goto(url) {
      await send('Navigate', { url });
    },
    async reload() {
      await send('Refresh');
    },
    async evaluate(work, argument) {
      const outcome = await send('ExecuteAsyncScript', { script: asynchronously(work), args: [argument ?? null] });
      if (outcome?.error !== undefined) throw new Error(outcome.error);
      return outcome?.value;
    },
    async click(selector) {
      await send('ElementClick', { id: await find(selector) });
    },
    // In one step: between WebDriver's `clear` and `value` the page would restore the last valid text, and "5" would
    // become "505".
    async fill(selector, text) {
      const args = [{ [elementKey]: await find(selector) }, text];
      await send('ExecuteScript', { script: `(${replaceText}).apply(null, arguments);`, args });
    },
    async close() {
      await send('DeleteSession');
      await end();
    },
  };
}
