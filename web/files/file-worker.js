// Worker that reads and writes files, to keep the page responsive. Terminating it cancels the job.
import { readFile } from './read-file.js';
import { zipRuns } from './runs-zip.js';

/**
 * @typedef {{ kind: 'read', file: Blob, name: string }
 *   | { kind: 'zip', runs: { run: import('../model/kept-run.js').KeptRun, digest: string }[] }} Job
 */

/** Minimum increase between two progress messages: a large file is unpacked in many thousand chunks. */
const betweenShares = 0.01;

/** @param {Job} job @param {(share: number) => void} progress */
async function work(job, progress) {
  if (job.kind === 'zip') return zipRuns(job.runs, progress);
  return readFile(new Uint8Array(await job.file.arrayBuffer()), job.name, progress);
}

addEventListener('message', async ({ data }) => {
  let reported = 0;
  const progress = (/** @type {number} */ share) => {
    if (share - reported < betweenShares) return;
    reported = share;
    postMessage({ share });
  };
  try {
    postMessage({ result: await work(data, progress) });
  } catch (error) {
    postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
