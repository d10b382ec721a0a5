// How does a worker hear what is said to it while it computes? It lets waiting messages in between two pieces of work.

const { port1, port2 } = new MessageChannel();
/** @type {(() => void)[]} */
const waiting = [];
port1.onmessage = () => waiting.shift()?.();

/**
 * Resolves when the messages that wait have been heard. A message to oneself comes sooner than a timer, which browsers
 * hold back to 4 ms.
 * @returns {Promise<void>}
 */
export function listen() {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
