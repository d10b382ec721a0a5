// When is what drawn? At most one drawing a frame, in turn, and with rests between them: the page stays quick however fast
// steps arrive, and the engine, which wants the same cores, is not kept waiting by its own pictures.

/** How long a rest is, compared with the drawing before it. */
const rest = 2;

/** @param {(() => void)[]} drawings each draws one part of the page from the present state */
export function createDrawLoop(drawings) {
  /** @type {Set<() => void>} in the order in which they became stale */
  const stale = new Set();
  let scheduled = false;

  function drawNext() {
    const start = performance.now();
    const [next] = stale;
    stale.delete(next);
    next();
    const taken = performance.now() - start;
    setTimeout(() => {
      scheduled = false;
      schedule();
    }, rest * taken);
  }

  function schedule() {
    if (scheduled || stale.size === 0) return;
    scheduled = true;
    requestAnimationFrame(drawNext);
  }

  return {
    /** Says that the state changed: everything will be drawn anew, soon. */
    changed() {
      for (const drawing of drawings) stale.add(drawing);
      schedule();
    },
  };
}
