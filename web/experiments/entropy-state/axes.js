// Chooses the three axes of the paths' figures: the entropies of layers, or other quantities if a network has fewer
// than three layers.
import { ranges } from '../../model/settings.js';
import { counted, layersText, listText } from '../words.js';

/** @typedef {{ kind: 'layer', layer: number } | { kind: 'time' } | { kind: 'cosine' }} PathAxis layer counted from 0 */

/**
 * The control `axes`: layers counted from 1, as 1-2-3.
 * @type {import('../controls.js').Control<number[]>}
 */
export const axesControl = {
  label: 'Axes',
  help: 'The three layers whose entropies are the axes: across, deep and high.',
  fallback: [1, 2, 3],
  words: `three different layers from 1 to ${ranges.layers.greatest}, separated by hyphens, such as 1-2-3`,
  read(text) {
    const layers = text.split('-').map((entry) => (/^\s*\d{1,2}\s*$/.test(entry) ? Number(entry) : NaN));
    const areLayers = layers.every((layer) => layer >= 1 && layer <= ranges.layers.greatest);
    return layers.length === 3 && areLayers && new Set(layers).size === 3 ? layers : undefined;
  },
  write: (value) => value.join('-'),
};

/**
 * The axes for a network: the requested layers that exist, then its other layers, then time, then the first layer's
 * cosine.
 * @param {number[]} requested layers counted from 1
 * @param {number} layers of the network
 * @returns {{ axes: [PathAxis, PathAxis, PathAxis], note: string }} the note lists requested layers that do not exist
 */
export function axesFor(requested, layers) {
  const there = requested.filter((number) => number <= layers);
  const others = Array.from({ length: layers }, (_, i) => i + 1).filter((number) => !there.includes(number));
  const [first, second, third] = /** @type {PathAxis[]} */ ([
    ...[...there, ...others].map((number) => ({ kind: 'layer', layer: number - 1 })),
    { kind: 'time' },
    { kind: 'cosine' },
  ]);
  /** @type {[PathAxis, PathAxis, PathAxis]} */
  const axes = [first, second, third];
  const missing = requested.filter((number) => number > layers);
  const instead = axes.slice(there.length).map(axisWords);
  return {
    axes,
    note:
      missing.length > 0
        ? `The network has ${counted(layers, 'layer')}; instead of ${layersText(missing)} ` +
          `${missing.length === 1 ? 'an axis shows' : 'axes show'} ${listText(instead)}.`
        : '',
  };
}

/** @param {PathAxis} axis */
function axisWords(axis) {
  if (axis.kind === 'time') return 'the time t = η·k';
  return axis.kind === 'cosine' ? 'the cosine of layer 1' : `layer ${axis.layer + 1}`;
}

/** Short label of an axis. The figure's title explains that layers stand for their entropies. @param {PathAxis} axis */
export function axisName(axis) {
  if (axis.kind === 'time') return 't = η·k';
  return axis.kind === 'cosine' ? 'Cosine, layer 1' : `Layer ${axis.layer + 1}`;
}
