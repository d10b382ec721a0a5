// Places short labels without overlap.

/** The height of a line of text, in pixels. */
const high = 14;
const between = 2;

export function freeSpace() {
  /** @type {{ left: number, middle: number, long: number }[]} */
  const taken = [];
  return {
    /**
     * Reserves a place if it is free.
     * @param {number} left in pixels
     * @param {number} middle vertical centre, in pixels
     * @param {number} long width, in pixels
     * @returns {boolean} whether it was free
     */
    takes(left, middle, long) {
      const isFree = taken.every(
        (other) =>
          Math.abs(other.middle - middle) >= high ||
          left >= other.left + other.long + between ||
          other.left >= left + long + between,
      );
      if (isFree) taken.push({ left, middle, long });
      return isFree;
    },
  };
}
