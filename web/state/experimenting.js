// Which experiment is shown, with which controls, and what has come of it?
import { batch, computed, effect, signal } from '@preact/signals';

import { Outcome } from '../experiments/outcome.js';
import { readControls, writeControls } from '../experiments/controls.js';
import { decodeExperiment, encodeExperiment, listHash } from '../keep/experiment-link.js';
import { route } from './route.js';

/**
 * @typedef {import('../experiments/experiment.js').Experiment} Experiment
 * @typedef {import('../experiments/experiment.js').Report} Report
 * @typedef {import('../experiments/conductor.js').Conductor} Conductor
 */

/** How long typing rests before it counts, in milliseconds. */
const rest = 300;

/** What a report that could not be made says in its place. @param {unknown} error @returns {Report} */
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
  /** The address that was changed to say what is shown. @type {import('./route.js').Route | null} */
  #followed = null;
  /** Of the experiment whose runs the conductor has. */
  #declared = '';

  /** The folder's name of the one shown; null for the list. @type {import('@preact/signals').Signal<string | null>} */
  name = signal(/** @type {string | null} */ (null));
  /** The texts in the fields of its controls, by their names. */
  texts = signal(/** @type {ReadonlyMap<string, string>} */ (new Map()));
  /** What is wrong with a link, in words. */
  notice = signal('');
  /** Set by whoever shows the controls: puts the keyboard where something is wrong. */
  focusFault = () => {};
  /** Whether runs go on when the reader looks at something else. */
  staysOn = signal(true);

  experiment = computed(() => {
    const name = this.name.value;
    return name === null ? null : (this.#experiments.get(name) ?? null);
  });

  /** What the fields mean, and what is wrong with them. */
  read = computed(() => readControls(this.experiment.value?.controls ?? {}, new Map(this.texts.value)));

  /** The runs, with what has come of them. */
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

  /** The values that the runs were declared with, and the report is made with: those of the fields once they are right. */
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
        // What the address follows is shown already: the fields stay as they were typed, and the notice is not taken away.
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

  /** Puts what the fields ask for before the conductor, with what is known of it already. */
  #declare() {
    const experiment = this.experiment.peek();
    const { values, complaints } = this.read.peek();
    if (!experiment || complaints.length > 0) return;
    const runs = experiment.runs(values);
    const declared = JSON.stringify([this.name.peek(), runs]);
    batch(() => {
      this.values.value = values;
      if (declared === this.#declared) return; // the controls change only what is made of the runs
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

  /** Takes what was typed at once, and lets the address say it. */
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

  /** The controls as the experiment has them. */
  reset() {
    this.texts.value = new Map();
    this.settle();
  }

  /** The address of what is shown. */
  get hash() {
    const [name, experiment] = [this.name.peek(), this.experiment.peek()];
    if (name === null || !experiment) return listHash;
    return encodeExperiment(name, experiment, this.values.peek());
  }

  /** Runs what is not finished. */
  run() {
    this.settle();
    if (this.read.peek().complaints.length > 0) return this.focusFault();
    return this.#conductor.start();
  }
}
