// The page's heading, and the actions that concern the whole page.
import { plainLink } from '../state/address.js';
import { letterKey } from '../state/letter-keys.js';
import { chooseTheme, themeChoice } from '../state/theme.js';

/** @typedef {import('../state/lab.js').Lab} Lab */

/**
 * Links to the two views of the page. The lab's link contains its settings.
 * @param {{ lab: Lab, isLab: boolean }} props
 */
function Views({ lab, isLab }) {
  const settings = lab.form.settings.value;
  return (
    <nav class="views" aria-label="Views">
      <a href={settings ? plainLink(settings) : '#'} aria-current={isLab ? 'page' : undefined}>
        Lab
      </a>
      <a href="#experiments" aria-current={isLab ? undefined : 'page'}>
        Experiments
      </a>
    </nav>
  );
}

/**
 * @param {{ lab: Lab, isLab: boolean, share?: () => void, showKeys?: () => void, showTour?: () => void }} props actions
 *   of the lab view appear only there
 */
export function Masthead({ lab, isLab, showTour, share, showKeys }) {
  return (
    <header class="masthead">
      <h1 translate={false}>SKA Lab</h1>
      <Views lab={lab} isLab={isLab} />
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
        {showTour && !lab.hidden.value.includes('tour') && (
          <button type="button" class="small" onClick={showTour} aria-keyshortcuts={letterKey('T')}>
            Tour
          </button>
        )}
        {share && (
          <button type="button" class="small" onClick={share}>
            Share
          </button>
        )}
        {showKeys && (
          <button type="button" class="small" onClick={showKeys} aria-keyshortcuts={letterKey('?')}>
            Keys
          </button>
        )}
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
