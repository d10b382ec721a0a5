// What does the address bar hold? Always the present settings; and what a shared link says is done once, when it is opened.
import { effect } from '@preact/signals';

import { decodeLink, encodeLink } from '../keep/link.js';
import { firstComplaints } from '../keep/link-text.js';
import { isOfExperiments } from './route.js';
import { defaultView } from './view.js';

/**
 * @typedef {import('./lab.js').Lab} Lab
 * @typedef {import('../keep/link.js').Link} Link
 */

/** How long typing rests before the address follows, in milliseconds: browsers allow only so many changes. */
const rest = 300;

/** Complaints about a link that a reader is told one by one. */
const mostComplaints = 3;

/** @param {import('./settings.js').Settings} settings */
export const plainLink = (settings) =>
  encodeLink({ settings, view: defaultView, step: null, fingerprint: null, hide: [], shared: false });

/** Whether the address says something else than these settings. @param {import('./settings.js').Settings} settings */
const differs = (settings) =>
  location.hash.length < 2 || plainLink(settings) !== plainLink(decodeLink(location.hash).link.settings);

/**
 * A link to all that is to be seen now.
 * @param {Lab} lab
 */
export function sharedHash(lab) {
  const { recording } = lab.session;
  return encodeLink({
    settings: recording.steps > 0 ? recording.settings : (lab.form.settings.value ?? recording.settings),
    view: { ...lab.view.value, layer: Math.min(lab.view.value.layer, recording.layers - 1) },
    step: lab.cursor.value,
    fingerprint: recording.start ? null : recording.fingerprint, // nobody else has its first weights
    hide: [...lab.hidden.value],
    shared: true,
  });
}

/**
 * Takes over what an address says. What is wrong with it is told, and is the default's.
 * @param {Lab} lab
 * @param {string} hash
 * @returns {Link}
 */
export function openAddress(lab, hash) {
  const { link, complaints } = decodeLink(hash);
  lab.form.fill(link.settings);
  if (link.shared) {
    lab.look(link.view);
    lab.hidden.value = link.hide;
  }
  lab.expected = link.fingerprint === null ? null : { settings: link.settings, fingerprint: link.fingerprint };
  lab.notice.value = firstComplaints(complaints, mostComplaints)
    .map(({ message }) => message)
    .join(' ');
  return link;
}

/**
 * Lets the address follow the settings from now on, and the settings the address.
 * @param {Lab} lab
 */
export function followAddress(lab) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let shownRecording = lab.session.recording;
  /** Of the last run. @type {string | null} */
  let runHash = null;
  effect(() => {
    const settings = lab.form.settings.value;
    clearTimeout(timer);
    if (!settings) return;
    timer = setTimeout(() => {
      if (!isOfExperiments(location.hash) && differs(settings)) history.replaceState(null, '', plainLink(settings));
    }, rest);
  });
  lab.session.subscribe(() => {
    const { recording } = lab.session;
    if (recording === shownRecording || recording.steps === 0) return;
    shownRecording = recording;
    // Every run with other settings is a place to come back to. What was typed since stands in the place of the last one.
    const hash = plainLink(recording.settings);
    if (runHash !== null && hash !== runHash && !isOfExperiments(location.hash)) {
      history.replaceState(null, '', runHash);
      history.pushState(null, '', hash);
    }
    runHash = hash;
  });
  window.addEventListener('popstate', () => {
    if (isOfExperiments(location.hash)) return;
    runHash = plainLink(openAddress(lab, location.hash).settings);
  });
}
