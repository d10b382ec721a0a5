// How does a link get to where a reader can paste it?

/**
 * Puts the link on the clipboard.
 * @param {string} hash of this page
 * @returns {Promise<string | null>} the link itself, to be shown, where the browser gives no clipboard
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
