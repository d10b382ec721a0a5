// fast-check arbitraries of all allowed settings, links and recordings, for property tests.
import fc from 'fast-check';

import { setNames } from '../../web/model/sets.js';
import { defaultView } from '../../web/model/view.js';
import { quantities } from '../../web/model/record.js';
import { hideable } from '../../web/link/link.js';
import { Recording } from '../../web/model/recording.js';
import { perClassRange, ranges } from '../../web/model/settings.js';

/** @typedef {import('../../web/model/settings.js').Settings} Settings */
/** @typedef {import('../../web/link/link.js').Link} Link */

/** @param {{ least: number, greatest: number }} range */
const whole = ({ least, greatest }) => fc.integer({ min: least, max: greatest });

const classes = fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 1 });

const config = fc.record({
  layers: fc.array(whole(ranges.neurons), { minLength: 1, maxLength: 16 }),
  steps: whole(ranges.steps),
  learning_rate: fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true }),
  seed: whole(ranges.seed),
  shift_term: fc.boolean(),
  layer_input: fc.constantFrom(/** @type {const} */ ('previous'), /** @type {const} */ ('current')),
  gradient_equation: fc.constantFrom(/** @type {const} */ (22), /** @type {const} */ (31)),
});

const data = fc.constantFrom(...setNames).chain((set) =>
  fc.record({
    set: fc.constant(set),
    per_class: whole(perClassRange(set)),
    classes,
    data_seed: fc.option(whole(ranges.data_seed)),
  }),
);

/** Any allowed settings. @type {fc.Arbitrary<Settings>} */
export const anySettings = fc.record({ config, data, fast: fc.boolean() });

/** 32 hexadecimal digits. */
export const anyDigest = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });

/** Any link that is not shared. @type {fc.Arbitrary<Link>} */
const plainLink = fc.record({
  settings: anySettings,
  view: fc.constant({ ...defaultView }),
  step: fc.constant(null),
  fingerprint: fc.constant(null),
  hide: fc.constant([]),
  shared: fc.constant(false),
});

/** @type {fc.Arbitrary<Link>} */
const sharedLink = anySettings.chain((settings) =>
  fc.record({
    settings: fc.constant(settings),
    view: fc.record({
      charts: fc.constantFrom('papers', 'heatmap', 'lines'),
      scale: fc.constantFrom('shared', 'layer'),
      log: fc.boolean(),
      axis: fc.constantFrom('step', 'time'),
      compare: fc.constantFrom('overlay', 'difference'),
      layer: fc.integer({ min: 0, max: settings.config.layers.length - 1 }),
    }),
    step: fc.option(fc.integer({ min: 0, max: settings.config.steps - 1 })),
    fingerprint: fc.option(anyDigest),
    hide: fc.subarray([...hideable]),
    shared: fc.constant(true),
  }),
);

/** Any allowed link. */
export const anyLink = fc.oneof(plainLink, sharedLink);

/** Numbers of every kind, including −0, infinities, NaN, and the smallest and largest. */
const anyNumber = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 5e-324, Number.MAX_VALUE));

/**
 * A small run, finished or not, with the settings it was requested with. Its numbers are arbitrary.
 * @type {fc.Arbitrary<{ settings: Settings, recording: Recording }>}
 */
export const anyRun = fc
  .record({
    settings: anySettings,
    layers: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    planned: fc.integer({ min: 1, max: 5 }),
    missing: fc.integer({ min: 0, max: 5 }),
    fingerprint: anyDigest,
  })
  .chain(({ settings, layers, planned, missing, fingerprint }) => {
    const small = { ...settings, config: { ...settings.config, layers, steps: planned } };
    const steps = Math.max(0, planned - missing);
    const length = 1 + quantities.length * layers.length + layers[layers.length - 1];
    const row = fc.array(anyNumber, { minLength: length, maxLength: length });
    return fc.array(row, { minLength: steps, maxLength: steps }).map((rows) => {
      const recording = new Recording(small.config, small.fast);
      rows.forEach((values, k) => recording.append(Float64Array.of(k, ...values), 1));
      if (steps === planned && !small.fast) recording.fingerprint = fingerprint;
      return { settings: small, recording };
    });
  });
