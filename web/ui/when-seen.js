// When is a chart drawn anew? Once it has changed or has another size, and is where it can be seen, or nearly.

/** How far outside of the window a chart is drawn already. */
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
  // What is printed is drawn at once, seen or not; the theme's own listener has come before.
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
