// How does the page come to be kept for when there is no network, and learn of a new version? It asks its service worker,
// once it is loaded and at leisure.
import { registered } from './register.js';

/** How often a page that stays open looks for a new version, in milliseconds. */
const betweenLooks = 3_600_000;

/** How long the old worker may go on with what it has under way when a new version is accepted, in milliseconds. */
const patience = 3000;

/** Resolves when the page is loaded and has nothing better to do. */
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
 * Firefox calls a registration ready while its worker is still activating, and a fetch of a page that it controls then waits.
 * @param {ServiceWorker | null} worker
 * @param {(worker: ServiceWorker) => void} use called once
 */
function whenActivated(worker, use) {
  if (worker?.state === 'activated') use(worker);
  else worker?.addEventListener('statechange', () => whenActivated(worker, use), { once: true });
}

/**
 * Lets the new version take over, and loads it.
 * @param {ServiceWorkerRegistration} registration
 */
function accept({ waiting, active }) {
  const reloadIfActive = () => {
    if (waiting?.state === 'activated') location.reload();
  };
  if (!waiting) {
    location.reload(); // it has taken over already, at the word of another tab
    return;
  }
  waiting.addEventListener('statechange', reloadIfActive);
  waiting.postMessage('activate');
  setTimeout(() => {
    if (waiting.state === 'installed') active?.postMessage('retire'); // some tab's download holds the new one up
  }, patience);
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {(accept: () => void) => void} onOffer
 */
function watch(registration, onOffer) {
  // A worker that waits is asked whether that is needed; one that need not wait takes over and says nothing.
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
 * Sees to it that the page works without a network from now on, and tells of every new version. Where there is no service
 * worker, as in the dev server, in a frame or where the browser refuses it, it does nothing. Never rejects.
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
    // The page works while there is a network, as it does without this.
  }
}
