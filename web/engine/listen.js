// Lets a worker process pending messages between two pieces of work.

const { port1, port2 } = new MessageChannel();
/** @type {(() => void)[]} */
const waiting = [];
port1.onmessage = () => waiting.shift()?.();

/**
 * Resolves after the pending messages have been handled. Posts a message to itself, because browsers delay timers by up
 * to 4 ms.
 * @returns {Promise<void>}
 */
export function listen() {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
