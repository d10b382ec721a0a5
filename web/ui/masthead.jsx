// What is this page, and what can be done with all of it?
import { chooseTheme, themeChoice } from '../state/theme.js';

/** @param {{ lab: import('../state/lab.js').Lab, share: () => void, showKeys: () => void, showTour: () => void }} props */
export function Masthead({ lab, showTour, share, showKeys }) {
  return (
    <header class="masthead">
      <h1>SKA Lab</h1>
      <div class="about">
        <p class="lead">
          A network learns from handwritten digits by looking forward only: no labels, no loss, no backpropagation. It
          trains here, in your browser.
        </p>
        <p class="papers">
          Structured Knowledge Accumulation, B. Mahi: <a href="https://arxiv.org/abs/2503.13942">arXiv 2503.13942</a>,{' '}
          <a href="https://arxiv.org/abs/2504.03214">2504.03214</a>
        </p>
      </div>
      <div class="tools">
        {!lab.hidden.value.includes('tour') && (
          <button type="button" class="small" onClick={showTour} aria-keyshortcuts="T">
            Tour
          </button>
        )}
        <button type="button" class="small" onClick={share}>
          Share
        </button>
        <button type="button" class="small" onClick={showKeys} aria-keyshortcuts="?">
          Keys
        </button>
        <label class="unseen" for="theme">
          Theme
        </label>
        <select
          id="theme"
          value={themeChoice.value}
          onChange={({ currentTarget }) =>
            chooseTheme(/** @type {import('../state/theme.js').ThemeChoice} */ (currentTarget.value))
          }
        >
          <option value="system">System</option>
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
      </div>
    </header>
  );
}
