// Where does the run stand? A bar, three facts in words, a sentence when something happens, and a fingerprint.
import { durationText, numberText } from '../charts/format.js';

/** @typedef {import('../state/session.js').Session} Session */

/** @param {Session} session */
function sentence(session) {
  const { phase, recording, error } = session;
  switch (phase) {
    case 'loading':
      return 'Loading the engine and the digits…';
    case 'idle':
      return 'Ready. Press Run and watch the network learn.';
    case 'running':
      return session.pausing ? 'Pausing after this step…' : 'Learning…';
    case 'stepping':
      return 'Taking one step…';
    case 'paused':
      return recording.steps === 1
        ? 'Paused. The first step only looks; from the second on, every step is measured and learned from.'
        : 'Paused.';
    case 'finished':
      return 'Finished.';
    case 'failed':
      return error?.message ?? 'The run failed.';
  }
}

/** @param {Session} session */
function facts({ recording }) {
  const entropy = recording.totalEntropy;
  return [
    `Step ${recording.steps} of ${recording.config.steps}`,
    ...(entropy === null ? [] : [`total entropy ${numberText(entropy)}`]),
    ...(recording.steps > 0 ? [`${durationText(recording.computed)} of computing`] : []),
  ].join(' · ');
}

/**
 * What is said before the fingerprint, the fingerprint, and what is said after it. There is always one line of it, or
 * the charts would jump when a run ends.
 * @param {Session} session
 */
function proofTexts({ phase, recording: { fast, fingerprint } }) {
  if (phase === 'loading' || phase === 'failed') return ['', '', ''];
  if (fast) return ['No fingerprint: the fast engine’s last bits may differ from machine to machine.', '', ''];
  if (!fingerprint) return ['The fingerprint comes with the last step.', '', ''];
  const meaning = 'of all records and final weights: these settings give the same one on every machine.';
  return ['Fingerprint', fingerprint, meaning];
}

/** @param {Session} session */
export function createStatus(session) {
  const bar = /** @type {HTMLProgressElement} */ (document.getElementById('progress'));
  const factsLine = /** @type {HTMLElement} */ (document.getElementById('facts'));
  const message = /** @type {HTMLElement} */ (document.getElementById('message'));
  const proof = ['proof-title', 'fingerprint', 'proof-note'].map(
    (id) => /** @type {HTMLElement} */ (document.getElementById(id)),
  );
  return {
    show() {
      bar.max = session.recording.config.steps;
      bar.value = session.recording.steps;
      factsLine.textContent = facts(session);
      const text = sentence(session);
      // A live region speaks whenever it is written to, so it is only written to when it has something new to say.
      if (message.textContent !== text) message.textContent = text;
      message.classList.toggle('wrong', session.phase === 'failed');
      proofTexts(session).forEach((words, i) => {
        if (proof[i].textContent !== words) proof[i].textContent = words;
      });
    },
  };
}
