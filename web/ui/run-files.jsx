// Saves a run to a file by button, and opens one by button or by dropping it anywhere on the page.
import { useEffect, useState } from 'preact/hooks';

import { openFile, takeCard, takeCsv, takeWeights } from '../state/file-actions.js';
import { FileButton } from './file-button.jsx';

/** @param {{ lab: import('../state/lab.js').Lab, samplesOf: import('../state/file-actions.js').SamplesOf }} props */
export function RunFiles({ lab, samplesOf }) {
  const [isOver, setIsOver] = useState(false);
  lab.changes.value;
  const empty = lab.session.recording.steps === 0 || lab.session.isBusy;
  const taking = (/** @type {() => Promise<void>} */ take) => async () => {
    try {
      await take();
    } catch (error) {
      lab.tellError(error);
    }
  };
  useEffect(() => {
    const over = (/** @type {DragEvent} */ event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setIsOver(event.type === 'dragover');
    };
    const drop = (/** @type {DragEvent} */ event) => {
      const file = event.dataTransfer?.files[0];
      setIsOver(false);
      if (!file) return;
      event.preventDefault();
      openFile(lab, file);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', over);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', over);
      document.removeEventListener('drop', drop);
    };
  }, [lab]);
  return (
    <div class={isOver ? 'run-files over' : 'run-files'}>
      <p>Take the run shown along:</p>
      <div class="row">
        <button type="button" class="small" disabled={empty} onClick={taking(() => takeCsv(lab))}>
          CSV files (zip)
        </button>
        <button type="button" class="small" disabled={empty} onClick={taking(() => takeCard(lab, samplesOf))}>
          Run card (JSON)
        </button>
        <button type="button" class="small" disabled={empty} onClick={taking(() => takeWeights(lab))}>
          Weights (.npz)
        </button>
        <FileButton label="Open a card or weights…" accept=".json,.npz,.zip" onFile={(file) => openFile(lab, file)} />
      </div>
      <p class="help">
        A run card opens here again, by this button or dropped on the page, and <code>ska run --config card.json</code>{' '}
        runs it. Weights are read by NumPy, and a run can begin with them.
      </p>
    </div>
  );
}
