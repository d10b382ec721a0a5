// How does the page point at what a card speaks of? It brings it into sight, rings it, and keeps the card out of its way.
import { place } from './place.js';

const dock = () => /** @type {HTMLElement} */ (document.querySelector('.dock'));
const root = document.documentElement;

/** Whether the reader's system asks for less motion. */
const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Says that the tour is open, for as long as it is.
 * @param {() => void} changed called when the dock has got another height
 * @returns {() => void} ends it
 */
export function followDock(changed) {
  const observer = new ResizeObserver(changed);
  root.toggleAttribute('data-touring', true);
  changed();
  observer.observe(dock());
  return () => {
    observer.disconnect();
    root.removeAttribute('data-touring');
  };
}

/**
 * Rings a part of the page.
 * @param {HTMLElement} target
 * @returns {() => void} takes the ring off
 */
export function ring(target) {
  target.toggleAttribute('data-toured', true);
  return () => target.removeAttribute('data-toured');
}

/**
 * Scrolls the target into sight, and puts the card to the side where it does not hide it. What is fixed in the window,
 * as the dock is, needs neither.
 * @param {HTMLElement} target
 * @param {HTMLElement} card
 */
export function bring(target, card) {
  if (getComputedStyle(target).position === 'fixed') {
    card.dataset.side = 'right';
    return;
  }
  const { width, height } = card.getBoundingClientRect();
  const sight = {
    width: root.clientWidth,
    height: dock().getBoundingClientRect().top,
    y: scrollY,
    most: root.scrollHeight - root.clientHeight,
  };
  const { side, y } = place(target.getBoundingClientRect(), { width, height }, sight);
  card.dataset.side = side;
  // Where it is in sight already, a scroll that is still on its way to the card before has to end here.
  scrollTo({ top: y, behavior: isCalm() || y === sight.y ? 'instant' : 'smooth' });
}
