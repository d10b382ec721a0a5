// Prints lines that a terminal only shows.

/** As the command writes them: \n, \t, and others by their number. @param {string} character */
const escaped = (character) =>
  ({ '\n': '\\n', '\t': '\\t' })[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Names, options and what other programs said may hold anything, also sequences that control a terminal. Control
 * characters, line separators and marks that change the direction of writing are escaped.
 * @param {string} text
 */
export const printable = (text) =>
  text.replaceAll(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, escaped);

/** @param {NodeJS.WritableStream} stream @param {string} line */
export const print = (stream, line) => void stream.write(`${printable(line)}\n`);
