// Sheet that lists the keyboard shortcuts.
import { useEffect, useRef } from 'preact/hooks';

import { chooseLetterKeys, hasLetterKeys } from '../state/letter-keys.js';

export const keys = [
  ['Space', 'Run, pause, continue'],
  ['S', 'Take one step'],
  ['R', 'Reset'],
  ['← →', 'Look one step back or ahead; with Shift, ten'],
  ['Home, End', 'Look at the first step; follow the last'],
  ['P', 'Replay what is recorded'],
  ['H', 'Heatmaps, lines, as in the papers'],
  ['T', 'The tour of the page; in it ← → turn its cards, Esc closes'],
  ['?', 'This sheet'],
];

/** @param {{ isOpen: boolean, close: () => void }} props */
export function KeysSheet({ isOpen, close }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    if (isOpen && !dialog.current?.open) dialog.current?.showModal();
    if (!isOpen) dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog class="sheet" ref={dialog} onClose={close} aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={hasLetterKeys.value}
          onChange={({ currentTarget }) => chooseLetterKeys(currentTarget.checked)}
        />
        Letters and ? are keys (Space, arrows, Home and End always are)
      </label>
      <button type="button" class="small" onClick={close}>
        Close
      </button>
    </dialog>
  );
}
