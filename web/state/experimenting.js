// State of the experiments' view: the selected experiment, its controls, its runs and its report.
import { batch, computed, effect, signal } from '@preact/signals';

import { Outcome } from '../experiments/outcome.js';
import { readControls, writeControls } from '../experiments/controls.js';
import { decodeExperiment, encodeExperiment, listHash } from '../link/experiment-link.js';
import { route } from './route.js';

/**
 * @typedef {import('../experiments/experiment.js').Experiment} Experiment
 * @typedef {import('../experiments/experiment.js').Report} Report
 * @typedef {import('../experiments/conductor.js').Conductor} Conductor
 */

/** Debounce time of typing, in milliseconds. */
const rest = 300;

/** Replaces a report that could not be computed. @param {unknown} error @returns {Report} */
const brokenReport = (error) => ({
  findings: [
    {
      verdict: 'open',
      text: `No report could be made of these runs: ${error instanceof Error ? error.message : error}`,
    },
  ],
  sections: [],
});

export class Experimenting {
  #conductor;
  #experiments;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;
  /** The last route set by this object; it needs no reaction. @type {import('./route.js').Route | null} */
  #followed = null;
  /** Identifies the experiment and the runs that the conductor has. */
  #declared = '';

  /**
   * The folder name of the selected experiment; null for the list.
   * @type {import('@preact/signals').Signal<string | null>}
   */
  name = signal(/** @type {string | null} */ (null));
  /** The texts of its controls, by name. */
  texts = signal(/** @type {ReadonlyMap<string, string>} */ (new Map()));
  /** Complaints about a link. */
  notice = signal('');
  /** Set by the view of the controls: focuses the first invalid field. */
  focusFault = () => {};
  /** Whether runs continue in the background. */
  staysOn = signal(true);

  experiment = computed(() => {
    const name = this.name.value;
    return name === null ? null : (this.#experiments.get(name) ?? null);
  });

  /** The parsed controls, with their complaints. */
  read = computed(() => readControls(this.experiment.value?.controls ?? {}, new Map(this.texts.value)));

  /** The runs and their results. */
  outcome = computed(() => {
    this.#conductor.results.value;
    const { parts } = this.#conductor;
    const byKey = new Map(parts.map((part) => [part.run.key, part]));
    return new Outcome(
      parts.map(({ run }) => run),
      ({ key }) => {
        const part = byKey.get(key);
        return part?.status === 'finished' ? part.recording : null;
      },
    );
  });

  /** The control values of the declared runs and of the report. They follow the fields while those are valid. */
  values = signal(/** @type {Record<string, any>} */ ({}));

  /** @type {import('@preact/signals').ReadonlySignal<Report | null>} */
  report = computed(() => {
    const experiment = this.experiment.value;
    if (!experiment) return null;
    try {
      return experiment.report(this.outcome.value, this.values.value);
    } catch (error) {
      return brokenReport(error);
    }
  });

  /**
   * @param {ReadonlyMap<string, Experiment>} experiments
   * @param {Conductor} conductor
   */
  constructor(experiments, conductor) {
    this.#experiments = experiments;
    this.#conductor = conductor;
    effect(() => {
      const { value } = route;
      if (value.view === 'experiments') {
        // This route was set by `settle` and is already shown: keep the text as typed, and the notice.
        if (value !== this.#followed) this.#open(value.hash);
      } else if (!this.staysOn.peek()) this.#conductor.cancel();
    });
  }

  /** @param {string} hash */
  #open(hash) {
    const { name, values, complaints } = decodeExperiment(hash, this.#experiments);
    const experiment = name === null ? null : this.#experiments.get(name);
    batch(() => {
      if (name !== this.name.peek() && !this.staysOn.peek()) this.#conductor.cancel();
      this.name.value = name;
      this.notice.value = complaints.map(({ message }) => message).join(' ');
      this.texts.value = experiment ? writeControls(experiment.controls, values) : new Map();
      this.#declare();
    });
  }

  /** Passes the runs of the current control values to the conductor, which restores known results. */
  #declare() {
    const experiment = this.experiment.peek();
    const { values, complaints } = this.read.peek();
    if (!experiment || complaints.length > 0) return;
    const runs = experiment.runs(values);
    const declared = JSON.stringify([this.name.peek(), runs]);
    batch(() => {
      this.values.value = values;
      if (declared === this.#declared) return; // the controls affect only the report
      this.#declared = declared;
      this.#conductor.show(runs);
    });
  }

  /** @param {string} control @param {string} text */
  change(control, text) {
    this.texts.value = new Map([...this.texts.value, [control, text]]);
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.settle(), rest);
  }

  /** Applies what was typed immediately, and updates the address. */
  settle() {
    clearTimeout(this.#typing);
    if (this.read.peek().complaints.length > 0) return;
    this.#declare();
    const hash = this.hash;
    if (route.peek().view === 'experiments' && location.hash !== hash) {
      history.replaceState(null, '', hash);
      this.#followed = { view: 'experiments', hash };
      route.value = this.#followed;
    }
  }

  /** Resets the controls to their defaults. */
  reset() {
    this.texts.value = new Map();
    this.settle();
  }

  /** The address of the current view. */
  get hash() {
    const [name, experiment] = [this.name.peek(), this.experiment.peek()];
    if (name === null || !experiment) return listHash;
    return encodeExperiment(name, experiment, this.values.peek());
  }

  /** Starts all unfinished runs. */
  run() {
    this.settle();
    if (this.read.peek().complaints.length > 0) return this.focusFault();
    return this.#conductor.start();
  }
}
