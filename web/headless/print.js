// Prints lines that a terminal only shows.

/**
 * Names, options and what other programs said may hold anything, also sequences that control a terminal: control characters
 * become spaces.
 * @param {string} text
 */
export const printable = (text) => text.replaceAll(/\p{Cc}/gu, ' ');

/** @param {NodeJS.WritableStream} stream @param {string} line */
export const print = (stream, line) => void stream.write(`${printable(line)}\n`);
