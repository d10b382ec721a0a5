// What are the run's numbers, to compare with the papers' tables?
import { numberText } from '../charts/format.js';
import { extremes } from '../state/recording.js';

/** @typedef {import('../state/recording.js').Recording} Recording */

/**
 * @param {string} text
 * @param {string} [aside]
 */
function cell(text, aside) {
  const td = document.createElement('td');
  td.textContent = text;
  if (aside) {
    const small = document.createElement('small');
    small.textContent = ` ${aside}`;
    td.append(small);
  }
  return td;
}

/** @param {{ value: number, record: number } | undefined} extreme */
const extremeCell = (extreme) => (extreme ? cell(numberText(extreme.value), `step ${extreme.record}`) : cell('–'));

/** @param {number | undefined} value */
const valueCell = (value) => cell(value === undefined ? '–' : numberText(value));

export function createNumbers() {
  const body = /** @type {HTMLTableSectionElement} */ (document.querySelector('#numbers tbody'));
  return {
    /** @param {Recording} recording */
    draw(recording) {
      const last = recording.steps > 0 ? recording.at(recording.steps - 1) : null;
      const rows = Array.from({ length: recording.layers }, (_, layer) => {
        const row = document.createElement('tr');
        const name = document.createElement('th');
        name.scope = 'row';
        name.textContent = `Layer ${layer + 1}`;
        const entropy = recording.series('entropy', layer);
        const cosine = recording.series('cosine', layer);
        row.append(
          name,
          extremeCell(extremes(entropy)?.least),
          valueCell(entropy.at(-1)),
          extremeCell(extremes(cosine)?.greatest),
          valueCell(cosine.at(-1)),
          valueCell(last?.of('knowledge_norm')[layer]),
          valueCell(last?.of('weight_norm')[layer]),
        );
        return row;
      });
      body.replaceChildren(...rows);
    },
  };
}
