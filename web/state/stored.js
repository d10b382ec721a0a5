// Stores a choice of the user in local storage, if that is allowed.

/**
 * @template {string} T
 * @param {string} name
 * @param {readonly T[]} allowed the first is the default, also for an invalid stored value
 */
export const stored = (name, allowed) => ({
  /** @returns {T} */
  read() {
    try {
      const found = localStorage.getItem(`ska-${name}`);
      return allowed.find((each) => each === found) ?? allowed[0];
    } catch {
      return allowed[0];
    }
  },
  /** @param {T} value */
  write(value) {
    try {
      localStorage.setItem(`ska-${name}`, value);
    } catch {
      // Storage is not allowed: the choice lasts only for this visit.
    }
  },
});
