// Findings of an experiment: sentences computed from its numbers, and whether the claims hold.
import { valueText } from '../../charts/format.js';

/** @typedef {import('../../experiments/experiment.js').Finding} Finding */

const verdicts = {
  holds: { mark: '✓', word: 'Holds' },
  fails: { mark: '✗', word: 'Does not hold' },
  open: { mark: '…', word: 'Open' },
  fact: { mark: '·', word: '' },
};

/** @param {{ finding: Finding }} props */
function One({ finding: { verdict, text, claim, source, value, published, allowed } }) {
  const { mark, word } = verdicts[verdict];
  const compared = value !== undefined && published !== undefined;
  return (
    <li class={`finding ${verdict}`}>
      <span class="mark" aria-hidden="true">
        {mark}
      </span>
      <div>
        {claim && (
          <p class="claim">
            {claim} {word && <b>{word}.</b>} {source && <cite>{source}</cite>}
          </p>
        )}
        <p>{text}</p>
        {compared && (
          <p class="help">
            Here {valueText(value)}, published {valueText(published)}, difference {valueText(value - published)}
            {allowed !== undefined && `, allowed ${valueText(allowed)}`}.
          </p>
        )}
      </div>
    </li>
  );
}

/** With more findings than this, those that hold are folded after the first few. */
const mostShown = 12;

/** @param {{ findings: Finding[] }} props */
export function Findings({ findings }) {
  const room = mostShown - findings.filter(({ verdict }) => verdict !== 'holds').length;
  let held = 0;
  const isFolded = (/** @type {Finding} */ { verdict }) =>
    findings.length > mostShown && verdict === 'holds' && ++held > Math.max(3, room);
  const folded = findings.filter(isFolded);
  return (
    <>
      <ul class="findings">
        {findings
          .filter((finding) => !folded.includes(finding))
          .map((finding, i) => (
            <One key={i} finding={finding} />
          ))}
      </ul>
      {folded.length > 0 && (
        <details class="folded">
          <summary>{folded.length} more that hold</summary>
          <ul class="findings">
            {folded.map((finding, i) => (
              <One key={i} finding={finding} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
