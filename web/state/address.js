// Keeps the address bar in sync with the current settings, and opens shared links.
import { effect } from '@preact/signals';

import { decodeLink, encodeLink } from '../link/link.js';
import { firstComplaints } from '../link/link-text.js';
import { isOfExperiments } from './route.js';
import { defaultView } from '../model/view.js';

/**
 * @typedef {import('./lab.js').Lab} Lab
 * @typedef {import('../link/link.js').Link} Link
 */

/** Debounce time between typing and the change of the address, in milliseconds. Browsers limit the rate of changes. */
const rest = 300;

/** Maximum number of complaints about a link that are shown individually. */
const mostComplaints = 3;

/** @param {import('../model/settings.js').Settings} settings */
export const plainLink = (settings) =>
  encodeLink({ settings, view: defaultView, step: null, fingerprint: null, hide: [], shared: false });

/** Whether the address stands for other settings than these. @param {import('../model/settings.js').Settings} settings */
const differs = (settings) =>
  location.hash.length < 2 || plainLink(settings) !== plainLink(decodeLink(location.hash).link.settings);

/**
 * A link to everything currently shown.
 * @param {Lab} lab
 */
export function sharedHash(lab) {
  const { recording } = lab.session;
  return encodeLink({
    settings: recording.steps > 0 ? recording.settings : (lab.form.settings.value ?? recording.settings),
    view: { ...lab.view.value, layer: Math.min(lab.view.value.layer, recording.layers - 1) },
    step: lab.cursor.value,
    fingerprint: recording.start ? null : recording.fingerprint, // the link cannot include custom initial weights
    hide: [...lab.hidden.value],
    shared: true,
  });
}

/**
 * Applies the settings of an address. Invalid parts are reported and use the defaults.
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
 * Keeps the address and the settings in sync from now on.
 * @param {Lab} lab
 */
export function followAddress(lab) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let shownRecording = lab.session.recording;
  /** The address of the last run. @type {string | null} */
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
    // Every run with other settings gets a history entry. What was typed since the last run is replaced by that run's
    // address.
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
