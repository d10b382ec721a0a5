// Once the page is loaded and idle, caches it for offline use and watches for new versions, through its service worker.
import { registered } from './register.js';

/** Interval between checks for a new version while the page stays open, in milliseconds. */
const betweenLooks = 3_600_000;

/** How long the old worker may finish its requests after a new version is accepted, in milliseconds. */
const patience = 3000;

/** Resolves when the page is loaded and idle. */
async function atLeisure() {
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => {
      addEventListener('load', resolve, { once: true });
    });
  }
  await new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve, { timeout: 5000 });
    else setTimeout(resolve, 1000); // Safari
  });
}

/**
 * Calls `use` once the worker is activated. Firefox reports a registration as ready while its worker is still
 * activating, and a fetch of a page that it controls then blocks.
 * @param {ServiceWorker | null} worker
 * @param {(worker: ServiceWorker) => void} use called once
 */
function whenActivated(worker, use) {
  if (worker?.state === 'activated') use(worker);
  else worker?.addEventListener('statechange', () => whenActivated(worker, use), { once: true });
}

/**
 * Activates the new version and reloads the page.
 * @param {ServiceWorkerRegistration} registration
 */
function accept({ waiting, active }) {
  const reloadIfActive = () => {
    if (waiting?.state === 'activated') location.reload();
  };
  if (!waiting) {
    location.reload(); // already activated from another tab
    return;
  }
  waiting.addEventListener('statechange', reloadIfActive);
  waiting.postMessage('activate');
  setTimeout(() => {
    if (waiting.state === 'installed') active?.postMessage('retire'); // another tab's download blocks the new worker
  }, patience);
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {(accept: () => void) => void} onOffer
 */
function watch(registration, onOffer) {
  // Ask a waiting worker whether it needs the user's consent. If not, it activates without an answer.
  const ask = () => registration.waiting?.postMessage('offer');
  navigator.serviceWorker.addEventListener('message', ({ data }) => {
    if (data === 'waits') onOffer(() => accept(registration));
  });
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', ask));
  registration.installing?.addEventListener('statechange', ask);
  ask();
  setInterval(() => registration.update().catch(() => {}), betweenLooks);
}

/**
 * Makes the page available offline and reports new versions. Does nothing without a service worker: in the dev server,
 * in a frame, or if the browser refuses it. Never rejects.
 * @param {(accept: () => void) => void} onOffer called when a new version is ready; `accept` loads it
 */
export async function watchForUpdates(onOffer) {
  if (import.meta.env.DEV || window.top !== window || !('serviceWorker' in navigator)) return;
  await atLeisure();
  try {
    const registration = await registered();
    whenActivated(registration.active, (worker) => {
      if (!navigator.serviceWorker.controller) worker.postMessage('claim');
    });
    registration.active?.postMessage('keep');
    watch(registration, onOffer);
  } catch {
    // Without offline support the page still works online.
  }
}
