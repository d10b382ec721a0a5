// Repairs links that were altered in transit: chats, mail and HTML editors escape the &, percent-encode the whole link,
// or include the full stop after it.

/** Ampersands that were escaped once or several times. */
const escapedAmpersand = /&(?:(?:amp|#38|#x26)(?:;|%3B))+/gi;
/** Punctuation that ends a sentence or a quotation, plain and percent-encoded. */
const punctuation = /^(?:[\s.,;:!?)\]}>"'’”»]|%(?:20|22|27|29|2C|2E|3E|5D|0A|0D))$/i;

/**
 * Removes punctuation at the end, unless the last field contains characters that no plain value has.
 * @param {string} text
 */
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
 * A query or a hash with such alterations undone; unaltered text is returned as it is.
 * @param {string} text
 */
export const repairedText = (text) => withoutEnd(decodedWhole(text).replaceAll(escapedAmpersand, '&'));

/**
 * The first complaints, followed by the number of the remaining ones.
 * @template {{ field: string, message: string }} C
 * @param {C[]} complaints
 * @param {number} most maximum number of complaints that are shown individually
 * @returns {(C | { field: string, message: string })[]}
 */
export function firstComplaints(complaints, most) {
  const more = complaints.length - most;
  if (more <= 0) return complaints;
  const message = more === 1 ? '1 more thing is wrong with the link.' : `${more} more things are wrong with the link.`;
  return [...complaints.slice(0, most), { field: 'link', message }];
}
