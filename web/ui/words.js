// Texts about the run, the engine and the settings.
import { durationText, numberText } from '../charts/format.js';

/**
 * @typedef {import('../model/types.js').About} About
 * @typedef {import('../state/session.js').Session} Session
 * @typedef {import('../state/session.js').RunRequest} RunRequest
 */

/** The current state of the session. @param {Session} session */
export function message({ phase, pausing, recording, error }) {
  switch (phase) {
    case 'loading':
      return 'Loading the engine and the digits…';
    case 'idle':
      return 'Ready. Press Run and watch the network learn.';
    case 'running':
      return pausing ? 'Pausing after this step…' : 'Learning…';
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

/** Progress of the run. @param {Session} session */
export function facts({ recording }) {
  const entropy = recording.totalEntropy;
  return [
    `Step ${recording.steps} of ${recording.config.steps}`,
    ...(entropy === null ? [] : [`total entropy ${numberText(entropy)}`]),
    ...(recording.computed > 0 ? [`${durationText(recording.computed)} of computing`] : []),
  ].join(' · ');
}

/**
 * Text before the fingerprint, the fingerprint, and text after it. There is always one line, or the charts would jump
 * when a run ends.
 * @param {Session} session
 */
export function proof({ phase, recording: { fast, fingerprint, start } }) {
  if (phase === 'loading' || phase === 'failed') return ['', '', ''];
  if (fast) return ['No fingerprint: the fast engine’s last bits may differ from machine to machine.', '', ''];
  if (!fingerprint) return ['The fingerprint comes with the last step.', '', ''];
  return [
    'Fingerprint',
    fingerprint,
    `of all records and final weights: these settings${start ? ' and first weights' : ''} give the same one on every machine.`,
  ];
}

const bits = 'the same bits in every browser, in Node and on the command line';
const fewBits = 'the last bits may differ from other machines’';

/**
 * Which engine computes on this page, and why.
 * @param {About} about
 * @returns {{ title: string, detail: string }}
 */
export function engineText({ kernels, exact, threads, why }) {
  const title = `${exact ? 'Exact' : 'Fast'} engine · ${threads} thread${threads === 1 ? '' : 's'}`;
  const reason = why ? ` One thread, because ${why}.` : '';
  return { title, detail: `${kernels}: ${exact ? bits : fewBits}.${reason}` };
}

/** @param {Session} session @param {RunRequest | null} request */
export function runLabel(session, request) {
  if (session.phase === 'running') return 'Pause';
  if (request && session.continues(request)) return 'Continue';
  return session.phase === 'finished' && request && session.matches(request) ? 'Run again' : 'Run';
}

/**
 * What will happen with settings that differ from those of the shown run.
 * @param {Session} session
 * @param {RunRequest | null} request
 */
export function pending(session, request) {
  if (!request || session.recording.steps === 0 || session.matches(request)) return '';
  if (session.continues(request))
    return `Continue goes on with this run, to ${request.config.steps} steps instead of ${session.recording.config.steps}.`;
  if (session.isBusy) return 'These settings are for the next run; the present one goes on with its own.';
  if (session.phase === 'paused')
    return 'The charts show a paused run with other settings. Run gives it up for a new one.';
  return 'The charts still show the run before. Run starts one with these settings.';
}
