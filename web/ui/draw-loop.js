// Schedules drawing: at most one drawing per frame, round-robin, with pauses in between. The page stays responsive
// however fast steps arrive, and drawing does not compete with the engine for the same cores.

/** Length of a pause relative to the drawing before it. */
const rest = 2;

/**
 * A registered drawing.
 * @typedef {object} Drawing
 * @property {() => void} changed marks it stale; it is redrawn soon
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
      // An exception in a drawing reaches the console, and the other drawings continue.
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
