// What do the charts say to those who cannot see them, and what do they leave out?
import { numberText } from '../charts/format.js';
import { mostLines } from '../charts/outputs.js';
import { extremes } from '../state/recording.js';

/**
 * @typedef {import('../state/recording.js').Recording} Recording
 * @typedef {import('../state/session.js').Session} Session
 */

/** @param {Recording} recording @returns {Record<string, string>} a label for each canvas */
function labels(recording) {
  const upTo = recording.records > 0 ? `, steps 1 to ${recording.records}` : ', nothing recorded yet';
  const least = Array.from({ length: recording.layers }, (_, layer) => {
    const found = extremes(recording.series('entropy', layer))?.least;
    return found ? `layer ${layer + 1} ${numberText(found.value)} at step ${found.record}` : '';
  });
  const outputs = recording.steps > 0 ? recording.at(recording.steps - 1).outputs : [];
  const lines = Array.from(outputs.slice(0, mostLines), (value, neuron) => `neuron ${neuron} ${numberText(value)}`);
  return {
    entropy: `Heatmap of entropy by layer and step${upTo}. Least: ${least.join(', ')}.`,
    cosine: `Heatmap of cosine alignment by layer and step${upTo}. The table below gives its extremes.`,
    outputs: `Mean output of each neuron by step${upTo}. Last: ${lines.join(', ')}.`,
  };
}

/** @param {Session} session */
export function createDescriptions(session) {
  const note = /** @type {HTMLElement} */ (document.getElementById('outputs-note'));
  return {
    show() {
      const { recording, phase } = session;
      note.textContent =
        recording.outputs > mostLines ? `Shown are the first ${mostLines} of ${recording.outputs}.` : '';
      if (phase === 'running') return; // the labels are told at the end, and at every pause
      for (const [id, label] of Object.entries(labels(recording))) {
        const canvas = document.getElementById(id);
        if (canvas?.getAttribute('aria-label') !== label) canvas?.setAttribute('aria-label', label);
      }
    },
  };
}
