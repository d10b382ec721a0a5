// When is what drawn? At most one drawing a frame, in turn, so that the page stays quick however fast steps arrive.

/** @param {(() => void)[]} drawings each draws one part of the page from the present state */
export function createDrawLoop(drawings) {
  /** @type {Set<() => void>} in the order in which they became stale */
  const stale = new Set();
  let scheduled = false;

  function schedule() {
    if (scheduled || stale.size === 0) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      const [next] = stale;
      stale.delete(next);
      next();
      schedule();
    });
  }

  return {
    /** Says that the state changed: everything will be drawn anew, soon. */
    changed() {
      for (const drawing of drawings) stale.add(drawing);
      schedule();
    },
  };
}
