// List of kept runs, with the choice of which to overlay on the shown one.
import { useState } from 'preact/hooks';

import { isKnownContract } from '../model/contract.js';
import { bytesOf } from '../model/kept-run.js';
import { openFile, takeAllRuns } from '../state/file-actions.js';
import { FileButton } from './file-button.jsx';
import { isEnter } from './keyboard.js';
import { curvePath } from './sparkline.js';

/**
 * @typedef {import('../state/lab.js').Lab} Lab
 * @typedef {import('../model/kept-run.js').KeptRun} KeptRun
 */

const sparkWidth = 120;
const sparkHeight = 28;

/** @param {number} bytes */
const sizeText = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/** The total entropy, step by step. @param {{ run: KeptRun }} props */
function Sparkline({ run }) {
  return (
    <svg class="sparkline" viewBox={`0 0 ${sparkWidth} ${sparkHeight}`} aria-hidden="true">
      <path d={curvePath(run, sparkWidth, sparkHeight)} />
    </svg>
  );
}

/** Deletes a run. This removes its button, so the focus moves to Undo. @param {Lab} lab @param {string} id */
function remove(lab, id) {
  lab.forget(id);
  requestAnimationFrame(() => document.getElementById('undo')?.focus());
}

/** @param {{ lab: Lab, run: KeptRun, isShown: boolean }} props */
function RunItem({ lab, run, isShown }) {
  const [isNaming, setIsNaming] = useState(false);
  const isOver = lab.overlaid.value.includes(run.id);
  const date = new Date(run.created);
  return (
    <li class={isShown ? 'run shown' : 'run'}>
      <Sparkline run={run} />
      <div class="run-words">
        {isNaming ? (
          <input
            class="run-name"
            aria-label="Name of the run"
            maxLength={120}
            defaultValue={run.name}
            ref={(input) => {
              if (input !== document.activeElement) input?.select();
            }}
            onBlur={({ currentTarget }) => {
              lab.rename(run.id, currentTarget.value);
              setIsNaming(false);
            }}
            onKeyDown={(event) => {
              const { key, currentTarget, isComposing } = event;
              if (isEnter(event)) currentTarget.blur();
              if (key !== 'Escape' || isComposing) return;
              currentTarget.value = run.name; // blur saves the name
              setIsNaming(false);
            }}
          />
        ) : (
          <b class="run-name" translate={false}>
            {run.name}
          </b>
        )}
        <small>
          {date.toLocaleString()} · {run.steps} steps
          {run.fingerprint && isKnownContract(run.contract) && (
            <>
              {' '}
              · <code>{run.fingerprint.slice(0, 8)}…</code>
            </>
          )}
          {run.settings.fast && ' · fast engine'}
          {run.start && ` · from ${run.start.name}`}
          {lab.isUnwritten(run.id) && ' · not stored'}
        </small>
      </div>
      <div class="run-acts">
        <label class="check">
          <input
            type="checkbox"
            aria-label={`Overlay ${run.name}`}
            checked={isOver}
            disabled={isShown}
            onChange={() => lab.overlay(run.id)}
          />
          overlay
        </label>
        <button
          type="button"
          class="small"
          aria-label={`Open ${run.name}`}
          disabled={isShown}
          onClick={() => lab.open(run.id)}
        >
          Open
        </button>
        <button type="button" class="small" aria-label={`Name ${run.name}`} onClick={() => setIsNaming(true)}>
          Name
        </button>
        <button type="button" class="small" aria-label={`Delete ${run.name}`} onClick={() => remove(lab, run.id)}>
          Delete
        </button>
      </div>
    </li>
  );
}

/**
 * @param {{ lab: Lab, samplesOf: import('../state/file-actions.js').SamplesOf, children?: import('preact').ComponentChildren }} props
 */
export function RunsList({ lab, samplesOf, children }) {
  lab.changes.value;
  const runs = lab.kept.value;
  const bytes = runs.reduce((sum, run) => sum + bytesOf(run), 0);
  return (
    <section class="runs" aria-labelledby="runs-title">
      <div class="section-head">
        <h2 id="runs-title">Runs</h2>
        <small>{runs.length > 0 && `${runs.length} kept, ${sizeText(bytes)}`}</small>
      </div>
      {runs.length === 0 && <p class="help">Every finished run is kept here, on this device only.</p>}
      <div class="runs-files">
        <button
          type="button"
          class="small"
          disabled={runs.length === 0}
          onClick={() => takeAllRuns(lab, samplesOf).catch((error) => lab.tellError(error))}
        >
          Export all runs (zip)
        </button>
        <FileButton label="Import runs…" accept=".zip,.json" onFile={(file) => openFile(lab, file)} />
      </div>
      <ul>
        {runs.map((run) => (
          <RunItem key={run.id} lab={lab} run={run} isShown={run.id === lab.shownId} />
        ))}
      </ul>
      {children}
    </section>
  );
}
