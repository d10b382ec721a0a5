// What did an experiment find? Sentences computed from its numbers, and whether what is claimed holds by them.
import { numberText } from '../../charts/format.js';

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
            Here {numberText(value)}, published {numberText(published)}, difference {numberText(value - published)}
            {allowed !== undefined && `, allowed ${numberText(allowed)}`}.
          </p>
        )}
      </div>
    </li>
  );
}

/** @param {{ findings: Finding[] }} props */
export const Findings = ({ findings }) => (
  <ul class="findings">
    {findings.map((finding, i) => (
      <One key={i} finding={finding} />
    ))}
  </ul>
);
