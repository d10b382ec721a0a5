// The list of files that a build passes to its service worker.

/**
 * @typedef {object} KnownFile
 * @property {string} path relative to the site's folder; empty for the page itself
 * @property {string[]} digests SHA-256 in hexadecimal; for a gzip file also that of its content, for hosts that
 *   decompress it
 */

/**
 * The build's file list, as passed to its service worker.
 * @typedef {object} Build
 * @property {string} version changes if any file does
 * @property {KnownFile[]} files files that the page may need at any time; all cached together
 * @property {KnownFile[]} lasting large files that do not change between builds; each cached on first use
 */

export {};
