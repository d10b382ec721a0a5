// The contract of a fingerprint: which operations, in which order, determine a run's bits. Files and links carry its
// name, so that a later engine with other bits does not report an old run as wrong.

/** The only contract so far. Files and links without a contract name predate the name and are of this contract. */
export const contract = 'exact-1';

/**
 * Whether fingerprints of a contract can be compared with those computed here.
 * @param {string | undefined} name undefined: the first contract
 */
export const isKnownContract = (name) => name === undefined || name === contract;
