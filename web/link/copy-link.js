// Copies a link to the clipboard.

/**
 * Copies a link to the clipboard.
 * @param {string} hash of this page
 * @returns {Promise<string | null>} the link itself, to be shown, if the browser refuses access to the clipboard; else
 *   null
 */
export async function copyLink(hash) {
  const url = new URL(hash, location.href).href;
  try {
    await navigator.clipboard.writeText(url);
    return null;
  } catch {
    return url;
  }
}
