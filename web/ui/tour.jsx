// The guided tour: cards next to the parts of the page that they explain. The page stays usable.
import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import '../style/tour.css';
import { cards } from '../tour/cards.jsx';
import { bring, followDock, ring } from '../tour/point.js';

/**
 * @typedef {import('../state/lab.js').Lab} Lab
 * @typedef {import('../tour/cards.jsx').Card} Card
 */

/** @typedef {{ current: HTMLElement | null }} Panel */

/** Returns the focus when the card closes, unless the reader has moved it. @param {Panel} panel */
function useFocusReturned(panel) {
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      const isHere = document.activeElement === document.body || panel.current?.contains(document.activeElement);
      if (isHere && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
}

/**
 * Closes on Escape, wherever the focus is. An open dialog takes Escape first.
 * @param {() => void} close
 */
function useEscape(close) {
  useEffect(() => {
    const onKey = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) close();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [close]);
}

/**
 * Points at the card's part of the page; repeated when the window or the dock is resized.
 * @param {Card} card
 * @param {Panel} panel
 */
function usePointing(card, panel) {
  useLayoutEffect(() => {
    const target = /** @type {HTMLElement} */ (document.querySelector(card.target));
    let frame = 0;
    // One frame later the card has its final height, including the text of its live part.
    const point = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => bring(target, /** @type {HTMLElement} */ (panel.current)));
    };
    const takeOff = ring(target);
    const leaveDock = followDock(point);
    addEventListener('resize', point);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('resize', point);
      leaveDock();
      takeOff();
    };
  }, [card]);
}

/**
 * Runs the card's live action once the page is idle, and again after another run. On leaving the card, view and cursor
 * are restored unless the reader has changed them since.
 * @param {Card} card
 * @param {Lab} lab
 * @returns {string} what the action reports
 */
function useLive({ live }, lab) {
  const said = useMemo(() => signal(''), [live]);
  useLayoutEffect(() => {
    if (!live) return undefined;
    const before = { view: lab.view.peek(), cursor: lab.cursor.peek() };
    let after = before;
    const stop = lab.changes.subscribe(() => {
      if (lab.session.phase === 'running') said.value = '';
      if (said.peek() || lab.session.isBusy) return;
      said.value = live(lab);
      after = { view: lab.view.peek(), cursor: lab.cursor.peek() };
    });
    return () => {
      stop();
      if (lab.view.peek() === after.view) lab.look(before.view);
      if (lab.cursor.peek() === after.cursor) lab.lookAt(before.cursor);
    };
  }, [live]);
  return said.value;
}

/** What the card does, offers, or waits for. @param {{ lab: Lab, card: Card, focus: () => void }} props */
function LivePart({ lab, card, focus }) {
  const said = useLive(card, lab);
  lab.changes.value;
  const { session } = lab;
  const isEmpty = session.phase === 'idle';
  const offer = isEmpty ? { label: 'Run', act: () => lab.runOrPause() } : card.offer?.(lab);
  const waits = card.live && session.phase === 'running' ? 'When the run stops, this card goes on.' : '';
  return (
    <div class="tour-live">
      <p role="status">{said || (isEmpty ? 'The charts are empty until there is a run.' : waits)}</p>
      {offer && (
        <button
          type="button"
          class="small"
          onClick={() => {
            focus(); // the button disappears and would lose the focus
            offer.act();
          }}
        >
          {offer.label}
        </button>
      )}
    </div>
  );
}

/** @param {{ lab: Lab, at: number, go: (to: number) => void, close: () => void }} props */
function TourCard({ lab, at, go, close }) {
  const panel = useRef(/** @type {HTMLDivElement | null} */ (null));
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  const card = cards[at];
  const last = cards.length - 1;
  useFocusReturned(panel);
  useEscape(close);
  usePointing(card, panel);
  const focus = () => heading.current?.focus({ preventScroll: true });
  useLayoutEffect(focus, [at]);
  // Inside the card, the keys of the step cursor switch between cards.
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.matches('.scroll')) return; // here they scroll a wide formula
    event.preventDefault();
    event.stopPropagation();
    go(Math.max(0, Math.min(last, to)));
  };
  return (
    <div class="tour" role="dialog" aria-labelledby="tour-title" ref={panel} onKeyDown={onKeyDown}>
      <button type="button" class="icon tour-close" aria-label="Close the tour" onClick={close}>
        ✕
      </button>
      {/* The key creates a new heading for each card; it is read out when it takes the focus. */}
      <div class="tour-text" key={at}>
        <h2 id="tour-title" tabIndex={-1} aria-describedby="tour-count tour-words" ref={heading}>
          {card.title}
        </h2>
        <p id="tour-words">{card.words}</p>
        <card.Equation />
        <LivePart lab={lab} card={card} focus={focus} />
      </div>
      <div class="tour-steps">
        <span id="tour-count">
          {at + 1} of {cards.length}
        </span>
        <button type="button" class="small" disabled={at === 0} onClick={() => go(at - 1)}>
          Back
        </button>
        <button type="button" class="small primary" onClick={() => (at === last ? close() : go(at + 1))}>
          {at === last ? 'Done' : 'Next'}
        </button>
      </div>
    </div>
  );
}

/**
 * The guided tour. It reopens at the card where it was closed, or at the first after the last card.
 * @param {{ lab: Lab, isOpen: boolean, close: () => void }} props
 */
export function Tour({ lab, isOpen, close }) {
  const [at, setAt] = useState(0);
  if (!isOpen) return null;
  const leave = () => {
    if (at === cards.length - 1) setAt(0);
    close();
  };
  return <TourCard lab={lab} at={at} go={setAt} close={leave} />;
}
