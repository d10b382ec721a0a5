// Whether single letters are keys of the page. Readers who dictate, or whose hands slip, can turn them off (WCAG 2.1.4).
import { signal } from '@preact/signals';

import { stored } from './stored.js';

const choice = stored('letter-keys', ['on', 'off']);

export const hasLetterKeys = signal(choice.read() === 'on');

/** @param {boolean} on */
export function chooseLetterKeys(on) {
  hasLetterKeys.value = on;
  choice.write(on ? 'on' : 'off');
}

/** For `aria-keyshortcuts`: the key, where it does something. @param {string} key */
export const letterKey = (key) => (hasLetterKeys.value ? key : undefined);
