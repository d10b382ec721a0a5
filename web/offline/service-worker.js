// What stands between the page and the host? This worker: it answers from what is kept of its build, and gives every
// other answer of the host the headers that cross-origin isolation takes.
import { isolated, KeptFiles } from './kept-files.js';
import { reasonHeader } from './obtain.js';

/** `skaBuild`, the build that the worker belongs to, stands before this script, written when the site was built. */
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

/** Breaks off what pages ask the host for through this worker; replaced when it has. */
let passedOn = new AbortController();

/** @param {any} event */
async function answer(event) {
  const { request } = event;
  const { signal } = passedOn;
  const kept = await files.find(request.url);
  if (kept) return kept;
  try {
    // Safari before 17.4 has no `any`; there a page's own abort goes no further than this worker.
    const response = await fetch(request, { signal: AbortSignal.any?.([request.signal, signal]) ?? signal });
    if (files.wants(request.url)) event.waitUntil(files.keepAnswer(request.url, response.clone()));
    return isolated(response);
  } catch (error) {
    if (request.signal.aborted || !files.wasDamaged(request.url)) throw error;
    return damaged(request);
  }
}

/** Says, in place of a file that was damaged and cannot be fetched, what has become of it. @param {Request} request */
function damaged({ url, mode }) {
  const isPage = mode === 'navigate'; // whose address may hold anything
  const name = isPage ? 'This page' : new URL(url).pathname.split('/').at(-1);
  const sentence = `${name} was damaged on this device and has been dropped. Connect to the network, then load the page again.`;
  const body = isPage
    ? `<!doctype html><html lang="en"><meta charset="utf-8"><title>SKA Lab</title><p>${sentence}</p></html>`
    : sentence;
  const type = `text/${isPage ? 'html' : 'plain'}; charset=utf-8`;
  return isolated(new Response(body, { status: 504, headers: { 'Content-Type': type, [reasonHeader]: 'damaged' } }));
}

/** Keeps the build where that can be done. */
const keep = () =>
  files
    .keep()
    .catch(() => {}) // the page works while there is a network
    .then(tidy);

/** Takes over where no page came from what is kept; and else tells the page that asks that it waits to be accepted. */
async function offer(/** @type {any} */ page) {
  if (await files.othersKept()) {
    page.postMessage('waits');
    return;
  }
  await worker.skipWaiting();
  await keep();
}

/** Lets go of what the host has not answered, or not to its end: the next worker comes only when nothing is under way. */
async function retire() {
  passedOn.abort();
  passedOn = new AbortController();
}

/**
 * Takes control of a page that loaded without this worker, when that page asks. `activate` must not do it: in Firefox, a page
 * that is claimed while it starts its own workers can wait a minute for them. Not awaited: Firefox settles it late.
 */
async function claim() {
  worker.clients.claim().catch(() => {});
}

/** What pages say to this worker. @type {Record<string, (page: any) => Promise<void>>} */
const requests = { keep, claim, offer, activate: () => worker.skipWaiting(), retire };

// A first worker is ready at once, and keeps files when a page is done loading; a new one keeps its own before it waits.
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
