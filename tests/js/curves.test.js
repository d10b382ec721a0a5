import { describe, expect, it } from 'vitest';

import { layerScale, magnitudeScale, sharedScale } from '../../web/charts/colour-scale.js';
import { asDrawn, curvesOf, differences, extent, greatestMagnitude, valueAt } from '../../web/charts/curves.js';
import { recordLength } from '../../web/model/record.js';
import { Recording } from '../../web/model/recording.js';
import { defaultView } from '../../web/model/view.js';

/** @typedef {import('../../web/charts/curves.js').QuantitySpec} QuantitySpec */

/** A run of one layer with these entropies from record 1 on. @param {number} rate @param {number[]} entropies */
function run(rate, entropies) {
  const config = { layers: [1], steps: entropies.length + 1, learning_rate: rate, seed: 1, shift_term: true };
  const recording = new Recording(config);
  [NaN, ...entropies].forEach((entropy, k) => {
    const record = new Float64Array(recordLength(1, 1));
    record[0] = k;
    record[3] = entropy; // index 0 is the step, 1 the total, 2 the norm
    recording.append(record, k);
  });
  return recording;
}

/** @type {QuantitySpec} */
const spec = {
  curves: (recording) => [recording.series('entropy', 0)],
  rowName: (row) => `Layer ${row + 1}`,
  first: 1,
  title: 'Heatmap',
  linesTitle: 'Lines',
  name: 'H',
  rowsName: 'Layers',
  colormap: ['#000000', '#ffffff'],
  range: (least) => [Math.min(least, 0), 0],
  growsWithRate: true,
  oneSign: true,
};

/** @param {Partial<import('../../web/model/view.js').View>} view @param {Recording} recording @param {Recording[]} others */
const scene = (view, recording, ...others) => ({
  recording,
  others: others.map((other, i) => ({ name: `other ${i + 1}`, recording: other })),
  view: { ...defaultView, ...view },
});

describe('curves', () => {
  it('are the records over k, and divided by η over t where they grow with it', () => {
    const recording = run(0.1, [0, -2, -4]);
    expect([...curvesOf(scene({}, recording), spec)[0]]).toEqual([0, -2, -4]);
    expect([...curvesOf(scene({ axis: 'time' }, recording), spec)[0]]).toEqual([0, -20, -40]);
    expect([...curvesOf(scene({ axis: 'time' }, recording), { ...spec, growsWithRate: false })[0]]).toEqual([
      0, -2, -4,
    ]);
  });
  it('are read between two points on the line from one to the other', () => {
    const series = Float64Array.of(1, 3, 11);
    expect([0, 0.5, 1, 1.25, 2].map((place) => valueAt(series, place))).toEqual([1, 2, 3, 5, 11]);
    expect([valueAt(series, -0.1), valueAt(series, 2.1)]).toEqual([NaN, NaN]);
  });
  it('differ at the same k, and not where the other has none', () => {
    const shown = scene({ compare: 'difference' }, run(0.1, [0, -2, -4]), run(0.1, [0, -1]));
    expect([...differences(shown, spec, shown.others[0].recording)[0]]).toEqual([0, -1, NaN]);
  });
  it('differ at the same t = η·k, each divided by its own η', () => {
    // The run has t = 0.2, 0.4; the other has records at 0.1, 0.2, 0.3, 0.4.
    const shown = scene({ axis: 'time', compare: 'difference' }, run(0.2, [-2, -6]), run(0.1, [0, -0.5, -1, -2]));
    const [series] = differences(shown, spec, shown.others[0].recording);
    expect(series[0]).toBeCloseTo(-10 + 5, 12);
    expect(series[1]).toBeCloseTo(-30 + 20, 12);
  });
  it('are named as they are drawn', () => {
    const recording = run(0.1, [0, -2]);
    expect(asDrawn(scene({}, recording, recording), spec).name).toBe('H');
    expect(asDrawn(scene({ axis: 'time' }, recording), spec).name).toBe('H / η');
    const differing = asDrawn(scene({ axis: 'time', compare: 'difference' }, recording, recording), spec);
    expect([differing.name, [...differing.curves[0]]]).toEqual(['H / η less that of other 1', [0, 0]]);
  });
  it('have an extent, and none where there is nothing', () => {
    expect(extent(Float64Array.of(3, -1, 2))).toEqual([-1, 3]);
    expect(extent(new Float64Array(0))).toEqual([Infinity, -Infinity]);
    expect([greatestMagnitude(Float64Array.of(3, -4)), greatestMagnitude(new Float64Array(0))]).toEqual([4, 0]);
  });
});

describe('a colour scale', () => {
  it('goes from the least value to the greatest', () => {
    const scale = sharedScale([-8, 0]);
    expect([-8, -2, 0].map((value) => scale.position(value, 0))).toEqual([0, 0.75, 1]);
    expect(scale.ticks.map(({ text }) => text)).toEqual(['−8', '−6', '−4', '−2', '0']);
  });
  it('of a range without extent has the greatest value’s colour', () => {
    expect(sharedScale([0, 0]).position(0, 0)).toBe(1);
    expect(sharedScale([0, 0]).ticks).toHaveLength(1);
  });
  it('per layer takes each by its own extremes', () => {
    const scale = layerScale([Float64Array.of(0, -8), Float64Array.of(0, -2)], (least) => [Math.min(least, 0), 0]);
    expect([scale.position(-8, 0), scale.position(-2, 0), scale.position(-2, 1)]).toEqual([0, 0.75, 0]);
  });
  it('by magnitude tells four powers of ten apart', () => {
    const scale = magnitudeScale([Float64Array.of(-1000, -1, -0.01, 0)], false, true);
    expect(scale.position(-1000, 0)).toBe(0); // the strongest is the darkest
    expect(scale.position(-1, 0)).toBeCloseTo(0.75, 12);
    expect([scale.position(-0.01, 0), scale.position(0, 0)]).toEqual([1, 1]);
    expect(scale.ticks.map(({ text }) => text)).toEqual(['−0.1', '−1', '−10', '−100', '−1000']);
  });
});
