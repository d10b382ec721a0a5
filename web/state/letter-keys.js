// Setting for single-letter keyboard shortcuts. Users who dictate or often mistype can turn them off (WCAG 2.1.4).
import { signal } from '@preact/signals';

import { stored } from './stored.js';

const choice = stored('letter-keys', ['on', 'off']);

export const hasLetterKeys = signal(choice.read() === 'on');

/** @param {boolean} on */
export function chooseLetterKeys(on) {
  hasLetterKeys.value = on;
  choice.write(on ? 'on' : 'off');
}

/** A value for `aria-keyshortcuts`; undefined while the shortcuts are off. @param {string} key */
export const letterKey = (key) => (hasLetterKeys.value ? key : undefined);
