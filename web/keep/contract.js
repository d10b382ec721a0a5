// The contract that a fingerprint is computed under: which operations, in which order, give a run its bits. Files and links
// carry its name, so that a later engine with other bits does not call an old run wrong.

/** The only contract so far. Files and links from before it had a name are of it. */
export const contract = 'exact-1';

/**
 * Whether fingerprints under a contract can be compared with those computed here.
 * @param {string | undefined} name none: the first contract
 */
export const isKnownContract = (name) => name === undefined || name === contract;
