// Table of the curves' extremes and zero crossings: the annotations of the papers, computed.
import { landmarksOf } from '../model/landmarks.js';
import { numberText, shortText } from '../charts/format.js';

/** @typedef {import('../model/landmarks.js').Landmark} Landmark */

/** @type {Record<import('../model/record.js').Quantity, string>} */
const names = {
  entropy: 'Entropy',
  cosine: 'Cosine',
  tensor_net: 'Tensor net',
  flow: 'Knowledge flow',
  lagrangian: 'Lagrangian',
  knowledge_norm: '‖Z‖',
  weight_norm: '‖W‖',
};

/** The first record is 0 by construction and carries no information. @param {Landmark} landmark */
const isTelling = ({ record, value }) => record > 1 || value !== 0;

const order = Object.keys(names);

/** The papers' curves first. @param {Landmark[]} landmarks */
const sorted = (landmarks) =>
  landmarks
    .filter(isTelling)
    .sort((a, b) => order.indexOf(a.quantity) - order.indexOf(b.quantity) || a.layer - b.layer || a.record - b.record);

/** @type {Record<Landmark['kind'], string>} */
const kinds = { minimum: 'minimum', maximum: 'maximum', crossing: 'crosses zero' };

/** @param {{ lab: import('../state/lab.js').Lab }} props */
export function LandmarksTable({ lab }) {
  lab.changes.value;
  const { recording, phase } = lab.session;
  const landmarks = phase === 'running' ? null : sorted(landmarksOf(recording));
  return (
    <section class="numbers landmarks" aria-labelledby="landmarks-title">
      <h2 id="landmarks-title">Landmarks</h2>
      {landmarks === null && <p class="help">They are read when the run pauses or ends.</p>}
      {landmarks?.length === 0 && <p class="help">Nothing recorded yet.</p>}
      {landmarks !== null && landmarks.length > 0 && (
        <div class="scroll" tabIndex={0} role="group" aria-label="Landmarks, scrolls">
          <table id="landmarks">
            <thead>
              <tr>
                <th scope="col">Curve</th>
                <th scope="col">Layer</th>
                <th scope="col">Landmark</th>
                <th scope="col">Step</th>
                <th scope="col">t = η·k</th>
                <th scope="col">Value</th>
                <th scope="col">
                  <span class="unseen">Go there</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {landmarks.map(({ quantity, layer, kind, global, record, time, value }) => (
                <tr key={`${quantity} ${layer} ${kind} ${record}`}>
                  <th scope="row">{names[quantity]}</th>
                  <td>{layer + 1}</td>
                  <td>{kind === 'crossing' || global ? kinds[kind] : 'peak'}</td>
                  <td>{Number.isInteger(record) ? record : record.toFixed(2)}</td>
                  <td>{shortText(time)}</td>
                  <td>{numberText(value)}</td>
                  <td>
                    <button type="button" class="quiet" onClick={() => lab.lookAt(Math.round(record))}>
                      Look<span class="unseen"> at step {Math.round(record)}</span>
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
