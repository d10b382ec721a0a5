// What does the page remember of its reader? A word or two in local storage, where that is allowed.

/**
 * @template {string} T
 * @param {string} name
 * @param {readonly T[]} allowed the first is taken where nothing, or something else, is stored
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
      // Then it is asked for again at the next visit.
    }
  },
});
