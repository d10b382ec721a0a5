// Lets the page start its workers on a host that requires trusted types (`require-trusted-types-for 'script'`): scripts of
// the page's own host are trusted, and nothing else is. Imported for this effect, before anything that starts a worker.

const { trustedTypes } = /** @type {any} */ (globalThis);
try {
  trustedTypes?.createPolicy('default', {
    createScriptURL: (/** @type {string} */ url) =>
      new URL(url, location.href).origin === location.origin ? url : null,
  });
} catch {
  // The host names the policies that it allows, and this is none of them: the first worker fails, and the page says so.
}
