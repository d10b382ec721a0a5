// The space chart as a kind of chart, with its summary and table.
import { extremes } from '../../model/recording.js';
import { numberText } from '../format.js';
import { coordinates, seriesOf } from './paths.js';
import { createSpace, title } from './space-chart.js';

/**
 * @typedef {import('../scene.js').Scene} Scene
 */

/** @param {Scene} scene @param {ReadonlySet<number>} hidden */
const shownLayers = ({ recording }, hidden) =>
  Array.from({ length: recording.layers }, (_, layer) => layer).filter((layer) => !hidden.has(layer));

/** @param {Scene} scene @param {number} layer */
function layerWords({ recording }, layer) {
  const [knowledge, flow, lagrangian] = seriesOf(recording, layer).map(extremes);
  if (!knowledge || !flow || !lagrangian) return `layer ${layer + 1} has no numbers`;
  const at = (/** @type {{ value: number, record: number }} */ { value, record }) =>
    `${numberText(value)} at step ${record}`;
  return (
    `layer ${layer + 1}, ‖Z‖ from ${at(knowledge.least)} to ${at(knowledge.greatest)}, ` +
    `greatest flow ${at(flow.greatest)}, least Lagrangian ${at(lagrangian.least)}`
  );
}

/**
 * @param {Parameters<typeof createSpace>[1]} reader
 * @returns {import('../kind.js').Kind}
 */
export const spaceKind = (reader) => ({
  id: 'space',
  group: 'space',
  order: 0,
  title: () => title,
  caption:
    'Every layer moves through ‖Z‖ and knowledge flow, and the height is its Lagrangian. A ring marks where that is ' +
    'least; the faint line on the floor is the path seen from above.',
  note: ({ view, others }) =>
    [
      view.scale === 'layer' ? 'Each layer is drawn relative to its own greatest magnitudes.' : '',
      others.length > 0 ? 'Other runs are dashed.' : '',
    ]
      .filter(Boolean)
      .join(' '),
  form: () => 'space',
  watch() {
    reader.pose();
    reader.hidden();
    reader.step();
  },
  create: (canvas) => createSpace(canvas, reader),
  summary(scene) {
    const layers = shownLayers(scene, reader.hidden());
    if (scene.recording.records === 0) return `${title}: nothing recorded yet.`;
    if (layers.length === 0) return `${title}: no layer is shown.`;
    return `${title}: ${layers.map((layer) => layerWords(scene, layer)).join('; ')}.`;
  },
  table(scene) {
    const layers = shownLayers(scene, reader.hidden());
    const columns = layers.flatMap((layer) =>
      coordinates.map(({ quantity, name }) => ({
        head: `Layer ${layer + 1} ${name}`,
        series: scene.recording.series(quantity, layer),
      })),
    );
    return {
      head: ['Step', ...columns.map(({ head }) => head)],
      rows: Array.from({ length: scene.recording.records }, (_, i) => [
        i + 1,
        ...columns.map(({ series }) => series[i]),
      ]),
    };
  },
  /** Three values per layer, in the order of `coordinates`. */
  readout: ({ recording }, step) =>
    Array.from({ length: recording.layers }, (_, layer) => layer).flatMap((layer) =>
      coordinates.map(({ quantity, name }) => ({
        label: `Layer ${layer + 1} ${name}`,
        value: recording.series(quantity, layer)[step - 1],
      })),
    ),
});
