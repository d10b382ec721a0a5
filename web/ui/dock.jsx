// The dock at the bottom of the page: three buttons to control a run, and its timeline.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { shortText } from '../charts/format.js';
import { speeds } from '../state/lab.js';
import { letterKey } from '../state/letter-keys.js';
import { runLabel } from './words.js';

/** @typedef {import('../state/lab.js').Lab} Lab */

/** @param {{ lab: Lab }} props */
function RunButtons({ lab }) {
  const { session } = lab;
  const run = useRef(/** @type {HTMLButtonElement | null} */ (null));
  lab.changes.value;
  const request = lab.request.value;
  const running = session.phase === 'running';
  const done = session.phase === 'finished' && request !== null && session.matches(request);
  // A disabled button loses the focus, so move the focus to Run.
  const keepFocus = (/** @type {HTMLButtonElement | null} */ button) => {
    if (button?.disabled && document.activeElement === button) run.current?.focus();
  };
  return (
    <div class="buttons">
      <button
        type="button"
        id="run"
        class="primary"
        ref={run}
        disabled={!session.hasData || (!running && !request)}
        aria-keyshortcuts="Space"
        onClick={() => lab.runOrPause()}
      >
        {runLabel(session, request)}
      </button>
      <button
        type="button"
        id="step"
        ref={keepFocus}
        disabled={!session.hasData || running || !request || done}
        aria-keyshortcuts={letterKey('S')}
        onClick={() => lab.takeStep()}
      >
        Step
      </button>
      <button
        type="button"
        id="reset"
        ref={keepFocus}
        disabled={!session.hasData || session.phase === 'idle'}
        aria-keyshortcuts={letterKey('R')}
        onClick={() => lab.reset()}
      >
        Reset
      </button>
    </div>
  );
}

/** @param {number} speed */
const speedText = (speed) => (speed === 0 ? 'as fast as it goes' : `${speed} step${speed === 1 ? '' : 's'} a second`);

/** @param {{ lab: Lab }} props */
function Timeline({ lab }) {
  lab.changes.value;
  const { recording } = lab.session;
  const { steps, learning_rate } = recording.config;
  const step = Math.max(0, lab.step.value);
  const recorded = Math.max(0, recording.steps - 1);
  const last = Math.max(1, steps - 1);
  const where = recording.steps === 0 ? 'Nothing recorded yet' : `Step ${step}, t = ${shortText(step * learning_rate)}`;
  return (
    <div class="timeline">
      <button
        type="button"
        class="icon"
        aria-label={lab.isPlaying.value ? 'Stop the replay' : 'Replay what is recorded'}
        aria-keyshortcuts={letterKey('P')}
        disabled={recorded < 1}
        onClick={() => lab.togglePlaying()}
      >
        {lab.isPlaying.value ? '❚❚' : '▶'}
      </button>
      <input
        type="range"
        id="timeline"
        min="0"
        max={last}
        value={step}
        disabled={recorded < 1}
        aria-label="Step that all charts show"
        aria-valuetext={where}
        style={{ '--recorded': `${(100 * recorded) / last}%` }}
        onInput={({ currentTarget }) => {
          lab.stopPlaying();
          lab.lookAt(Number(currentTarget.value));
          currentTarget.value = String(Math.max(0, lab.step.value));
        }}
      />
      <output for="timeline" class="where" aria-live="off">
        {where}
      </output>
      {lab.cursor.value !== null && (
        <button type="button" class="quiet" aria-label="Follow the run" onClick={() => lab.lookAt(null)}>
          Follow
        </button>
      )}
    </div>
  );
}

/** @param {{ lab: Lab }} props */
function RunTo({ lab }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  lab.changes.value;
  const { session } = lab;
  const { steps } = (lab.request.value ?? session.recording).config;
  const last = Math.max(1, steps - 1);
  const [fault, setFault] = useState('');
  const go = () => {
    const text = input.current?.value ?? '';
    const wanted = text === '' ? NaN : Number(text);
    const isStep = Number.isInteger(wanted) && wanted >= 1 && wanted <= last;
    setFault(isStep ? '' : `The step to run to is a whole number from 1 to ${last}${text && `; ${text} was given`}.`);
    if (isStep) lab.run(wanted + 1);
  };
  return (
    <form
      class="run-to"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <label>
        to step{' '}
        <input
          ref={input}
          type="number"
          id="run-to"
          min="1"
          max={last}
          defaultValue="20"
          aria-invalid={fault !== ''}
          aria-describedby="run-to-error"
          onInput={() => setFault('')}
        />
      </label>
      <button type="submit" class="small" disabled={!session.hasData || session.isBusy}>
        Run to
      </button>
      <p class="error" id="run-to-error" aria-live="polite">
        {fault}
      </p>
    </form>
  );
}

/** @param {{ lab: Lab }} props */
export function Dock({ lab }) {
  const dock = useRef(/** @type {HTMLElement | null} */ (null));
  // The style sheet reserves this height. The dock's height depends on the reader's font size.
  useLayoutEffect(() => {
    const root = document.documentElement;
    const element = /** @type {HTMLElement} */ (dock.current);
    const observer = new ResizeObserver(() => root.style.setProperty('--dock-height', `${element.offsetHeight}px`));
    observer.observe(element);
    return () => {
      observer.disconnect();
      root.style.removeProperty('--dock-height');
    };
  }, []);
  return (
    <section class="dock" ref={dock} aria-label="Run and time">
      <RunButtons lab={lab} />
      <Timeline lab={lab} />
      <div class="pace">
        <label class="unseen" for="speed">
          Speed
        </label>
        <select
          id="speed"
          value={String(lab.speed.value)}
          onChange={({ currentTarget }) => (lab.speed.value = Number(currentTarget.value))}
        >
          {speeds.map((speed) => (
            <option key={speed} value={String(speed)}>
              {speedText(speed)}
            </option>
          ))}
        </select>
        <RunTo lab={lab} />
      </div>
    </section>
  );
}
