// What becomes of a link on its way: chats, mail and HTML editors escape its &, percent-encode it whole, and take the full
// stop after it along.

/** Marks of escaped ampersands, once or several times. */
const escapedAmpersand = /&(?:(?:amp|#38|#x26)(?:;|%3B))+/gi;
/** What ends a sentence or a quotation, as it is and percent-encoded. */
const punctuation = /^(?:[\s.,;:!?)\]}>"'’”»]|%(?:20|22|27|29|2C|2E|3E|5D|0A|0D))$/i;

/** Without the punctuation after a last field that has none in it. @param {string} text */
function withoutEnd(text) {
  let { length } = text;
  for (;;) {
    if (punctuation.test(text.slice(length - 1, length))) length -= 1;
    else if (punctuation.test(text.slice(length - 3, length))) length -= 3;
    else break;
  }
  const meant = text.slice(0, length);
  const last = meant.slice(Math.max(...['=', '&', '#', '?'].map((mark) => meant.lastIndexOf(mark))) + 1);
  return /^[\da-z.,-]*$/i.test(last) ? meant : text;
}

/** @param {string} text */
function decodedWhole(text) {
  let decoded = text;
  for (let times = 0; times < 3 && !decoded.includes('=') && /%(?:25)*3D/i.test(decoded); ++times) {
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      return decoded;
    }
  }
  return decoded;
}

/**
 * A query or a hash as it was meant; the same text where nothing has happened to it.
 * @param {string} text
 */
export const repairedText = (text) => withoutEnd(decodedWhole(text).replaceAll(escapedAmpersand, '&'));

/**
 * The first of many complaints, and how many more there are.
 * @template {{ field: string, message: string }} C
 * @param {C[]} complaints
 * @param {number} most complaints that a reader is told one by one
 * @returns {(C | { field: string, message: string })[]}
 */
export function firstComplaints(complaints, most) {
  const more = complaints.length - most;
  if (more <= 0) return complaints;
  const message = more === 1 ? '1 more thing is wrong with the link.' : `${more} more things are wrong with the link.`;
  return [...complaints.slice(0, most), { field: 'link', message }];
}
