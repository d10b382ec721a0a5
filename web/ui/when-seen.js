// Redraws a chart when it has changed or was resized, and is visible or nearly visible.

/** Charts within this distance of the window are drawn too. */
const margin = '250px';

/**
 * @param {HTMLElement} element
 * @param {ReturnType<typeof import('./draw-loop.js').createDrawLoop>} loop
 * @param {() => void} draw
 * @returns {{ changed: () => void, stop: () => void }}
 */
export function drawnWhenSeen(element, loop, draw) {
  const drawing = loop.add(draw);
  let isVisible = false;
  let isStale = true;
  function changed() {
    isStale = !isVisible;
    if (isVisible) drawing.changed();
  }
  const observer = new IntersectionObserver(
    ([entry]) => {
      ({ isIntersecting: isVisible } = entry);
      if (isVisible && isStale) changed();
    },
    { rootMargin: margin },
  );
  observer.observe(element);
  const resized = new ResizeObserver(changed);
  resized.observe(element);
  // Charts are drawn immediately for print, visible or not. The theme's listener has already run.
  const print = () => element.checkVisibility?.() !== false && draw();
  addEventListener('beforeprint', print);
  return {
    changed,
    stop() {
      observer.disconnect();
      resized.disconnect();
      removeEventListener('beforeprint', print);
      drawing.remove();
    },
  };
}
