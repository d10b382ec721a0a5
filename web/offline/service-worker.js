// The service worker: serves the cached files of its build, and adds the headers for cross-origin isolation to the
// host's other responses.
import { isolated, KeptFiles } from './kept-files.js';
import { reasonHeader } from './obtain.js';

/** The site's build prepends `skaBuild`, the file list of this worker's build, to this script. */
const worker = /** @type {any} */ (self);

/** @type {string} */
const folder = worker.registration.scope;
const files = new KeptFiles(worker.skaBuild, folder);

/**
 * Deletes the caches of older builds once none of their pages can be open. Never deletes what a newer build has
 * prepared.
 */
async function tidy() {
  const { installing, waiting } = worker.registration;
  if (installing || waiting) return;
  const windows = await worker.clients.matchAll({ type: 'window' });
  if (windows.length < 2) await files.forgetOthers(); // a single window is new or about to reload
}

/** @param {Request} request */
const isOurs = ({ method, url, headers, cache, mode }) =>
  method === 'GET' &&
  url.startsWith(folder) &&
  !headers.has('Range') &&
  !(cache === 'only-if-cached' && mode !== 'same-origin');

/** Aborts the requests that this worker forwards to the host; replaced after each abort. */
let passedOn = new AbortController();

/** @param {any} event */
async function answer(event) {
  const { request } = event;
  const { signal } = passedOn;
  const kept = await files.find(request.url);
  if (kept) return kept;
  try {
    // Safari before 17.4 has no `AbortSignal.any`; a page's own abort then does not reach the host.
    const response = await fetch(request, { signal: AbortSignal.any?.([request.signal, signal]) ?? signal });
    if (files.wants(request.url)) event.waitUntil(files.keepAnswer(request.url, response.clone()));
    return isolated(response);
  } catch (error) {
    if (request.signal.aborted || !files.wasDamaged(request.url)) throw error;
    return damaged(request);
  }
}

/**
 * The response in place of a file that was damaged and cannot be loaded: explains what happened.
 * @param {Request} request
 */
function damaged({ url, mode }) {
  const isPage = mode === 'navigate'; // a page's address may contain arbitrary text
  const name = isPage ? 'This page' : new URL(url).pathname.split('/').at(-1);
  const sentence = `${name} was damaged on this device and has been dropped. Connect to the network, then load the page again.`;
  const body = isPage
    ? `<!doctype html><html lang="en"><meta charset="utf-8"><title>SKA Lab</title><p>${sentence}</p></html>`
    : sentence;
  const type = `text/${isPage ? 'html' : 'plain'}; charset=utf-8`;
  return isolated(new Response(body, { status: 504, headers: { 'Content-Type': type, [reasonHeader]: 'damaged' } }));
}

/** Caches the build if possible. */
const keep = () =>
  files
    .keep()
    .catch(() => {}) // the page still works online
    .then(tidy);

/**
 * Activates this worker if no page came from another build's cache. Otherwise reports to the requesting page that it
 * waits to be accepted.
 */
async function offer(/** @type {any} */ page) {
  if (await files.othersKept()) {
    page.postMessage('waits');
    return;
  }
  await worker.skipWaiting();
  await keep();
}

/** Aborts the pending requests to the host: the next worker can activate only when none are left. */
async function retire() {
  passedOn.abort();
  passedOn = new AbortController();
}

/**
 * Takes control of a page that loaded without this worker, on that page's request. Not in `activate`: a page should not
 * change hands while it loads its files and starts its workers. Not awaited, because Firefox settles it late.
 */
async function claim() {
  worker.clients.claim().catch(() => {});
}

/** The messages from pages. @type {Record<string, (page: any) => Promise<void>>} */
const requests = { keep, claim, offer, activate: () => worker.skipWaiting(), retire };

// The first worker is ready immediately and caches files once a page has loaded; an update caches its files before it
// waits.
worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil(files.othersKept().then((update) => (update ? files.keep() : undefined)));
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil(tidy().catch(() => {}));
});

worker.addEventListener('message', (/** @type {any} */ event) => {
  if (Object.hasOwn(requests, event.data)) event.waitUntil(requests[event.data](event.source));
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  if (isOurs(event.request)) event.respondWith(answer(event));
});
