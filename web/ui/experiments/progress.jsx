// Progress of an experiment's runs, with buttons to start, pause and discard them.
import { durationText } from '../../charts/format.js';

/**
 * @typedef {import('../../experiments/conductor.js').Conductor} Conductor
 * @typedef {import('../../state/experimenting.js').Experimenting} Experimenting
 */

/** @param {Conductor} conductor */
function words({ parts, phase, timeLeft, engines }) {
  const count = (/** @type {string} */ status) => parts.filter((part) => part.status === status).length;
  const failed = count('failed');
  const done = `${count('finished')} of ${parts.length} runs finished${failed > 0 ? `, ${failed} failed` : ''}`;
  if (phase === 'paused') return `Paused. ${done}.`;
  if (phase === 'idle') return `${done}.`;
  const left = timeLeft === null ? '' : `, ${durationText(timeLeft)} left`;
  return `${done}${left}; ${engines} at once.`;
}

/** Estimated work, shown before runs start, because it may be days. @param {number} workLeft */
function workWords(workLeft) {
  if (workLeft <= 1) return 'What is left is less work than the lab’s default run, or as much.';
  const many = workLeft.toLocaleString('en', { maximumSignificantDigits: 2 }).replaceAll(',', '\u202f');
  return `What is left is about as much work as ${many} of the lab’s default runs.`;
}

/** @param {{ conductor: Conductor, experimenting: Experimenting, export: () => void, share: () => void }} props */
export function Progress({ conductor, experimenting, export: takeAll, share }) {
  conductor.changes.value;
  const { phase, parts } = conductor;
  const isWhole = parts.every(({ status }) => status === 'finished');
  const failed = parts.filter(({ status }) => status === 'failed');
  return (
    <section class="progress" aria-label="The runs">
      <div class="row">
        {phase === 'idle' && (
          <button type="button" class="primary" disabled={isWhole} onClick={() => experimenting.run()}>
            {isWhole ? 'All runs are finished' : `Run ${parts.length === 1 ? 'it' : `all ${parts.length}`}`}
          </button>
        )}
        {phase === 'running' && (
          <button type="button" class="primary" onClick={() => conductor.pause()}>
            Pause
          </button>
        )}
        {phase === 'paused' && (
          <button type="button" class="primary" onClick={() => conductor.resume()}>
            Go on
          </button>
        )}
        <button type="button" disabled={phase === 'idle'} onClick={() => conductor.cancel()}>
          Cancel
        </button>
        <button type="button" onClick={share}>
          Share
        </button>
        <button type="button" disabled={parts.every(({ status }) => status !== 'finished')} onClick={takeAll}>
          Take all along
        </button>
        <label class="check">
          <input
            type="checkbox"
            checked={experimenting.staysOn.value}
            onChange={({ currentTarget }) => (experimenting.staysOn.value = currentTarget.checked)}
          />
          Keep running when I look elsewhere
        </label>
      </div>
      <progress max="1" value={conductor.share} aria-label="All runs together" />
      <p role="status">{words(conductor)}</p>
      {phase === 'idle' && !isWhole && <p class="help">{workWords(conductor.workLeft)}</p>}
      {failed.map(({ run, failure }) => (
        <p key={run.key} class="error">
          {run.name} failed: {failure}
        </p>
      ))}
    </section>
  );
}
