// Bar for actions that can be undone, and for files being read or written.
import '../style/snackbar.css';

/** @param {{ lab: import('../state/lab.js').Lab }} props */
export function Snackbar({ lab }) {
  const undoable = lab.undoable.value;
  const file = lab.fileProgress.value;
  const last = undoable.at(-1);
  return (
    <aside class="snackbar" aria-label="Undo and progress">
      <div role="status">
        {last && <p>{last.text}</p>}
        {file && <p>{file.text}…</p>}
      </div>
      {file && (
        <div class="row">
          <progress aria-label={file.text} value={file.share} />
          <button type="button" class="small" onClick={file.cancel}>
            Cancel
          </button>
        </div>
      )}
      {last && (
        <div class="row">
          <button type="button" class="small" id="undo" onClick={() => lab.undo()}>
            {undoable.length > 1 ? `Undo (${undoable.length})` : 'Undo'}
          </button>
          <button type="button" class="quiet" aria-label="Dismiss undo" onClick={() => lab.dismissUndo()}>
            Dismiss
          </button>
        </div>
      )}
    </aside>
  );
}
