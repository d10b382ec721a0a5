// Where does the page get its service worker? From its own folder; one registration serves whoever asks.

/** @type {Promise<ServiceWorkerRegistration> | undefined} */
let registration;

async function register() {
  await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
  return navigator.serviceWorker.ready;
}

/** Resolves when the service worker will answer for this page's next load; rejects where it cannot. */
export function registered() {
  registration ??= register();
  return registration;
}
