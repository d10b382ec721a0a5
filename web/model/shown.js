// Quotes a value in a message.

/** Maximum number of characters shown. */
const most = 40;

/** @param {string} text */
function shortened(text) {
  const characters = [...text.slice(0, 2 * most + 2)]; // a character has one or two UTF-16 code units
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : characters.join('');
}

/** @param {unknown} value */
const plain = (value) => (typeof value === 'object' && value !== null ? '…' : String(value));

/**
 * The value in quotation marks, cut after 40 characters.
 * @param {unknown} value
 * @returns {string}
 */
export function shown(value) {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) {
    return value.length > 0 ? `“${shortened(value.slice(0, most).map(plain).join(', '))}”` : 'an empty list';
  }
  return typeof value === 'object' && value !== null ? 'an object' : `“${shortened(String(value))}”`;
}
