// Light or dark theme: follows the system unless the user chooses one.
import { signal } from '@preact/signals';

import { stored } from './stored.js';

/** @typedef {'system' | 'light' | 'dark'} ThemeChoice */

const choices = /** @type {const} */ (['system', 'light', 'dark']);
const choice = stored('theme', choices);
const darkScheme = matchMedia('(prefers-color-scheme: dark)');

export const themeChoice = signal(choice.read());

/** Prints are always light. */
let isPrinting = false;

const resolved = () => (isPrinting ? 'light' : chosen());
const chosen = () => (themeChoice.peek() === 'system' ? (darkScheme.matches ? 'dark' : 'light') : themeChoice.peek());

/** The current theme: "light" or "dark". */
export const theme = signal(/** @type {string} */ ('light'));

function apply() {
  if (isPrinting) document.documentElement.dataset.theme = 'light';
  else if (themeChoice.peek() === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = themeChoice.peek();
  theme.value = resolved();
}

/** Applies changes by the system and the user from now on. */
export function followTheme() {
  darkScheme.addEventListener('change', apply);
  for (const [event, printing] of /** @type {const} */ ([
    ['beforeprint', true],
    ['afterprint', false],
  ])) {
    addEventListener(event, () => {
      isPrinting = printing;
      apply();
    });
  }
  apply();
}

/** @param {ThemeChoice} wanted */
export function chooseTheme(wanted) {
  themeChoice.value = wanted;
  choice.write(wanted);
  apply();
}
