// The experiments view: a list of questions, and for the opened experiment its controls, progress, findings and charts.
import '../../style/experiments.css';
import { createDrawLoop } from '../draw-loop.js';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import { csvOf } from '../../files/table-csv.js';
import { copyLink } from '../../link/copy-link.js';
import { download } from '../../files/download.js';
import { listHash, plainHash } from '../../link/experiment-link.js';
import { experimentZip } from '../../files/experiment-files.js';
import { Notice } from '../notice.jsx';
import { ControlField } from './control-field.jsx';
import { DataTable } from './data-table.jsx';
import { FigureCard } from './figure-card.jsx';
import { Findings } from './findings.jsx';
import { Progress } from './progress.jsx';

/**
 * @typedef {import('../../state/experimenting.js').Experimenting} Experimenting
 * @typedef {import('../../experiments/conductor.js').Conductor} Conductor
 * @typedef {import('../../experiments/experiment.js').Experiment} Experiment
 * @typedef {import('../../experiments/experiment.js').Section} SectionOf
 * @typedef {{ experimenting: Experimenting, conductor: Conductor, experiments: ReadonlyMap<string, Experiment> }} Props
 */

/** @param {Pick<Props, 'experiments'>} props */
function List({ experiments }) {
  const heading = useArrival('Experiments');
  return (
    <main class="experiments">
      <h2 ref={heading} tabIndex={-1}>
        Experiments
      </h2>
      <p class="lead">
        Each asks something that takes many runs, computes them here in your browser, and says what the numbers say. The
        command runs the same ones: <code>ska experiment NAME --out FOLDER</code>.
      </p>
      <ol class="questions">
        {[...experiments].map(([name, { title, question }]) => (
          <li key={name}>
            <a href={plainHash(name)}>
              <h3>{title}</h3>
              <p>{question}</p>
            </a>
          </li>
        ))}
      </ol>
    </main>
  );
}

/**
 * Does what a new page would do: sets the title, scrolls to the top, and moves the focus there.
 * @param {string} title
 */
function useArrival(title) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · SKA Lab`;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
    return () => void (document.title = before);
  }, [title]);
  return heading;
}

/**
 * @param {{ section: SectionOf, experiment: string, loop: import('./figure-card.jsx').DrawLoop, tell: (sentence: string) => void }} props
 */
function Part({ section: { title, text, figures = [], tables = [] }, experiment, loop, tell }) {
  return (
    <section class="part">
      <h3>{title}</h3>
      {text && <p class="help">{text}</p>}
      {figures.length > 0 && (
        <div class="figures">
          {figures.map((figure) => (
            <FigureCard key={figure.id} figure={figure} experiment={experiment} loop={loop} tell={tell} />
          ))}
        </div>
      )}
      {tables.map((table) => (
        <div class="chart table-card" key={table.id} data-table={table.id}>
          <div class="section-head">
            <h4>{table.title}</h4>
            <button
              type="button"
              class="small"
              onClick={() =>
                download(`ska-${experiment}-${table.id}.csv`, new Blob([csvOf(table)], { type: 'text/csv' }))
              }
            >
              CSV
            </button>
          </div>
          {table.note && <p class="help">{table.note}</p>}
          <DataTable {...table} />
        </div>
      ))}
    </section>
  );
}

/** @param {Props & { name: string, experiment: Experiment }} props */
function Opened({ experimenting, conductor, experiments, name, experiment }) {
  const loop = useMemo(createDrawLoop, []);
  const report = experimenting.report.value;
  const heading = useArrival(experiment.title);
  const names = [...experiments.keys()];
  const controls = useRef(/** @type {HTMLFormElement | null} */ (null));
  useEffect(() => {
    experimenting.focusFault = () =>
      /** @type {HTMLElement | null | undefined} */ (controls.current?.querySelector('[aria-invalid="true"]'))?.focus();
  }, [experimenting]);
  const next = names[(names.indexOf(name) + 1) % names.length];
  const tell = (/** @type {string} */ sentence) => (experimenting.notice.value = sentence);
  async function share() {
    const url = await copyLink(experimenting.hash);
    tell(url ?? 'The link is on the clipboard. Whoever opens it sees these runs computed anew.');
  }
  const takeAll = () => {
    const files = experimentZip({
      name,
      experiment,
      values: experimenting.values.value,
      outcome: experimenting.outcome.value,
      report: /** @type {import('../../experiments/experiment.js').Report} */ (report), // set while one is open
    });
    download(`ska-${name}.zip`, new Blob([files], { type: 'application/zip' }));
  };
  return (
    <main class="experiments opened">
      <nav aria-label="Experiments" class="crumbs">
        <a href={listHash}>All experiments</a>
        <a href={plainHash(next)}>Next: {experiments.get(next)?.title}</a>
      </nav>
      <h2 ref={heading} tabIndex={-1}>
        {experiment.title}
      </h2>
      <p class="lead">{experiment.question}</p>
      <p class="help about">{experiment.about}</p>
      <form class="controls-row" aria-label="Controls" ref={controls} onSubmit={(event) => event.preventDefault()}>
        {Object.entries(experiment.controls).map(([each, control]) => (
          <ControlField key={each} experimenting={experimenting} name={each} control={control} />
        ))}
        <button type="button" class="quiet" onClick={() => experimenting.reset()}>
          All as the papers have them
        </button>
      </form>
      <Progress conductor={conductor} experimenting={experimenting} export={takeAll} share={share} />
      {report?.sections.length === 0 && report.findings.length === 0 && (
        <p class="help">Nothing is computed yet. Press Run: findings, charts and tables come as runs finish.</p>
      )}
      {report && report.findings.length > 0 && (
        <section class="chart" aria-labelledby="found">
          <h3 id="found">What the numbers say</h3>
          <Findings findings={report.findings} />
        </section>
      )}
      {report?.sections.map((section) => (
        <Part key={section.title} section={section} experiment={name} loop={loop} tell={tell} />
      ))}
    </main>
  );
}

/** @param {Props} props */
export function ExperimentsView(props) {
  const { experimenting } = props;
  const name = experimenting.name.value;
  const experiment = experimenting.experiment.value;
  return (
    <>
      <Notice notice={experimenting.notice} />
      {name !== null && experiment ? (
        <Opened key={name} {...props} name={name} experiment={experiment} />
      ) : (
        <List experiments={props.experiments} />
      )}
    </>
  );
}
