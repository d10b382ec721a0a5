// Registers the page's service worker once, for all callers.

/** @type {Promise<ServiceWorkerRegistration> | undefined} */
let registration;

async function register() {
  await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
  return navigator.serviceWorker.ready;
}

/** Resolves when the service worker controls this page's next load; rejects if it cannot. */
export function registered() {
  registration ??= register();
  return registration;
}
