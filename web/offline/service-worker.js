// What stands between the page and the host? This worker: it answers from what is kept of its build, and gives every
// other answer of the host the headers that cross-origin isolation takes.
import { isolated, KeptFiles } from './kept-files.js';

/** The build that this worker belongs to stands before this script, written when the site was built. */
const worker = /** @type {any} */ (self);

/** @type {string} */
const folder = worker.registration.scope;
const files = new KeptFiles(worker.skaBuild, folder);

/** Removes what older builds left, once no page of theirs can be open; never what a newer one has prepared. */
async function tidy() {
  const { installing, waiting } = worker.registration;
  if (installing || waiting) return;
  const windows = await worker.clients.matchAll({ type: 'window' });
  if (windows.length < 2) await files.forgetOthers(); // one is a page that is new, or about to reload
}

/** @param {Request} request */
const isOurs = ({ method, url, headers, cache, mode }) =>
  method === 'GET' &&
  url.startsWith(folder) &&
  !headers.has('Range') &&
  !(cache === 'only-if-cached' && mode !== 'same-origin');

/** @param {any} event */
async function answer(event) {
  const { request } = event;
  const kept = await files.find(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (files.isLasting(request.url)) event.waitUntil(files.keepLasting(request.url, response.clone()));
  return isolated(response);
}

/** What pages say to this worker. @type {Record<string, (event: any) => void>} */
const requests = {
  /** Keep the files of your build: the page is loaded and the network at leisure. */
  keep: (event) =>
    event.waitUntil(
      files
        .keep()
        .catch(() => {})
        .then(tidy),
    ),
  /** Is a page needed to say when you may take over? Where none came from what is kept, the worker just does. */
  async offer(event) {
    if (await files.othersKept()) event.source.postMessage('waits');
    else worker.skipWaiting();
  },
  activate: () => worker.skipWaiting(),
};

// A first worker is ready at once, and keeps files when a page is done loading; a new one keeps its own before it waits.
worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil(files.othersKept().then((update) => (update ? files.keep() : undefined)));
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil(Promise.all([tidy().catch(() => {}), worker.clients.claim()]));
});

worker.addEventListener('message', (/** @type {any} */ event) => {
  if (Object.hasOwn(requests, event.data)) requests[event.data](event);
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  if (isOurs(event.request)) event.respondWith(answer(event));
});
