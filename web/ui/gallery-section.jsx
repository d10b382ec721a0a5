// Gallery of the run's samples by class. One sample can be marked, and the indices exported.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { classInWords, classTitle, sets } from '../model/sets.js';
import { download } from '../files/download.js';
import { samplesCsv } from '../files/samples-csv.js';
import { drawImages } from './digits.js';
import { TryAgain } from './load-again.jsx';
import { groupsOf, ledBy, onPage, pagesOf, pageWith, perPage, perRow } from './gallery-layout.js';

/**
 * @typedef {import('../state/lab.js').Lab} Lab
 * @typedef {import('../data/batches.js').Samples} Samples
 * @typedef {import('../model/settings.js').DataSettings} Data
 * @typedef {import('./gallery-layout.js').ClassGroup} ClassGroup
 */

/** Debounce between a change of the data fields and fetching the samples, in milliseconds. */
const rest = 300;

/**
 * The data of the shown run; before its first step, the data that the fields request.
 * @param {Lab} lab
 * @returns {Data}
 */
function dataInUse({ session, request }) {
  const { recording, isBusy } = session;
  return recording.steps > 0 || isBusy ? recording.data : (request.value?.data ?? recording.data);
}

/**
 * The samples in use; fetched once the section is open.
 * @param {Lab} lab
 * @param {(data: Data) => Promise<Samples>} samplesOf
 * @param {boolean} isOpen
 */
function useSamples(lab, samplesOf, isOpen) {
  const [found, setFound] = useState(/** @type {{ data: Data, samples: Samples } | null} */ (null));
  const [trouble, setTrouble] = useState('');
  const [attempt, setAttempt] = useState(0);
  lab.changes.value;
  const data = dataInUse(lab);
  const { hasData } = lab.session;
  const isFound = found !== null && JSON.stringify(found.data) === JSON.stringify(data);
  useEffect(() => {
    setTrouble('');
    if (!isOpen || !hasData || isFound) return;
    let isOvertaken = false;
    const timer = setTimeout(
      async () => {
        try {
          const samples = await samplesOf(data);
          if (!isOvertaken) setFound({ data, samples });
        } catch (error) {
          if (!isOvertaken) setTrouble(error instanceof Error ? error.message : String(error));
        }
      },
      found ? rest : 0,
    ); // no debounce on opening
    return () => {
      isOvertaken = true;
      clearTimeout(timer);
    };
  }, [isOpen, hasData, JSON.stringify(data), attempt]);
  return { found: isFound ? found : null, trouble, again: () => setAttempt(attempt + 1) };
}

/** The frame around one image. @param {{ group: ClassGroup, position: number, class: string }} props */
function Frame({ group, position, class: name }) {
  const i = group.positions.indexOf(position);
  if (i === -1) return null;
  const rows = Math.ceil(group.positions.length / perRow);
  const style = {
    insetInlineStart: `${(100 * (i % perRow)) / perRow}%`,
    insetBlockStart: `${(100 * Math.floor(i / perRow)) / rows}%`,
    inlineSize: `${100 / perRow}%`,
    blockSize: `${100 / rows}%`,
  };
  return <span class={name} style={style} />;
}

/**
 * The images of one class.
 * @param {{ title: string, group: ClassGroup, samples: Samples, theme: string, active: number, marked: number,
 *   look: (position: number) => void, mark: (position: number) => void }} props
 */
function ClassGrid({ title, group, samples, theme, active, marked, look, mark }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const { positions } = group;
  useLayoutEffect(() => {
    const side = Math.sqrt(samples.pixels.length / samples.samples);
    if (canvas.current) drawImages(canvas.current, samples.pixels, positions, perRow, side);
  }, [samples, positions, theme]);
  /** @param {MouseEvent} event @param {(position: number) => void} act */
  const at = (event, act) => {
    const box = /** @type {HTMLCanvasElement} */ (canvas.current).getBoundingClientRect();
    const rows = Math.ceil(positions.length / perRow);
    const column = Math.floor((perRow * (event.clientX - box.left)) / box.width);
    const row = Math.floor((rows * (event.clientY - box.top)) / box.height);
    const position = positions[row * perRow + column];
    if (position !== undefined) act(position);
  };
  return (
    <figure aria-hidden="true">
      <figcaption>
        {title}
        {positions.includes(active) && (
          <small>
            {' '}
            sample {active}, number {samples.indices[active]}
          </small>
        )}
      </figcaption>
      <div class="gallery-grid">
        <canvas
          data-class={group.label}
          ref={canvas}
          onPointerMove={(event) => at(event, look)}
          onClick={(event) => at(event, mark)}
        />
        <Frame group={group} position={marked} class="marked" />
        <Frame group={group} position={active} class="active" />
      </div>
    </figure>
  );
}

/**
 * The sample indices of a page, to read and copy.
 * @param {{ shown: ClassGroup[], samples: Samples, data: Data }} props
 */
function IndexTable({ shown, samples, data }) {
  return (
    <div class="scroll twin" tabIndex={0} role="group" aria-label="Indices of the samples, scrolls">
      <table>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Indices in the set, in the order of the batch</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ label, positions }) => (
            <tr key={label}>
              <th scope="row">{classTitle(data.set, label)}</th>
              <td>{positions.map((position) => samples.indices[position]).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** @param {{ lab: Lab, samples: Samples, data: Data }} props */
function Gallery({ lab, samples, data }) {
  const groups = useMemo(() => groupsOf(samples.labels), [samples]);
  const marked = Math.min(lab.sample.value, samples.samples - 1);
  const [page, setPage] = useState(() => pageWith(groups, marked));
  const [wanted, look] = useState(marked);
  const [hasTable, setHasTable] = useState(false);
  const pages = pagesOf(groups);
  const shown = useMemo(() => onPage(groups, page), [groups, page]);
  const isShown = shown.some(({ positions }) => positions.includes(wanted));
  const active = isShown ? wanted : shown[0].positions[0];
  const mark = (/** @type {number} */ position) => {
    look(position);
    lab.sample.value = position;
  };
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    const next = ledBy(shown, active, key);
    if (next !== null) look(next);
    else if (key === 'Enter' || key === ' ') mark(active);
    else if (key === 'PageDown' || key === 'PageUp')
      setPage(Math.max(0, Math.min(pages - 1, page + (key === 'PageDown' ? 1 : -1))));
    else return;
    event.preventDefault();
    event.stopPropagation(); // keep these keys from the page's shortcuts
  };
  const isMarked = active === marked;
  const words = `Sample ${active}: number ${samples.indices[active]} of its set, ${classInWords(data.set, samples.labels[active])}`;
  return (
    <>
      <p class="help" id="gallery-help">
        {samples.samples} samples of {sets[data.set].title}. Their labels are never used. Click one, or go to it with
        the arrow keys and press Enter, to follow its way through the layers in “Inside the network”.
      </p>
      <p id="gallery-readout">
        {words}
        {isMarked && ' (marked)'}
      </p>
      <div
        class="gallery-classes"
        role="listbox"
        tabIndex={0}
        aria-label="Samples by class"
        aria-describedby="gallery-help"
        aria-activedescendant={`gallery-sample-${active}`}
        onKeyDown={onKeyDown}
      >
        {shown.map((group) => (
          <ClassGrid
            key={group.label}
            title={classTitle(data.set, group.label)}
            group={group}
            samples={samples}
            theme={lab.theme.value}
            active={active}
            marked={marked}
            look={look}
            mark={mark}
          />
        ))}
        <div
          class="unseen"
          role="option"
          id={`gallery-sample-${active}`}
          aria-selected={isMarked}
          aria-posinset={active + 1}
          aria-setsize={samples.samples}
        >
          {words}
        </div>
      </div>
      <div class="row">
        {pages > 1 && (
          <>
            <button type="button" class="small" disabled={page === 0} onClick={() => setPage(page - 1)}>
              Before
            </button>
            <small>
              {page * perPage + 1} to {Math.min((page + 1) * perPage, groups[0].positions.length)} of{' '}
              {groups[0].positions.length} of each class
            </small>
            <button type="button" class="small" disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>
              Next
            </button>
          </>
        )}
        <button
          type="button"
          class="small"
          onClick={() =>
            download(`ska-samples-${data.set}.csv`, new Blob([samplesCsv(samples)], { type: 'text/csv;charset=utf-8' }))
          }
        >
          Indices (CSV)
        </button>
        <button type="button" class="small" aria-expanded={hasTable} onClick={() => setHasTable(!hasTable)}>
          Indices as a table
        </button>
      </div>
      {hasTable && <IndexTable shown={shown} samples={samples} data={data} />}
    </>
  );
}

/** @param {{ lab: Lab, samplesOf: (data: Data) => Promise<Samples> }} props */
export function GallerySection({ lab, samplesOf }) {
  const isOpen = lab.showsGallery.value;
  const { found, trouble, again } = useSamples(lab, samplesOf, isOpen);
  return (
    <section class="gallery" aria-labelledby="gallery-title">
      <details
        id="gallery"
        open={isOpen}
        onToggle={({ currentTarget }) => (lab.showsGallery.value = currentTarget.open)}
      >
        <summary>
          <h2 id="gallery-title">The samples in use</h2>
          <small>Every image that the network looks at, by class</small>
        </summary>
        {isOpen && !found && (
          <p class="help" role="status">
            {trouble || 'Fetching the samples…'} {trouble && <TryAgain again={again} />}
          </p>
        )}
        {isOpen && found && <Gallery key={JSON.stringify(found.data)} lab={lab} {...found} />}
      </details>
    </section>
  );
}
