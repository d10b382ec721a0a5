// Experiment: the joint path of all layers' entropies, for one digit and compared with the others.
import { digitOf, digitSettings, digitControls } from '../digit-runs.js';
import { layersOf, minimum, steps, totalEntropy, values as seriesValues } from '../series.js';
import { axesControl, axesFor, axisName } from './axes.js';
import { amongSeeds, ends, lengths, onePath, returns } from './findings.js';
import { distance, farthestPoint, lengthOf, norm, pathOf, shapeOf } from './paths.js';
import { alsoControl } from './seeds.js';
import { divisorOf, unitControl, wordsOf } from './units.js';

/**
 * @typedef {import('../../charts/figures/figure.js').CurvesFigure} CurvesFigure
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('../../charts/figures/figure.js').SpaceFigure} SpaceFigure
 * @typedef {import('../experiment.js').Table} Table
 * @typedef {import('../outcome.js').FinishedRun} FinishedRun
 * @typedef {import('./axes.js').PathAxis} PathAxis
 * @typedef {import('./paths.js').Path} Path
 * @typedef {import('./units.js').Unit} Unit
 */

/**
 * @typedef {FinishedRun & { digit: number, seed: number, path: Path }} Walk a run with its path, in the selected unit
 */

/** @typedef {import('../digit-runs.js').DigitValues & { axes: number[], unit: Unit, also: number[] }} Values */

const { digits, ...others } = digitControls;

/** The steps at which states are listed. @param {FinishedRun} run @returns {[name: string, step: number][]} */
const momentsOf = ({ recording }) => [
  ['Start', 1],
  ['Minimum of total entropy', minimum(totalEntropy(recording)).step],
  ['End', recording.records],
];

/**
 * The coordinates of a path in a figure's three axes.
 * @param {Walk} walk
 * @param {Path} path the path itself or its normalized shape
 * @param {PathAxis[]} axes
 * @returns {[number, number, number][]}
 */
function pointsOf({ recording }, path, axes) {
  const cosine = recording.series('cosine', 0);
  /** @param {PathAxis} axis @param {number} i */
  const along = (axis, i) => {
    if (axis.kind === 'layer') return path[i][axis.layer];
    return axis.kind === 'time' ? (i + 1) * recording.config.learning_rate : cosine[i];
  };
  return path.map((_, i) => [along(axes[0], i), along(axes[1], i), along(axes[2], i)]);
}

/**
 * @param {Walk[]} walks
 * @param {Values} values
 * @param {Pick<SpaceFigure, 'id' | 'title'>} about
 * @param {(path: Path) => Path} change
 * @returns {SpaceFigure}
 */
function spaceFigure(walks, values, about, change) {
  const { axes, note } = axesFor(values.axes, values.layers.length);
  return {
    kind: 'space',
    ...about,
    ...(note && { note }),
    axes: [axisName(axes[0]), axisName(axes[1]), axisName(axes[2])],
    paths: walks.map((walk) => ({
      name: walk.name,
      ink: walk.digit,
      ...(walk.seed !== values.seed && { faint: true }),
      points: pointsOf(walk, change(walk.path), axes),
    })),
  };
}

/**
 * The layers' entropies of one digit; dotted curves show other seeds.
 * @param {Walk[]} walks
 * @param {Values} values
 * @param {number} digit
 * @returns {CurvesFigure}
 */
function digitFigure(walks, values, digit) {
  return {
    kind: 'curves',
    id: `entropy-digit-${digit}`,
    title: `Digit ${digit}: entropy${wordsOf(values.unit)}`,
    x: { name: 'Step k' },
    y: { name: `Entropy${wordsOf(values.unit)}` },
    curves: walks
      .filter((walk) => walk.digit === digit)
      .flatMap((walk) => {
        const divisor = divisorOf(walk, values.unit);
        const isOther = walk.seed !== values.seed;
        return layersOf(walk.recording).map((layer) => ({
          name: `Layer ${layer + 1}${isOther ? `, seed ${walk.seed}` : ''}`,
          ink: layer,
          ...(isOther && { dash: /** @type {const} */ ('dotted') }),
          x: steps(walk.recording),
          y: seriesValues(walk.recording, 'entropy', layer, (value) => value / divisor(layer)),
        }));
      }),
  };
}

/** @param {Walk[]} walks @param {Values} values @returns {Table} */
const statesTable = (walks, { unit, layers }) => ({
  id: 'states',
  title: `States: entropy of every layer${wordsOf(unit)}`,
  note: 'The total is of whole entropies. The distance from the origin is that of the point whose coordinates are the layers’ entropies as they stand here.',
  columns: [
    'Digit',
    'Seed',
    'Moment',
    'Step',
    't = η·k',
    ...layers.map((_, layer) => `Layer ${layer + 1}`),
    'Total entropy',
    'Distance from the origin',
  ],
  rows: walks.flatMap((walk) =>
    momentsOf(walk).map(([moment, step]) => [
      walk.digit,
      walk.seed,
      moment,
      step,
      step * walk.recording.config.learning_rate,
      ...walk.path[step - 1],
      walk.recording.at(step).totalEntropy,
      norm(walk.path[step - 1]),
    ]),
  ),
});

/** @param {Walk[]} walks @returns {Table} */
const pathsTable = (walks) => ({
  id: 'paths',
  title: 'Paths',
  note: 'In the space of all layers, of which the figures show three.',
  columns: [
    'Digit',
    'Seed',
    'Length',
    'Farthest from the origin',
    'Farthest at step',
    'Distance at the end',
    'End, times the farthest',
  ],
  rows: walks.map(({ digit, seed, path }) => {
    const farthest = farthestPoint(path);
    const end = norm(path[path.length - 1]);
    return [digit, seed, lengthOf(path), farthest.distance, farthest.step, end, end / farthest.distance];
  }),
});

/** @param {Walk[]} walks of one seed @returns {Table} */
const endsTable = (walks) => ({
  id: 'ends',
  title: 'How far the ends of two digits’ paths lie apart',
  columns: ['Digit', ...walks.map(({ digit }) => `To ${digit}`)],
  rows: walks.map(({ digit, path }) => [
    digit,
    ...walks.map((other) => distance(path[path.length - 1], other.path[path.length - 1])),
  ]),
});

/**
 * @param {Walk[]} walks
 * @param {Walk[]} own those with the controls' seed
 * @param {Values} values
 * @returns {Finding[]}
 */
function findingsOf(walks, own, { digits }) {
  // The first record is always at the origin, so a path needs another record away from it.
  if (own.length === 0 || own.some(({ path }) => farthestPoint(path).distance === 0)) {
    return [
      {
        verdict: 'open',
        text: 'A path leads away from the origin: it needs a run of three steps at least, under the chosen weight seed; so far there is none.',
      },
    ];
  }
  const isWhole = own.length === digits.length;
  return [
    lengths(own),
    returns(own, isWhole),
    ...(own.length > 1 ? [ends(own, isWhole), onePath(own, isWhole)] : []),
    ...amongSeeds(walks),
  ];
}

/** @type {import('../experiment.js').Experiment} */
export const experiment = {
  order: 4,
  title: 'Single digit and entropy state',
  question: 'Which path do the entropies of all layers take together, for one digit and for the others?',
  about:
    'The entropies of all layers at one step are a state: a point with one coordinate per layer. A run is a path of such ' +
    'points that begins at the origin, where nothing has been learned yet. Every digit is run alone, in a network of its ' +
    'own from the same weights. Choose one digit or several, and three layers as axes; runs from other weights can be ' +
    'laid over them. A path tells nothing of which digit is which: no network sees two.',
  controls: { digits, axes: axesControl, unit: unitControl, also: alsoControl, ...others },
  runs: (/** @type {Values} */ values) =>
    [...new Set([values.seed, ...values.also])].flatMap((seed) =>
      values.digits.map((digit) => ({
        key: `digit-${digit}-seed-${seed}`,
        name: seed === values.seed ? `Digit ${digit}` : `Digit ${digit}, seed ${seed}`,
        settings: digitSettings(values, digit, seed),
      })),
    ),
  report({ finished }, /** @type {Values} */ values) {
    /** @type {Walk[]} */
    const walks = finished
      .filter(({ recording }) => recording.records > 0)
      .map((run) => ({
        ...run,
        digit: digitOf(run),
        seed: run.settings.config.seed,
        path: pathOf(run.recording, divisorOf(run, values.unit)),
      }));
    if (walks.length === 0) return { findings: [], sections: [] };
    const own = walks.filter(({ seed }) => seed === values.seed);
    const digits = values.digits.filter((digit) => walks.some((walk) => walk.digit === digit));
    return {
      findings: findingsOf(walks, own, values),
      sections: [
        {
          title: 'Paths through the entropies of three layers',
          text: 'Every path begins at the origin: at the first record nothing has moved. The second figure tells each layer in shares of its own greatest magnitude, so that shapes compare.',
          figures: [
            spaceFigure(
              walks,
              values,
              { id: 'paths', title: `Entropy of layers${wordsOf(values.unit)}` },
              (path) => path,
            ),
            spaceFigure(
              walks,
              values,
              { id: 'shapes', title: 'Entropy of layers, each in shares of its greatest magnitude' },
              shapeOf,
            ),
          ],
        },
        {
          title: 'States and paths in numbers',
          tables: [statesTable(walks, values), pathsTable(walks), ...(own.length > 1 ? [endsTable(own)] : [])],
        },
        {
          title: 'Each digit’s layers over the steps',
          figures: digits.map((digit) => digitFigure(walks, values, digit)),
        },
      ],
    };
  },
};
