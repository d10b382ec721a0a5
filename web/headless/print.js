// Escapes text before printing, so that it cannot control the terminal.

/** The same escapes as the C++ command: \n, \t, and others by their code. @param {string} character */
const escaped = (character) =>
  ({ '\n': '\\n', '\t': '\\t' })[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Escapes control characters, line separators and bidirectional marks. Names, options and other programs' messages may
 * contain anything, including sequences that control a terminal.
 * @param {string} text
 */
export const printable = (text) =>
  text.replaceAll(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, escaped);

/** @param {NodeJS.WritableStream} stream @param {string} line */
export const print = (stream, line) => void stream.write(`${printable(line)}\n`);
