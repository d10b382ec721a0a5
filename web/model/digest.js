// Digests of samples and weights, by which run cards identify them.

/**
 * The first half of SHA-256, in hexadecimal digits.
 * @param {Uint8Array | Float32Array} values
 */
export async function digestOf(values) {
  if (!crypto.subtle) throw new Error('Browsers compute no digests for pages that come over plain http.');
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice(); // must not be shared
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
