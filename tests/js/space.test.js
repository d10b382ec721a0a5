import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { defaultView } from '../../web/model/view.js';
import { along, roundAxis } from '../../web/charts/space/axis.js';
import { blend } from '../../web/charts/space/blend.js';
import { dashesOf } from '../../web/charts/space/dashes.js';
import { freeSpace } from '../../web/charts/space/free-space.js';
import { spaceOf } from '../../web/charts/space/paths.js';
import {
  farSides,
  frameIn,
  halves,
  projection,
  rotation,
  startPose,
  turned,
  zoomed,
} from '../../web/charts/space/projection.js';
import { spaceKind } from '../../web/charts/space/space-kind.js';
import { quantities } from '../../web/model/record.js';
import { Recording } from '../../web/model/recording.js';
import { defaultSettings } from '../../web/model/settings.js';

/** Decimal digits that survive converting angles to radians, for numbers around 1. */
const digits = 12;

const angle = fc.double({ min: -720, max: 720, noNaN: true });
const tilt = fc.double({ min: -90, max: 90, noNaN: true });
const part = fc.double({ min: -1, max: 1, noNaN: true });
const place = fc.tuple(part, part, part);
const anyPose = fc.record({ turn: angle, tilt, zoom: fc.constant(1), depth: fc.constantFrom(0, 1) });

/** @param {Partial<import('../../web/charts/space/projection.js').Pose>} change */
const pose = (change) => ({ turn: 0, tilt: 0, zoom: 1, depth: 1, ...change });

describe('turning', () => {
  const right = expect.closeTo(1, digits);
  const none = expect.closeTo(0, digits);
  const left = expect.closeTo(-1, digits);

  it('shows across to the right and high up, from the front', () => {
    const rotated = rotation(pose({}));
    expect(rotated(1, 0, 0)).toEqual({ right, up: none, near: none });
    expect(rotated(0, 1, 0)).toEqual({ right: none, up: none, near: left });
    expect(rotated(0, 0, 1)).toEqual({ right: none, up: right, near: none });
  });

  it('shows deep upwards from above, and to the right from the side', () => {
    expect(rotation(pose({ tilt: 90 }))(0, 1, 0)).toEqual({ right: none, up: right, near: none });
    expect(rotation(pose({ tilt: 90 }))(0, 0, 1)).toEqual({ right: none, up: none, near: right });
    expect(rotation(pose({ turn: -90 }))(0, 1, 0)).toEqual({ right, up: none, near: none });
  });

  it('takes what is in front to the right as the turn grows, and down as the tilt does', () => {
    expect(rotation(pose({ turn: 30 }))(0, -1, 0).right).toBeCloseTo(0.5, digits);
    expect(rotation(pose({ tilt: 30 }))(0, -1, 0).up).toBeCloseTo(-0.5, digits);
  });

  it('keeps all distances', () => {
    fc.assert(
      fc.property(anyPose, place, (looked, [x, y, z]) => {
        const { right: a, up, near } = rotation(looked)(x, y, z);
        expect(Math.hypot(a, up, near)).toBeCloseTo(Math.hypot(x, y, z), digits);
      }),
    );
  });

  it('goes around, stops above and below, and becomes perspective', () => {
    expect(turned(pose({ turn: 178, depth: 0 }), 5, 0)).toEqual(pose({ turn: -177 }));
    expect(turned(pose({ turn: -180 }), -90, 0).turn).toBe(90);
    expect(turned(pose({ tilt: 88 }), 0, 5).tilt).toBe(90);
    expect(turned(pose({ tilt: -88 }), 0, -5).tilt).toBe(-90);
  });

  it('comes back by the same turns', () => {
    fc.assert(
      fc.property(angle, (by) => {
        const there = turned(startPose, by, 0);
        expect(there.turn).toBeGreaterThanOrEqual(-180);
        expect(there.turn).toBeLessThan(180);
        expect(turned(there, -by, 0).turn).toBeCloseTo(startPose.turn, 9);
      }),
    );
  });

  it('zooms within bounds', () => {
    expect(zoomed(pose({}), 2).zoom).toBe(2);
    expect(zoomed(pose({}), 1000).zoom).toBe(8);
    expect(zoomed(pose({}), 0.001).zoom).toBe(0.5);
  });
});

describe('the projection', () => {
  const frame = { x: 200, y: 100, radius: 90 };

  it('puts the middle of the box in the middle of the frame', () => {
    expect(projection(startPose, frame)(0, 0, 0)).toEqual({ x: 200, y: 100, near: 0, size: 1 });
  });

  it('shows from infinitely far what is 0.8 of the width as 0.8 of it', () => {
    const project = projection(pose({ depth: 0 }), frame);
    const across = project(1, 1, 0).x - 200;
    expect(project(1, -1, 0).x - 200).toBeCloseTo(across, digits);
    expect(100 - project(0, 0, 1).y).toBeCloseTo(0.8 * across, digits);
  });

  it('shows what is near larger: one before the middle, seen from seven, by 7 / 6', () => {
    const project = projection(pose({}), frame);
    expect(project(0, -1, 0).size).toBeCloseTo(7 / 6, digits);
    expect(project(0, 1, 0).size).toBeCloseTo(7 / 8, digits);
    expect((project(1, -1, 0).x - 200) / (project(1, 1, 0).x - 200)).toBeCloseTo(8 / 6, digits);
  });

  it('keeps all of the box in the frame’s circle, however it is turned', () => {
    fc.assert(
      fc.property(anyPose, place, (looked, at) => {
        const { x, y } = projection(looked, frame)(...at);
        expect(Math.hypot(x - 200, y - 100)).toBeLessThanOrEqual(90 + 1e-9);
      }),
    );
  });

  it('finds the walls that nothing lies behind', () => {
    expect(farSides(pose({ turn: -30, tilt: 20 }))).toEqual([-1, 1, -1]);
    expect(farSides(pose({ turn: 150, tilt: -20 }))).toEqual([1, -1, 1]);
    fc.assert(
      fc.property(anyPose, place, (looked, [x, y, z]) => {
        const rotated = rotation(looked);
        const [a, b, c] = farSides(looked);
        const corner = rotated(a * halves[0], b * halves[1], c * halves[2]).near;
        expect(corner).toBeLessThanOrEqual(rotated(x * halves[0], y * halves[1], z * halves[2]).near + 1e-12);
      }),
    );
  });

  it('has a frame as large as the margins leave it', () => {
    expect(frameIn(400, 300, { side: 20, top: 60, bottom: 40 })).toEqual({ x: 200, y: 160, radius: 100 });
    expect(frameIn(100, 300, { side: 20, top: 60, bottom: 40 }).radius).toBe(30);
  });
});

describe('an axis', () => {
  it('has round ends and ticks', () => {
    expect(roundAxis(0, 7863)).toEqual({ low: 0, high: 8000, ticks: [0, 2000, 4000, 6000, 8000] });
    expect(roundAxis(-527086, 0)).toEqual({ low: -600000, high: 0, ticks: [-600000, -400000, -200000, 0] });
    expect(roundAxis(0, 1).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('has room for one value, and for none', () => {
    expect(roundAxis(3, 3)).toEqual(roundAxis(0, 3));
    expect(roundAxis(-3, -3)).toEqual(roundAxis(-3, 0));
    expect(roundAxis(0, 0)).toEqual(roundAxis(0, 1));
    expect(roundAxis(Infinity, -Infinity)).toEqual({ low: 0, high: 1, ticks: [] });
  });

  it('shows all values whatever their size, with few ticks in order', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [least, greatest] = [Math.min(a, b), Math.max(a, b)];
        const axis = roundAxis(least, greatest);
        expect(axis.low).toBeLessThanOrEqual(least);
        expect(axis.high).toBeGreaterThanOrEqual(greatest);
        expect(axis.ticks.length).toBeLessThanOrEqual(7);
        expect(axis.ticks).toEqual([...axis.ticks].sort((one, other) => one - other));
        for (const each of [least, greatest, ...axis.ticks]) {
          expect(along(axis, each)).toBeGreaterThanOrEqual(-1);
          expect(along(axis, each)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('goes from −1 to 1', () => {
    expect([0, 2, 4].map((value) => along({ low: 0, high: 4 }, value))).toEqual([-1, 0, 1]);
  });
});

describe('dashes', () => {
  it('are all of a solid line', () => {
    expect(dashesOf(3, 10, [])).toEqual([[0, 1]]);
  });

  it('go on over the pieces of a line', () => {
    expect(dashesOf(0, 10, [2, 3])).toEqual([
      [0, 0.2],
      [0.5, 0.7],
    ]);
    expect(dashesOf(1, 10, [2, 3])).toEqual([
      [0, 0.1],
      [0.4, 0.6],
      [0.9, 1],
    ]);
    expect(dashesOf(3, 1, [2, 3])).toEqual([]);
  });

  it('cover as much of a line, however it is cut', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
    const drawn = (/** @type {number} */ start, /** @type {number} */ length) =>
      length === 0 ? 0 : dashesOf(start, length, [4, 3]).reduce((sum, [from, to]) => sum + (to - from) * length, 0);
    fc.assert(
      fc.property(lengths, (pieces) => {
        let start = 0;
        let sum = 0;
        for (const length of pieces) {
          sum += drawn(start, length);
          start += length;
        }
        expect(sum).toBeCloseTo(drawn(0, start), 9);
      }),
    );
  });
});

it('ink that lets the ground through lies between both', () => {
  expect(blend('#000000', '#fff', 0)).toBe('#000000');
  expect(blend('#000', '#ffffff', 1)).toBe('#ffffff');
  expect(blend('#204060', '#fff', 0.5)).toBe('#90a0b0');
});

it('texts do not stand on one another', () => {
  const free = freeSpace();
  expect(free.takes(0, 50, 30)).toBe(true);
  expect(free.takes(20, 50, 30)).toBe(false);
  expect(free.takes(20, 60, 30)).toBe(false);
  expect(free.takes(40, 50, 30)).toBe(true);
  expect(free.takes(20, 64, 30)).toBe(true);
});

/**
 * One layer's values, per record.
 * @typedef {{ knowledge_norm: number[], flow: number[], lagrangian: number[] }} Layer
 */

/** @param {Layer[]} layers */
function recordingOf(layers) {
  const records = layers[0].flow.length;
  const config = { ...defaultSettings.config, layers: layers.map(() => 1), steps: records + 1 };
  const recording = new Recording(config);
  for (let k = 0; k <= records; ++k) {
    const values = quantities.flatMap((quantity) =>
      layers.map((layer) => (quantity in layer ? (layer[/** @type {keyof Layer} */ (quantity)][k - 1] ?? NaN) : NaN)),
    );
    recording.append(Float64Array.of(k, NaN, ...values, 0), 1);
  }
  return recording;
}

const large = { knowledge_norm: [0, 500, 1000], flow: [0, 400, 200], lagrangian: [0, -800, -200] };
const small = { knowledge_norm: [1, 2, 4], flow: [0, 1, 2], lagrangian: [0, -1, -4] };
/** @param {Partial<import('../../web/charts/scene.js').Scene>} [change] */
const sceneOf = (change) => ({ recording: recordingOf([large, small]), others: [], view: defaultView, ...change });

describe('the paths', () => {
  const all = new Set();

  it('go through the records, on shared axes', () => {
    const { axes, paths } = spaceOf(sceneOf(), all);
    expect(axes.map(({ low, high }) => [low, high])).toEqual([
      [0, 1000],
      [0, 400],
      [-800, 0],
    ]);
    expect(paths[0].places).toEqual([
      [-1, -1, 1],
      [0, 1, -1],
      [1, 0, 0.5],
    ]);
    expect(paths[0].least).toBe(1);
    expect(paths[1].places[2]).toEqual([4 / 500 - 1, 2 / 200 - 1, expect.closeTo(1 - 4 / 400, digits)]);
  });

  it('fill the box each, where each layer has its own scale', () => {
    const { paths } = spaceOf(sceneOf({ view: { ...defaultView, scale: 'layer' } }), all);
    for (const { places } of paths) {
      for (const axis of [0, 1]) expect(Math.max(...places.map((at) => at[axis]))).toBe(1);
      expect(Math.min(...places.map((at) => at[2]))).toBe(-1);
    }
  });

  it('know where a step is, and that some have no record', () => {
    const [path] = spaceOf(sceneOf(), all).paths;
    expect(path.at(2)).toEqual([0, 1, -1]);
    expect(path.at(0)).toBe(null);
    expect(path.at(4)).toBe(null);
  });

  it('leave out hidden layers, and the axes fit those that are left', () => {
    const { axes, paths } = spaceOf(sceneOf(), new Set([0]));
    expect(paths.map(({ layer }) => layer)).toEqual([1]);
    expect(axes[0].high).toBe(4);
    expect(spaceOf(sceneOf(), new Set([0, 1])).paths).toEqual([]);
  });

  it('are those of the other runs too, as far as they have such layers', () => {
    const others = [{ name: 'shallow', recording: recordingOf([small]) }];
    const { paths } = spaceOf(sceneOf({ others }), all);
    expect(paths.map(({ run, layer }) => [run, layer])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
  });

  it('end where the numbers do', () => {
    const endless = { knowledge_norm: [1, 2, 3], flow: [0, Infinity, 1], lagrangian: [0, -1, NaN] };
    const [path] = spaceOf(sceneOf({ recording: recordingOf([endless]) }), all).paths;
    expect(path.places).toHaveLength(1);
    expect(path.at(2)).toBe(null);
  });

  it('are empty before there is anything, on axes from 0 to 1', () => {
    const recording = new Recording(defaultSettings.config);
    const { axes, paths } = spaceOf(sceneOf({ recording }), all);
    expect(paths.map(({ places }) => places)).toEqual([[], [], [], []]);
    expect(axes.map(({ low, high }) => [low, high])).toEqual(Array(3).fill([0, 1]));
  });

  it('have some thousand points together at most, the last and the least Lagrangian among them', () => {
    const records = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), records, fc.nat(), (layers, length, seed) => {
        const least = seed % length;
        const layer = {
          knowledge_norm: Array.from({ length }, (_, i) => i),
          flow: Array.from({ length }, () => 1),
          lagrangian: Array.from({ length }, (_, i) => (i === least ? -2 : -1)),
        };
        const { paths } = spaceOf(sceneOf({ recording: recordingOf(Array(layers).fill(layer)) }), all);
        expect(paths.reduce((sum, { places }) => sum + places.length, 0)).toBeLessThanOrEqual(4000 + 2 * layers);
        for (const { places, least: found, at } of paths) {
          expect(places[found]).toEqual(at(least + 1));
          expect(places.at(-1)).toEqual(at(length));
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('its words and its table', () => {
  const kindWith = (/** @type {number[]} */ ...hidden) =>
    spaceKind({ pose: () => startPose, hidden: () => new Set(hidden), step: () => null });

  it('tell every layer’s values by step', () => {
    expect(kindWith().table(sceneOf())).toEqual({
      head: [
        'Step',
        ...['Layer 1 ‖Z‖', 'Layer 1 Flow ‖ΔZ‖/η', 'Layer 1 Lagrangian'],
        ...['Layer 2 ‖Z‖', 'Layer 2 Flow ‖ΔZ‖/η', 'Layer 2 Lagrangian'],
      ],
      rows: [
        [1, 0, 0, 0, 1, 0, 0],
        [2, 500, 400, -800, 2, 1, -1],
        [3, 1000, 200, -200, 4, 2, -4],
      ],
    });
    expect(kindWith(0).table(sceneOf()).rows[1]).toEqual([2, 2, 1, -1]);
  });

  it('say where each shown layer went', () => {
    expect(kindWith(1).summary(sceneOf())).toBe(
      'Lagrangian over ‖Z‖ and knowledge flow: layer 1, ‖Z‖ from 0 at step 1 to 1\u202f000.00 at step 3, ' +
        'greatest flow 400.00 at step 2, least Lagrangian −800.00 at step 2.',
    );
    expect(kindWith(0, 1).summary(sceneOf())).toMatch(/no layer is shown\.$/);
    expect(kindWith().summary(sceneOf({ recording: new Recording(defaultSettings.config) }))).toMatch(
      /nothing recorded yet\.$/,
    );
  });

  it('read a step out, layer by layer', () => {
    expect(
      kindWith()
        .readout(sceneOf(), 2)
        .map(({ value }) => value),
    ).toEqual([500, 400, -800, 2, 1, -1]);
  });
});
