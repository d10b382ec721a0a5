// Points at the target of a tour card: scrolls it into view, draws a ring around it, and moves the card off it.
import { place } from './place.js';

const dock = () => /** @type {HTMLElement} */ (document.querySelector('.dock'));
const root = document.documentElement;

/** Whether the system asks for reduced motion. */
const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Marks the page as touring, and observes the dock's height.
 * @param {() => void} changed called at the start and when the dock's height changes
 * @returns {() => void} ends both
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
 * Draws a ring around a part of the page.
 * @param {HTMLElement} target
 * @returns {() => void} removes the ring
 */
export function ring(target) {
  target.toggleAttribute('data-toured', true);
  return () => target.removeAttribute('data-toured');
}

/**
 * Scrolls the target into view, and puts the card on the side where it does not cover it. Fixed elements such as the
 * dock need neither.
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
  // If the target is already visible, an instant scroll stops the previous card's smooth scroll.
  scrollTo({ top: y, behavior: isCalm() || y === sight.y ? 'instant' : 'smooth' });
}
