// How does a person set up and steer a run? Four fields and three buttons.
import { parseConfig } from '../state/config.js';
import { shortText } from '../charts/format.js';

/**
 * @typedef {import('../engine/protocol.js').Config} Config
 * @typedef {import('../engine/protocol.js').Fault} Fault
 * @typedef {import('../state/config.js').ConfigText} ConfigText
 * @typedef {import('../state/session.js').Session} Session
 */

const fields = /** @type {const} */ (['layers', 'steps', 'learning_rate', 'seed']);

/** More messages than this under one field are counted and not shown. */
const mostMessages = 2;

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));

/**
 * @param {Session} session
 * @param {Config} config what the fields show first
 * @param {(config: Config) => Promise<Fault[]>} validate the engine's judgement of a configuration
 * @param {boolean} canBeFast whether this browser can run the fast engine
 */
export function createControls(session, config, validate, canBeFast) {
  const inputs = Object.fromEntries(fields.map((field) => [field, /** @type {HTMLInputElement} */ (element(field))]));
  const runButton = /** @type {HTMLButtonElement} */ (element('run'));
  const stepButton = /** @type {HTMLButtonElement} */ (element('step'));
  const resetButton = /** @type {HTMLButtonElement} */ (element('reset'));
  const fastBox = /** @type {HTMLInputElement} */ (element('fast'));

  /** @type {Config | null} the settings in the fields; null while any of them is wrong or not judged yet */
  let judged = config;
  /** The judgement of what is in the fields now. @type {Promise<Config | null>} */
  let judgement;

  /** @param {Config} settings */
  const asWish = (settings) => ({ config: settings, fast: fastBox.checked });
  const wanted = () => judged && asWish(judged);

  /** @param {Config} shown */
  function fill({ layers, steps, learning_rate, seed }) {
    inputs.layers.value = layers.join(', ');
    inputs.steps.value = String(steps);
    inputs.learning_rate.value = String(learning_rate);
    inputs.seed.value = String(seed);
    read();
  }

  /** @param {Fault[]} faults */
  function showFaults(faults) {
    for (const field of fields) {
      const own = faults.filter((fault) => fault.field === field).map((fault) => fault.message);
      const more = own.length > mostMessages ? [`There are ${own.length - mostMessages} more such faults.`] : [];
      element(`${field}-error`).textContent = [...own.slice(0, mostMessages), ...more].join(' ');
      inputs[field].setAttribute('aria-invalid', String(own.length > 0));
    }
  }

  async function judge() {
    const text = Object.fromEntries(fields.map((field) => [field, inputs[field].value]));
    const parsed = parseConfig(/** @type {ConfigText} */ (text));
    const tau = parsed.config && parsed.config.learning_rate * parsed.config.steps;
    element('tau').textContent = tau !== null && Number.isFinite(tau) ? `τ = η·K = ${shortText(tau)}` : '';
    const faults = parsed.config ? await validate(parsed.config) : parsed.faults;
    return { config: faults.length === 0 ? parsed.config : null, faults };
  }

  /** Judges what is in the fields. Until that is done nothing can be started by button, only by Enter, which waits. */
  function read() {
    judged = null;
    show();
    /** @type {Promise<Config | null>} */
    const asked = judge().then(
      ({ config, faults }) => {
        if (judgement !== asked) return judgement; // the fields have changed since
        judged = config;
        showFaults(faults);
        show();
        return config;
      },
      () => null, // an engine that cannot judge cannot run either, and the page says so
    );
    judgement = asked;
  }

  function runLabel() {
    if (session.phase === 'running') return 'Pause';
    const wish = wanted();
    if (wish && session.continues(wish)) return 'Continue';
    return session.phase === 'finished' && wish && session.matches(wish) ? 'Run again' : 'Run';
  }

  /** What is to be said of settings that differ from those of the run on the page. */
  function pendingText() {
    const wish = wanted();
    if (!wish || session.recording.steps === 0 || session.matches(wish)) return '';
    if (session.isBusy) return 'These settings are for the next run; the present one goes on with its own.';
    if (session.phase === 'paused')
      return 'The charts show a paused run with other settings. Run gives it up for a new one.';
    return 'The charts still show the run before. Run starts one with these settings.';
  }

  function show() {
    const running = session.phase === 'running';
    const wish = wanted();
    const done = session.phase === 'finished' && wish !== null && session.matches(wish);
    const hadFocus = document.activeElement;
    runButton.textContent = runLabel();
    runButton.disabled = !session.hasData || (!running && !wish);
    stepButton.disabled = !session.hasData || running || !wish || done;
    resetButton.disabled = !session.hasData || session.phase === 'idle';
    // A disabled button loses the focus; the keyboard goes on from Run.
    if ((hadFocus === stepButton || hadFocus === resetButton) && /** @type {HTMLButtonElement} */ (hadFocus).disabled) {
      runButton.focus();
    }
    const pending = pendingText();
    if (element('pending').textContent !== pending) element('pending').textContent = pending;
  }

  element('controls').addEventListener('submit', async (event) => {
    event.preventDefault();
    if (session.phase === 'running') {
      session.pause();
      return;
    }
    const settings = await judgement;
    if (settings) session.run(asWish(settings));
    else
      fields
        .map((field) => inputs[field])
        .find((input) => input.getAttribute('aria-invalid') === 'true')
        ?.focus();
  });
  stepButton.addEventListener('click', () => {
    const wish = wanted();
    if (wish) session.step(wish);
  });
  resetButton.addEventListener('click', () => session.reset(wanted() ?? session.recording));
  fastBox.addEventListener('change', show);
  element('papers-settings').addEventListener('click', () => fill(config));
  for (const field of fields) {
    inputs[field].addEventListener('input', read);
    inputs[field].addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      event.preventDefault(); // or the disabled button of a setting not judged yet would swallow it
      if (!session.isBusy) /** @type {HTMLFormElement} */ (element('controls')).requestSubmit();
    });
  }

  fastBox.disabled = !canBeFast;
  if (!canBeFast) {
    element('fast-help').textContent =
      'Not here: this browser lacks relaxed WebAssembly SIMD, which the fast engine needs.';
  }
  fill(config);
  return { show };
}
