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

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));

/**
 * @param {Session} session
 * @param {Config} config what the fields show first
 * @param {(config: Config) => Promise<Fault[]>} validate the engine's judgement of a configuration
 */
export function createControls(session, config, validate) {
  const inputs = Object.fromEntries(fields.map((field) => [field, /** @type {HTMLInputElement} */ (element(field))]));
  const runButton = /** @type {HTMLButtonElement} */ (element('run'));
  const stepButton = /** @type {HTMLButtonElement} */ (element('step'));
  const resetButton = /** @type {HTMLButtonElement} */ (element('reset'));

  /** @type {Config | null} the settings in the fields; null while any of them is wrong */
  let wanted = config;
  /** Counts the judgements asked for, so that a late answer to an old question is dropped. */
  let asked = 0;

  inputs.layers.value = config.layers.join(', ');
  inputs.steps.value = String(config.steps);
  inputs.learning_rate.value = String(config.learning_rate);
  inputs.seed.value = String(config.seed);

  /** @param {Fault[]} faults */
  function showFaults(faults) {
    for (const field of fields) {
      const own = faults.filter((fault) => fault.field === field);
      element(`${field}-error`).textContent = own.map((fault) => fault.message).join(' ');
      inputs[field].setAttribute('aria-invalid', String(own.length > 0));
    }
  }

  async function read() {
    const question = ++asked;
    const text = Object.fromEntries(fields.map((field) => [field, inputs[field].value]));
    const parsed = parseConfig(/** @type {ConfigText} */ (text));
    let { faults } = parsed;
    wanted = null; // until it is judged, nothing may start
    if (parsed.config) faults = await validate(parsed.config).catch(() => []);
    if (question !== asked) return;
    wanted = faults.length === 0 ? parsed.config : null;
    showFaults(faults);
    const tau = parsed.config && parsed.config.learning_rate * parsed.config.steps;
    element('tau').textContent = tau !== null && Number.isFinite(tau) ? `τ = η·K = ${shortText(tau)}` : '';
    show();
  }

  function runLabel() {
    if (session.phase === 'running') return 'Pause';
    if (wanted && session.continues(wanted)) return 'Continue';
    return session.phase === 'finished' ? 'Run again' : 'Run';
  }

  function show() {
    const running = session.phase === 'running';
    runButton.textContent = runLabel();
    runButton.disabled = !session.hasData || (!running && !wanted);
    stepButton.disabled = !session.hasData || running || !wanted;
    resetButton.disabled = !session.hasData || session.phase === 'idle';
    element('pending').hidden = !wanted || session.recording.steps === 0 || session.matches(wanted);
  }

  element('controls').addEventListener('submit', (event) => {
    event.preventDefault();
    if (session.phase === 'running') session.pause();
    else if (wanted) session.run(wanted);
  });
  stepButton.addEventListener('click', () => wanted && session.step(wanted));
  resetButton.addEventListener('click', () => session.reset(wanted ?? session.recording.config));
  for (const field of fields) inputs[field].addEventListener('input', read);

  read();
  return { show };
}
