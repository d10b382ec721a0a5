// Defines a trusted-types policy for hosts that require one (`require-trusted-types-for 'script'`), so that the page
// can start its workers. It trusts only scripts of the page's own host. Import it before anything that starts a worker.

const { trustedTypes } = /** @type {any} */ (globalThis);
try {
  trustedTypes?.createPolicy('default', {
    createScriptURL: (/** @type {string} */ url) =>
      new URL(url, location.href).origin === location.origin ? url : null,
  });
} catch {
  // The host allows only certain policy names, and this is not one of them. The first worker then fails, and the page
  // reports it.
}
