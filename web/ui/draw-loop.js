// When is what drawn? At most one drawing a frame, in turn, and with rests between them: the page stays quick however fast
// steps arrive, and the engine, which wants the same cores, is not kept waiting by its own pictures.

/** How long a rest is, compared with the drawing before it. */
const rest = 2;

/**
 * Something to be drawn again and again.
 * @typedef {object} Drawing
 * @property {() => void} changed says that it has to be drawn anew, soon
 * @property {() => void} remove
 */

export function createDrawLoop() {
  /** @type {Set<() => void>} in the order in which they became stale */
  const stale = new Set();
  let scheduled = false;

  function drawNext() {
    const start = performance.now();
    const [next] = stale;
    stale.delete(next);
    try {
      next?.();
    } finally {
      // A drawing that fails is told of in the console, and the others go on.
      setTimeout(
        () => {
          scheduled = false;
          schedule();
        },
        rest * (performance.now() - start),
      );
    }
  }

  function schedule() {
    if (scheduled || stale.size === 0) return;
    scheduled = true;
    requestAnimationFrame(drawNext);
  }

  return {
    /** @param {() => void} draw @returns {Drawing} */
    add(draw) {
      return {
        changed() {
          stale.add(draw);
          schedule();
        },
        remove: () => stale.delete(draw),
      };
    },
  };
}
