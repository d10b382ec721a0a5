// Table of the run's numbers, to compare with the papers' tables.
import { numberText } from '../charts/format.js';
import { extremes } from '../model/recording.js';

/** @param {{ extreme: { value: number, record: number } | undefined }} props */
const ExtremeCell = ({ extreme }) => (
  <td>
    {extreme ? (
      <>
        {numberText(extreme.value)} <small>step {extreme.record}</small>
      </>
    ) : (
      '–'
    )}
  </td>
);

/** @param {{ value: number | undefined }} props */
const ValueCell = ({ value }) => <td translate={false}>{value === undefined ? '–' : numberText(value)}</td>;

/** @param {{ lab: import('../state/lab.js').Lab }} props */
export function NumbersTable({ lab }) {
  lab.changes.value;
  const { recording } = lab.session;
  const step = lab.step.value;
  const now = step < 0 ? null : recording.at(step);
  const compared = step >= 1 ? now : null;
  return (
    <section class="numbers" aria-labelledby="numbers-title">
      <h2 id="numbers-title">The run in numbers</h2>
      <div class="scroll" tabIndex={0} role="group" aria-label="Table, scrolls sideways">
        <table id="numbers">
          <thead>
            <tr>
              <th scope="col">
                <span class="unseen">Layer</span>
              </th>
              <th scope="col">Least entropy</th>
              <th scope="col">Entropy now</th>
              <th scope="col">Greatest cosine</th>
              <th scope="col">Cosine now</th>
              <th scope="col">
                ‖<i>Z</i>‖ now
              </th>
              <th scope="col">
                ‖<i>W</i>‖ now
              </th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: recording.layers }, (_, layer) => (
              <tr key={layer}>
                <th scope="row">Layer {layer + 1}</th>
                <ExtremeCell extreme={extremes(recording.series('entropy', layer))?.least} />
                <ValueCell value={compared?.of('entropy')[layer]} />
                <ExtremeCell extreme={extremes(recording.series('cosine', layer))?.greatest} />
                <ValueCell value={compared?.of('cosine')[layer]} />
                <ValueCell value={now?.of('knowledge_norm')[layer]} />
                <ValueCell value={compared?.of('weight_norm')[layer]} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
