// Runs a file job in a separate worker, with progress. Aborting the signal terminates the worker.

/**
 * @template T
 * @param {import('./file-worker.js').Job} job
 * @param {(share: number) => void} progress called with the share done, from 0 to 1
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
export function fileWork(job, progress, signal) {
  const worker = new Worker(new URL('./file-worker.js', import.meta.url), { type: 'module', name: 'ska-files' });
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('Cancelled.', 'AbortError')));
    worker.addEventListener('message', ({ data }) => {
      if (data.share !== undefined) progress(data.share);
      else if (data.error !== undefined) reject(new Error(data.error));
      else resolve(data.result);
    });
    const failed = (/** @type {Event} */ event) => {
      event.preventDefault();
      reject(new Error('The part of the page that reads files could not be loaded, or ran out of memory. Try again.'));
    };
    worker.addEventListener('error', failed);
    worker.addEventListener('messageerror', failed);
    worker.postMessage(job);
  }).finally(() => worker.terminate());
}
