// View inside the network at the cursor's step: weights, knowledge and decisions of every layer, one sample's path
// through them, and how much samples still differ.
import { useEffect, useRef, useState } from 'preact/hooks';

import { aroundZero, drawDigit, drawMatrix, drawReceptiveFields, zeroToOne } from '../charts/number-picture.js';
import { numberText, shortText } from '../charts/format.js';
import { classInWords } from '../model/sets.js';
import { Viewer } from '../engine/viewer.js';
import { HistogramBars } from './histogram-bars.jsx';
import { TryAgain } from './load-again.jsx';

/**
 * @typedef {import('../state/lab.js').Lab} Lab
 * @typedef {import('../model/look.js').Look} Look
 * @typedef {import('../model/look.js').LayerLook} LayerLook
 * @typedef {import('../data/batches.js').Samples} Samples
 * @typedef {import('../model/sets.js').SetName} SetName
 */

const fieldsPerPage = 32;
const fieldsPerRow = 8;
/** Debounce of the step cursor before the network is computed up to its step, in milliseconds. */
const rest = 120;

/** @param {number | null} share */
const percent = (share) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

/**
 * A canvas that is redrawn when its content changes.
 * @param {{ draw: (canvas: HTMLCanvasElement) => void, label: string, class: string, of: unknown[] }} props
 */
function Picture({ draw, label, class: name, of }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    if (canvas.current) draw(canvas.current);
  }, of);
  return <canvas class={name} role="img" aria-label={label} ref={canvas} />;
}

/** @param {{ look: Look }} props */
function DiversityTable({ look }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">Layer</span>
          </th>
          <th scope="col">Standard deviation of D over samples</th>
          <th scope="col">Share of ‖Z‖² common to all</th>
          <th scope="col">Nearest neighbour is of the same class</th>
        </tr>
      </thead>
      <tbody>
        {look.layers.map((layer, l) => (
          <tr key={l}>
            <th scope="row">Layer {l + 1}</th>
            <td>{numberText(layer.spread)}</td>
            <td>{percent(layer.commonShare)}</td>
            <td>{percent(layer.neighbourAccuracy)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">Raw pixels</th>
          <td>–</td>
          <td>–</td>
          <td>{percent(look.pixelAccuracy)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** @param {{ layer: LayerLook }} props */
function ReceptiveFields({ layer }) {
  const [page, setPage] = useState(0);
  const side = Math.sqrt(layer.inputs);
  const pages = Math.ceil(layer.neurons / fieldsPerPage);
  const first = Math.min(page, pages - 1) * fieldsPerPage;
  const count = Math.min(fieldsPerPage, layer.neurons - first);
  if (!Number.isInteger(side)) return null;
  return (
    <div class="fields">
      <Picture
        class="receptive"
        label={`What neurons ${first} to ${first + count - 1} of layer 1 weigh of the image`}
        of={[layer.weights, first]}
        draw={(canvas) =>
          drawReceptiveFields(
            canvas,
            layer.weights,
            layer.neurons,
            { first, count, perRow: Math.min(fieldsPerRow, count), side },
            aroundZero(layer.weights),
          )
        }
      />
      <div class="row">
        <button type="button" class="small" disabled={first === 0} onClick={() => setPage(page - 1)}>
          Before
        </button>
        <small>
          Neurons {first}–{first + count - 1} of {layer.neurons}
        </small>
        <button type="button" class="small" disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>
          Next
        </button>
      </div>
    </div>
  );
}

/** @param {{ layer: LayerLook, l: number }} props */
function LayerPanel({ layer, l }) {
  return (
    <article class="layer-panel">
      <h3>
        Layer {l + 1}{' '}
        <small>
          {layer.inputs} → {layer.neurons}
        </small>
      </h3>
      <div class="histograms">
        <HistogramBars histogram={layer.zHistogram} name="Z" label={`Knowledge Z of layer ${l + 1}`} />
        <HistogramBars histogram={layer.dHistogram} name="D" label={`Decisions D of layer ${l + 1}`} />
      </div>
      {l === 0 ? (
        <ReceptiveFields layer={layer} />
      ) : (
        <Picture
          class="weights"
          label={`Weights of layer ${l + 1}: ${layer.inputs} inputs as rows, ${layer.neurons} neurons as columns`}
          of={[layer.weights]}
          draw={(canvas) => drawMatrix(canvas, layer.weights, layer.neurons, aroundZero(layer.weights))}
        />
      )}
      <small>
        Weights from {shortText(-aroundZero(layer.weights).high)} (blue) over 0 to{' '}
        {shortText(aroundZero(layer.weights).high)} (red)
      </small>
    </article>
  );
}

/**
 * One sample, and every layer's output for it.
 * @param {{ look: Look, samples: Samples, sample: number, pick: (sample: number) => void, set: SetName }} props
 */
function SampleWay({ look, samples, sample, pick, set }) {
  const features = samples.pixels.length / samples.samples;
  const side = Math.sqrt(features);
  const row = look.sample;
  const last = samples.samples - 1;
  /** Text in the field that is not a valid sample. @type {[string | null, (text: string | null) => void]} */
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  useEffect(() => setDraft(null), [sample]);
  const choose = (/** @type {string} */ text) => {
    const wanted = text === '' ? NaN : Number(text);
    const isSample = Number.isInteger(wanted) && wanted >= 0 && wanted <= last;
    setDraft(isSample ? null : text);
    if (isSample) pick(wanted);
  };
  return (
    <div class="way">
      <div class="row">
        <label>
          Sample{' '}
          <input
            type="number"
            id="sample"
            min="0"
            max={last}
            value={draft ?? sample}
            aria-invalid={draft !== null}
            aria-describedby="sample-error"
            onInput={({ currentTarget }) => choose(currentTarget.value)}
          />
        </label>
        <small>
          number {samples.indices[sample]} of its set; {classInWords(set, samples.labels[sample])}, which the network is
          not told
        </small>
      </div>
      <p class="error" id="sample-error" aria-live="polite">
        {draft !== null &&
          `A sample is a whole number from 0 to ${last}${draft && `; ${draft} was given`}. Sample ${sample} is shown.`}
      </p>
      <div class="way-row">
        {Number.isInteger(side) && (
          <Picture
            class="digit"
            label={`Sample ${sample}, ${classInWords(set, samples.labels[sample])}`}
            of={[samples, sample]}
            draw={(canvas) =>
              drawDigit(canvas, samples.pixels.subarray(sample * features, (sample + 1) * features), side)
            }
          />
        )}
        {row?.layers.map(({ decisions }, l) => (
          <figure key={l}>
            <Picture
              class="decisions"
              label={`Decisions D of layer ${l + 1} on sample ${row.sample}`}
              of={[decisions]}
              draw={(canvas) => drawMatrix(canvas, decisions, Math.ceil(Math.sqrt(decisions.length)), zeroToOne)}
            />
            <figcaption>D of layer {l + 1}</figcaption>
          </figure>
        ))}
      </div>
    </div>
  );
}

/**
 * A computed view, and the run it belongs to.
 * @typedef {{ look: Look, samples: Samples, recording: import('../model/recording.js').Recording }} Seen
 */

/**
 * Computes the view at the cursor's step in a separate engine, debounced.
 * @param {Lab} lab
 * @param {import('../engine/builds.js').Build} build
 * @param {(data: import('../model/settings.js').DataSettings) => Promise<Samples>} samplesOf
 * @param {{ isOpen: boolean, sample: number, neighbours: boolean }} request
 */
function useLook(lab, build, samplesOf, { isOpen, sample, neighbours }) {
  const viewer = useRef(/** @type {Viewer | null} */ (null));
  const [seen, setSeen] = useState(/** @type {Seen | null} */ (null));
  const [trouble, setTrouble] = useState('');
  const [attempt, setAttempt] = useState(0);
  const { recording, phase } = lab.session;
  const step = lab.step.value;
  const isLookedInto = isOpen && step >= 0 && phase !== 'running' && !recording.fast;
  useEffect(() => {
    if (!isLookedInto) return;
    let isOvertaken = false;
    const timer = setTimeout(async () => {
      try {
        const samples = await samplesOf(recording.data);
        if (isOvertaken) return;
        viewer.current ??= new Viewer(build);
        const look = await viewer.current.look({
          config: recording.config,
          start: recording.start,
          batch: samples,
          labels: samples.labels,
          step,
          sample: Math.min(sample, samples.samples - 1),
          neighbours,
        });
        if (isOvertaken || !look) return;
        setSeen({ look, samples, recording });
        setTrouble('');
      } catch (error) {
        if (isOvertaken) return;
        viewer.current?.dispose();
        viewer.current = null; // a lost engine cannot be reused
        setTrouble(error instanceof Error ? error.message : String(error));
      }
    }, rest);
    return () => {
      isOvertaken = true;
      clearTimeout(timer);
    };
  }, [isLookedInto, step, recording, recording.steps, neighbours, attempt]);
  useEffect(() => {
    // Another sample at the same step needs no new computation.
    viewer.current?.sampleRow(sample).then(
      (row) => row && setSeen((before) => before && { ...before, look: { ...before.look, sample: row } }),
      () => {}, // a failed look has reported its error
    );
  }, [sample]);
  useEffect(() => {
    if (isOpen) return;
    viewer.current?.dispose();
    viewer.current = null;
  }, [isOpen]);
  const isPresent = isLookedInto && seen?.recording === recording;
  const again = () => {
    setTrouble('');
    setAttempt(attempt + 1);
  };
  return { seen: isPresent ? seen : null, trouble, again };
}

/**
 * @param {{ lab: Lab, build: import('../engine/builds.js').Build,
 *   samplesOf: (data: import('../model/settings.js').DataSettings) => Promise<Samples> }} props
 */
export function InsideSection({ lab, build, samplesOf }) {
  const [isOpen, setIsOpen] = useState(false);
  const [neighbours, setNeighbours] = useState(false);
  lab.changes.value;
  const sample = lab.sample.value; // the gallery selects it too
  const { seen, trouble, again } = useLook(lab, build, samplesOf, { isOpen, sample, neighbours });
  const { recording, phase } = lab.session;
  const step = lab.step.value;
  const waits =
    recording.steps === 0
      ? 'There is no network to look into yet: run a step.'
      : recording.fast
        ? 'Only exact runs can be looked into: they are computed again up to the step, to the last bit.'
        : phase === 'running'
          ? 'It is looked into when the run pauses or ends.'
          : seen?.look.step === step
            ? ''
            : 'Computing the run again up to this step…';
  return (
    <section class="inside" aria-labelledby="inside-title">
      <details open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary>
          <h2 id="inside-title">Inside the network</h2>
        </summary>
        <p class="help" role="status">
          {trouble || waits || `At step ${step}: Z and D as seen there, weights after that step’s update.`}{' '}
          {trouble && <TryAgain again={again} />}
        </p>
        {seen && recording.steps > 0 && (
          <>
            <h3>How much samples still differ</h3>
            <p class="help">
              The outputs are no classes: the closer the second column comes to 100 %, the more a layer says the same of
              every image. A neighbour is found by what a layer says of two images
              {seen.look.neighbourSamples < seen.samples.samples && `, among ${seen.look.neighbourSamples} of them`};
              chance gives {percent(1 / recording.data.classes.length)}.
            </p>
            <div class="scroll" tabIndex={0} role="group" aria-label="How much samples differ, scrolls sideways">
              <DiversityTable look={seen.look} />
            </div>
            <label class="check">
              <input
                type="checkbox"
                checked={neighbours}
                onChange={({ currentTarget }) => setNeighbours(currentTarget.checked)}
              />
              find nearest neighbours too, which takes a moment
            </label>
            <h3>One sample’s way through the layers</h3>
            <SampleWay
              look={seen.look}
              samples={seen.samples}
              sample={Math.min(sample, seen.samples.samples - 1)}
              pick={(chosen) => (lab.sample.value = chosen)}
              set={recording.data.set}
            />
            <div class="layer-panels">
              {seen.look.layers.map((layer, l) => (
                <LayerPanel key={l} layer={layer} l={l} />
              ))}
            </div>
          </>
        )}
      </details>
    </section>
  );
}
