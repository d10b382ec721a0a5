// The WebAssembly module in Node: the same files as in the page, without the page.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import createSka from '#ska';
import { beforeAll, describe, expect, it } from 'vitest';

import { StepRecord } from '../../web/model/record.js';
import { exactRuns, pixelsOf } from '../golden/exact-runs.js';
import { numpySamples } from '../golden/numpy-samples.js';
import { sets } from '../../web/model/sets.js';
import { goldenDefault, layerQuantities, tolerance } from '../golden/golden.js';

/** @typedef {import('#ska').Engine} Engine */
/** @typedef {import('../../web/model/types.js').Config} Config */

/** @type {import('#ska').MainModule} */
let module;
beforeAll(async () => {
  module = await createSka();
});

/** @type {Config} */
const papers = { layers: [256, 128, 64, 10], steps: 50, learning_rate: 0.01, seed: 42, shift_term: true };
/** @type {Config} */
const small = { layers: [5, 3], steps: 8, learning_rate: 0.1, seed: 1, shift_term: true };
const samples = 6;
const features = 9;
const pixels = Uint8Array.from({ length: samples * features }, (_, i) => (i * i * 7 + i) % 256);

/**
 * Passes an engine to `use` and deletes it afterwards.
 * @template T
 * @param {(engine: Engine) => T} use
 * @param {Config} [config]
 */
function withEngine(use, config = small, bytes = pixels, count = samples) {
  const engine = new module.Engine(config, bytes, count);
  try {
    return use(engine);
  } finally {
    engine.delete();
  }
}

/** Takes up to `most` steps. @param {Engine} engine @returns {Float64Array[]} their records */
function recordsOf(engine, most = Number.MAX_SAFE_INTEGER) {
  /** @type {Float64Array[]} */
  const records = [];
  expect(engine.advance(most, (record) => void records.push(record))).toBe(records.length);
  return records;
}

/** The error that `act` throws. @param {() => unknown} act @returns {Error & { faults?: unknown }} */
function thrown(act) {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return /** @type {Error} */ (error);
  }
  throw new Error('Nothing was thrown.');
}

/**
 * Expects `act` to throw exactly this class of error with this message.
 * @param {() => unknown} act
 * @param {ErrorConstructor | RangeErrorConstructor | TypeErrorConstructor} kind
 * @param {string} message
 */
function expectError(act, kind, message) {
  const error = thrown(act);
  expect(error.message).toBe(message);
  expect(error.constructor).toBe(kind);
  expect(error.name).toBe(kind.name);
  return error;
}

/** Casts a value to a type that the declarations forbid. @param {unknown} value @returns {any} */
const wrong = (value) => value;

describe('the default run', () => {
  it('pushes the reference’s numbers', () => {
    const read = (/** @type {string} */ name) =>
      gunzipSync(readFileSync(new URL(`../../public/data/mnist-paper-${name}-ubyte.gz`, import.meta.url)));
    const images = new Uint8Array(read('images-idx3').subarray(16));
    const records = withEngine((engine) => recordsOf(engine), papers, images, 1000).map(
      (values) => new StepRecord(values, papers.layers.length),
    );
    expect(records.map(({ step }) => step)).toEqual(Array.from({ length: 50 }, (_, k) => k));

    for (const quantity of layerQuantities) {
      goldenDefault(quantity).forEach((golden, layer) => {
        const curve = records.map((record) => record.of(quantity)[layer]);
        if (golden.length === 49) expect(curve.shift()).toBeNaN();
        expect(curve).toHaveLength(golden.length);
        const difference = Math.max(...golden.map((value, i) => Math.abs(value - curve[i])));
        expect(difference, `${quantity} of layer ${layer + 1}`).toBeLessThanOrEqual(tolerance(quantity, golden));
      });
    }
    goldenDefault('outputs').forEach((golden, neuron) => {
      const difference = Math.max(...golden.map((value, k) => Math.abs(value - records[k].outputs[neuron])));
      expect(difference, `neuron ${neuron}`).toBeLessThanOrEqual(tolerance('outputs', golden));
    });
    expect(records[0].totalEntropy).toBeNaN();
    for (const record of records.slice(1)) {
      expect(record.totalEntropy).toBe(record.of('entropy').reduce((sum, value) => sum + value, 0));
    }
  });
});

describe('taking steps', () => {
  const allAtOnce = () => withEngine((engine) => recordsOf(engine));

  it('one at a time gives the same bits as all at once', () => {
    const single = withEngine((engine) => Array.from({ length: small.steps }, () => recordsOf(engine, 1)).flat());
    expect(single).toEqual(allAtOnce());
    expect(single.map((record) => record.length)).toEqual(Array(small.steps).fill(2 + 7 * 2 + 3));
  });

  it('the same run again gives the same bits', () => expect(allAtOnce()).toEqual(allAtOnce()));

  it('hands over records that nothing changes later', () => {
    withEngine((engine) => {
      const [first] = recordsOf(engine, 1);
      const copy = first.slice();
      expect(first.buffer.byteLength).toBe(first.byteLength);
      recordsOf(engine);
      expect(first).toEqual(copy);
    });
  });

  it('pauses after the step whose watcher returns false, and goes on', () => {
    withEngine((engine) => {
      /** @type {Float64Array[]} */
      const records = [];
      const taken = engine.advance(Number.MAX_SAFE_INTEGER, (record) => records.push(record) < 3);
      expect(taken).toBe(3);
      expect(engine.stepsDone).toBe(3);
      expect(engine.isReady).toBe(true);
      expect([...records, ...recordsOf(engine)]).toEqual(allAtOnce());
      expect(engine.isReady).toBe(false);
    });
  });

  it.each([[undefined], [true], [null], [0], ['']])('goes on when the watcher returns %j', (value) => {
    withEngine((engine) =>
      expect(
        engine.advance(
          4,
          wrong(() => value),
        ),
      ).toBe(4),
    );
  });

  it('takes no step when none is asked for', () => {
    withEngine((engine) => {
      for (const most of [0, -1]) expect(recordsOf(engine, most)).toEqual([]);
      expect(engine.stepsDone).toBe(0);
    });
  });

  it('ends for good when cancelled', () => {
    withEngine((engine) => {
      recordsOf(engine, 2);
      engine.cancel();
      expect(engine.isReady).toBe(false);
      expect(engine.stepsDone).toBe(2);
      engine.forget();
      const message = 'The run was cancelled or has failed, and takes no further step.';
      expectError(() => recordsOf(engine), Error, message);
      expect(engine.weights(0)).toHaveLength(features * 5);
    });
  });

  it('ends when its watcher cancels', () => {
    withEngine((engine) => expect(engine.advance(5, () => engine.cancel())).toBe(1));
  });

  it('says so when there is no step left', () => {
    withEngine((engine) => {
      recordsOf(engine);
      expectError(() => recordsOf(engine, 1), Error, 'The run has taken all of its 8 steps.');
      expect(engine.stepsDone).toBe(8);
    });
  });

  it('starts anew with the weights it has after forget, which is not the first run again', () => {
    withEngine((engine) => {
      const before = recordsOf(engine);
      const weights = engine.weights(0);
      engine.forget();
      expect(engine.stepsDone).toBe(0);
      expect(engine.isReady).toBe(true);
      expect(engine.weights(0)).toEqual(weights);
      const after = recordsOf(engine);
      expect(after.map(([step]) => step)).toEqual(before.map(([step]) => step));
      expect(after).not.toEqual(before);
    });
  });

  it('goes on past the last one when extended, with the bits of a longer run', () => {
    const whole = withEngine((engine) => [recordsOf(engine), engine.fingerprint()], { ...small, steps: 12 });
    withEngine((engine) => {
      const records = recordsOf(engine);
      engine.extend(12);
      expect(engine.isReady).toBe(true);
      records.push(...recordsOf(engine));
      expect([records, engine.fingerprint()]).toEqual(whole);
      expect(engine.isReady).toBe(false);
    });
  });

  it.each([
    [7, 'The run has taken 8 steps and can be extended to 8 to 10000; 7 were given.'],
    [0, 'The number of steps must be a whole number from 1 to 10000; 0 was given.'],
    [10001, 'The number of steps must be a whole number from 1 to 10000; 10001 was given.'],
    [8.5, 'steps must be a whole number; 8.5 was given.'],
    [NaN, 'steps must be a whole number; nan was given.'],
  ])('is not extended to %d', (steps, message) => {
    withEngine((engine) => {
      recordsOf(engine);
      const error = expectError(() => engine.extend(steps), RangeError, message);
      expect(error.faults).toEqual([{ field: 'steps', message }]);
      expect(engine.isReady).toBe(false);
    });
  });

  it('is not extended when cancelled', () => {
    withEngine((engine) => {
      engine.cancel();
      const message = 'The run was cancelled or has failed, and cannot be extended.';
      expectError(() => engine.extend(20), Error, message);
    });
  });

  it('gets the settings through', () => {
    const plain = allAtOnce();
    /** @type {Partial<import('../../web/model/types.js').Config>[]} */
    const changes = [{ seed: 2 }, { learning_rate: 0.2 }, { shift_term: false }, { layers: [4, 3] }];
    for (const change of [...changes, { layer_input: /** @type {const} */ ('current') }, { gradient_equation: 31 }]) {
      expect(withEngine((engine) => recordsOf(engine), wrong({ ...small, ...change }))).not.toEqual(plain);
    }
    const off = {
      ...small,
      layer_input: /** @type {const} */ ('previous'),
      gradient_equation: /** @type {const} */ (22),
    };
    expect(withEngine((engine) => recordsOf(engine), off)).toEqual(plain);
    expect(withEngine((engine) => recordsOf(engine), { ...small, seed: 4294967295, steps: 10000 })).toHaveLength(10000);
  });

  it('two engines do not disturb each other', () => {
    withEngine((one) => {
      withEngine((other) => {
        const taken = Array.from({ length: small.steps }, () => [recordsOf(one, 1)[0], recordsOf(other, 1)[0]]);
        expect(taken.map(([record]) => record)).toEqual(allAtOnce());
        expect(taken.map(([, record]) => record)).toEqual(allAtOnce());
      });
    });
  });
});

describe('weights and biases', () => {
  it('have the sizes of their layers, and start as PyTorch draws them', () => {
    withEngine((engine) => {
      expect(engine.weights(0)).toBeInstanceOf(Float32Array);
      expect([0, 1].map((layer) => engine.weights(layer).length)).toEqual([features * 5, 5 * 3]);
      expect([0, 1].map((layer) => engine.biases(layer).length)).toEqual([5, 3]);
      expect([...engine.biases(0), ...engine.biases(1)]).toEqual(Array(8).fill(0));
    });
    withEngine(
      (engine) => {
        const drawn = [0.01926915, 0.01487284, 0.00900717, -0.02105521];
        drawn.forEach((value, i) => expect(engine.weights(0)[i]).toBeCloseTo(value, 8));
      },
      { ...papers, layers: [256, 10] },
      new Uint8Array(784),
      1,
    );
  });

  it('are copies: further steps, growing memory and delete leave them as they are', () => {
    const engine = new module.Engine(small, pixels, samples);
    recordsOf(engine, 3);
    const weights = engine.weights(0);
    const biases = engine.biases(1);
    const [weightsThen, biasesThen] = [weights.slice(), biases.slice()];
    recordsOf(engine, 3);
    expect(engine.weights(0)).not.toEqual(weightsThen);
    const before = module.HEAPU8.byteLength;
    withEngine(() => {}, { ...small, layers: [4096, 4096] });
    expect(module.HEAPU8.byteLength).toBeGreaterThan(before); // otherwise the test is void
    weights[0] += 0; // a view of memory that grew would be detached
    engine.delete();
    expect(weights).toEqual(weightsThen);
    expect(biases).toEqual(biasesThen);
    expect(weights.buffer.byteLength).toBe(weights.byteLength);
  });

  it('of a caller are not written to: changing a copy changes no run', () => {
    withEngine((engine) => {
      const first = engine.weights(0)[0];
      engine.weights(0).fill(5);
      expect(engine.weights(0)[0]).toBe(first);
    });
  });

  it.each([[2], [-1], [4294967296], [1e15]])('there are none of layer %d', (layer) => {
    withEngine((engine) => {
      expectError(() => engine.weights(layer), RangeError, 'The network has no such layer.');
      expectError(() => engine.biases(layer), RangeError, 'The network has no such layer.');
    });
  });

  it.each([[0.5], [NaN], [Infinity]])('there are none of layer %d', (layer) => {
    const message = `layer must be a whole number; ${{ Infinity: 'inf', NaN: 'nan' }[layer] ?? layer} was given.`;
    withEngine((engine) => {
      expectError(() => engine.weights(layer), RangeError, message);
      expectError(() => engine.biases(layer), RangeError, message);
    });
  });
});

describe('given weights', () => {
  const count = features * 5 + 5 + 5 * 3 + 3;

  /** All weights of an engine: W, then b, layer by layer. @param {Engine} engine */
  const weightsOf = (engine) =>
    Float32Array.from([0, 1].flatMap((layer) => [...engine.weights(layer), ...engine.biases(layer)]));

  it('are what the run starts from', () => {
    withEngine((engine) => {
      recordsOf(engine);
      const weights = weightsOf(engine);
      expect(weights).toHaveLength(count);
      const other = new module.Engine({ ...small, seed: 99 }, pixels, samples, 1, weights);
      try {
        expect(weightsOf(other)).toEqual(weights);
        weights.fill(0); // the engine holds a copy
        engine.forget();
        expect(recordsOf(other)).toEqual(recordsOf(engine));
        expect(other.fingerprint()).toBe(engine.fingerprint());
      } finally {
        other.delete();
      }
    });
  });

  it('go to W row by row, then to b', () => {
    const numbers = Float32Array.from({ length: count }, (_, i) => i / 64);
    const engine = new module.Engine(small, pixels, samples, 1, numbers);
    expect(engine.weights(0)).toEqual(numbers.subarray(0, 45));
    expect(engine.biases(0)).toEqual(numbers.subarray(45, 50));
    expect(engine.weights(1)).toEqual(numbers.subarray(50, 65));
    expect(engine.biases(1)).toEqual(numbers.subarray(65));
    engine.delete();
  });

  it.each([0, 1, count - 1, count + 1])('of %d numbers are refused, and the length needed is told', (length) => {
    const create = () => new module.Engine(small, pixels, samples, 1, new Float32Array(length));
    const message = `A network of these layers has ${count} weights and biases; ${length} were given.`;
    expectError(create, RangeError, message);
  });

  it.each([
    [NaN, 'nan'],
    [-Infinity, '-inf'],
  ])('with a %d are refused', (number, text) => {
    const weights = new Float32Array(count).fill(number, 2);
    const message = `Weights and biases must be finite numbers; number 3 of those given is ${text}.`;
    expectError(() => new module.Engine(small, pixels, samples, 1, weights), RangeError, message);
  });

  it.each([
    ['Array', Array(count).fill(0)],
    ['Float64Array', new Float64Array(count)],
    ['null', null],
    ['undefined', undefined],
  ])('of type %s are refused', (_, weights) => {
    const message = 'The weights must be a Float32Array: for each layer its weights, then its biases.';
    expectError(() => new module.Engine(small, pixels, samples, 1, wrong(weights)), RangeError, message);
  });

  it('do not hide what else is wrong', () => {
    const create = (/** @type {object} */ change) =>
      new module.Engine({ ...small, ...change }, pixels, samples, 1, new Float32Array(3));
    expectError(() => create({ layers: [0] }), RangeError, 'Layer 1 has 0 neurons; a layer has 1 to 4096.');
  });
});

describe('the pixels', () => {
  it('are copied: changing them afterwards changes no run', () => {
    const mine = pixels.slice();
    const plain = withEngine((engine) => recordsOf(engine));
    withEngine(
      (engine) => {
        mine.fill(255);
        expect(recordsOf(engine)).toEqual(plain);
      },
      small,
      mine,
    );
  });

  it('may be part of a larger buffer', () => {
    const larger = new Uint8Array(100 + pixels.length);
    larger.set(pixels, 50);
    const part = larger.subarray(50, 50 + pixels.length);
    const plain = withEngine((engine) => recordsOf(engine));
    expect(withEngine((engine) => recordsOf(engine), small, part)).toEqual(plain);
    expect(withEngine((engine) => recordsOf(engine), small, Buffer.from(pixels))).toEqual(plain);
  });
});

describe('a bad configuration', () => {
  /** @typedef {[what: string, change: object, faults: [field: string, message: string][]]} Row */
  /** One changed field, and its only error message. @param {object} change @param {string} message @returns {Row} */
  const row = (change, message) => [JSON.stringify(change), change, [[Object.keys(change)[0], message]]];
  /** Error messages of the core and the bindings for changes to the small configuration. */
  /** @type {Row[]} */
  const table = [
    ['no layers', { layers: [] }, [['layers', 'A network has 1 to 16 layers; 0 were given.']]],
    ['too many', { layers: Array(17).fill(1) }, [['layers', 'A network has 1 to 16 layers; 17 were given.']]],
    [
      'an endless list',
      { layers: new Array(4294967295) },
      [['layers', 'layers has 4294967295 numbers, far more than a network has layers.']],
    ],
    [
      'bad sizes',
      { layers: [0, 1, 4097] },
      [
        ['layers', 'Layer 1 has 0 neurons; a layer has 1 to 4096.'],
        ['layers', 'Layer 3 has 4097 neurons; a layer has 1 to 4096.'],
      ],
    ],
    ['a broken size', { layers: [1.5] }, [['layers', 'layers[0] must be a whole number; 1.5 was given.']]],
    ['a size NaN', { layers: [2, NaN] }, [['layers', 'layers[1] must be a whole number; nan was given.']]],
    ['a size in words', { layers: ['5'] }, [['layers', 'layers[0] must be a whole number.']]],
    ['a hole', { layers: [2, , 3] }, [['layers', 'layers[1] must be a whole number.']]], // eslint-disable-line no-sparse-arrays
    ['one number', { layers: 5 }, [['layers', 'layers must be a list of whole numbers.']]],
    ['a typed array', { layers: Int32Array.of(5) }, [['layers', 'layers must be a list of whole numbers.']]],
    ['steps 0', { steps: 0 }, [['steps', 'The number of steps must be a whole number from 1 to 10000; 0 was given.']]],
    [
      'steps 10001',
      { steps: 10001 },
      [['steps', 'The number of steps must be a whole number from 1 to 10000; 10001 was given.']],
    ],
    ['steps 2.5', { steps: 2.5 }, [['steps', 'steps must be a whole number; 2.5 was given.']]],
    ['steps 1e300', { steps: 1e300 }, [['steps', 'steps must be a whole number; 1e+300 was given.']]],
    ['steps "5"', { steps: '5' }, [['steps', 'steps must be a whole number.']]],
    ['steps 5n', { steps: 5n }, [['steps', 'steps must be a whole number.']]],
    [
      'rate 0',
      { learning_rate: 0 },
      [['learning_rate', 'The learning rate must be a finite number above 0; 0 was given.']],
    ],
    [
      'rate NaN',
      { learning_rate: NaN },
      [['learning_rate', 'The learning rate must be a finite number above 0; nan was given.']],
    ],
    [
      'rate Infinity',
      { learning_rate: Infinity },
      [['learning_rate', 'The learning rate must be a finite number above 0; inf was given.']],
    ],
    ['rate "1"', { learning_rate: '1' }, [['learning_rate', 'learning_rate must be a number.']]],
    ['seed -1', { seed: -1 }, [['seed', 'The weight seed must be a whole number from 0 to 4294967295; -1 was given.']]],
    [
      'seed 2³²',
      { seed: 2 ** 32 },
      [['seed', 'The weight seed must be a whole number from 0 to 4294967295; 4294967296 was given.']],
    ],
    ['shift 1', { shift_term: 1 }, [['shift_term', 'shift_term must be true or false.']]],
    ['shift null', { shift_term: null }, [['shift_term', 'shift_term must be true or false.']]],
    ...['next', '', 1, null, [], {}].map((layer_input) =>
      row({ layer_input }, 'layer_input must be "previous" or "current".'),
    ),
    ...[0, 23, -31].map((gradient_equation) =>
      row({ gradient_equation }, `The gradient's equation must be 22 or 31; ${gradient_equation} was given.`),
    ),
    ...['31', null, true].map((gradient_equation) =>
      row({ gradient_equation }, 'gradient_equation must be a whole number.'),
    ),
    row({ gradient_equation: 22.5 }, 'gradient_equation must be a whole number; 22.5 was given.'),
  ];

  it.each(table)('%s', (_, change, expected) => {
    const config = wrong({ ...small, ...change });
    const faults = expected.map(([field, message]) => ({ field, message }));
    const message = faults.map((fault) => fault.message).join(' ');
    const error = expectError(() => new module.Engine(config, pixels, samples), RangeError, message);
    expect(error.faults).toEqual(faults);
    expect(module.validate(config)).toEqual(faults);
  });

  it('is told with every fault at once, the batch’s too', () => {
    const config = { layers: [0], steps: 0, learning_rate: -1, seed: -1, shift_term: true };
    const error = thrown(() => new module.Engine(config, pixels, 7));
    expect(error).toBeInstanceOf(RangeError);
    const fields = /** @type {{ field: string }[]} */ (error.faults).map(({ field }) => field);
    expect(fields).toEqual(['layers', 'steps', 'learning_rate', 'seed', 'pixels']);
    const mixed = wrong({ layers: [1.5], steps: 0, seed: 3, shift_term: true });
    expect(module.validate(mixed).map(({ field }) => field)).toEqual(['layers', 'learning_rate', 'steps']);
  });

  it('lacks fields', () => {
    const fields = ['layers', 'steps', 'learning_rate', 'seed', 'shift_term'];
    for (const config of [{}, 5, 'config', []]) {
      expect(module.validate(wrong(config)).map(({ field }) => field)).toEqual(fields);
    }
    for (const field of fields) {
      const config = wrong({ ...small, [field]: undefined });
      expect(module.validate(config).map((fault) => fault.field)).toEqual([field]);
    }
  });

  it.each([[null], [undefined]])('is %s', (config) => {
    const faults = [{ field: 'config', message: 'A configuration object is needed.' }];
    expect(module.validate(wrong(config))).toEqual(faults);
    const create = () => new module.Engine(wrong(config), pixels, samples);
    expect(expectError(create, RangeError, faults[0].message).faults).toEqual(faults);
  });

  it('throws when read', () => {
    const mine = new TypeError('mine');
    const config = wrong({
      ...small,
      get steps() {
        throw mine;
      },
    });
    expect(thrown(() => module.validate(config))).toBe(mine);
    expect(thrown(() => new module.Engine(config, pixels, samples))).toBe(mine);
  });

  it('is none when there is no fault', () => {
    expect(module.validate(papers)).toEqual([]);
    expect(module.validate(wrong({ ...papers, unknown: 1 }))).toEqual([]);
  });
});

describe('sample indices', () => {
  const labels = Uint8Array.of(7, 0, 7, 7, 0, 255, 0, 7);
  const trainLabels = () =>
    new Uint8Array(
      gunzipSync(readFileSync(new URL('../../public/data/train-labels-idx1-ubyte.gz', import.meta.url))).subarray(8),
    );

  it('without a data seed are the first of each class, in file order', () => {
    const first = module.sampleIndices(labels, { per_class: 1, classes: [255, 7, 0], data_seed: null });
    expect(first).toEqual(Int32Array.of(0, 1, 5));
    const two = module.sampleIndices(labels, { per_class: 2, classes: [7, 0], data_seed: null });
    expect(two).toEqual(Int32Array.of(0, 1, 2, 4));
    const all = module.sampleIndices(labels, { per_class: 1, classes: [], data_seed: null });
    expect(all).toEqual(Int32Array.of(0, 1, 5));
    const papers = module.sampleIndices(trainLabels(), { per_class: 100, classes: [], data_seed: null });
    expect([papers.length, papers.at(-1)]).toEqual([1000, 1105]);
  });

  it('with one are NumPy’s, one stream through all classes', () => {
    const text = readFileSync(new URL('../golden/numpy_shuffle.txt', import.meta.url), 'utf8');
    for (const stream of text.split(/^seed /m).slice(1)) {
      const [seed, ...lines] = stream.trimEnd().split('\n');
      const shuffles = lines
        .filter((line) => !line.startsWith('shuffle'))
        .map((line) => line.split(' ').filter(Boolean));
      // Class c has as many samples as its shuffle is long, and starts where the previous class ends. One sample of
      // each class is taken, because the module takes the same number from all.
      const taken = shuffles.filter((shuffle) => shuffle.length > 0);
      const long = Uint8Array.from(taken.flatMap((shuffle, c) => Array(shuffle.length).fill(c)));
      const classes = taken.map((_, c) => c);
      let start = 0;
      const expected = taken.map((shuffle) => {
        const index = start + Number(shuffle[0]);
        start += shuffle.length;
        return index;
      });
      const indices = module.sampleIndices(long, { per_class: 1, classes, data_seed: Number(seed) });
      expect([...indices], `seed ${seed}`).toEqual(expected);
      const alone = { per_class: taken[0].length, classes: [0], data_seed: Number(seed) };
      expect([...module.sampleIndices(long, alone)], `seed ${seed}`).toEqual(taken[0].map(Number));
    }
  });

  it('of MNIST begin as NumPy’s do', () => {
    const options = { per_class: 5, classes: [0], data_seed: 0 };
    expect(module.sampleIndices(trainLabels(), options)).toEqual(Int32Array.of(13830, 52831, 48180, 18563, 7451));
  });

  it.each(numpySamples())('of $set with data seed $seed are NumPy’s in every class', ({ set, seed, indices }) => {
    const file = new URL(`../../public/data/${sets[set].whole}-labels-idx1-ubyte.gz`, import.meta.url);
    const labels = new Uint8Array(gunzipSync(readFileSync(file)).subarray(8));
    const picked = module.sampleIndices(labels, { per_class: 10, classes: [], data_seed: seed });
    expect([...picked]).toEqual(indices.flat());
  });

  const options = { per_class: 1, classes: [7, 0], data_seed: 3 };
  /** @type {[change: object, message: string][]} */
  const table = [
    [{ per_class: 4 }, 'Class 0 has 3 samples; 4 per class were asked for.'],
    [{ per_class: 0 }, 'At least 1 sample per class is needed; 0 were asked for.'],
    [{ per_class: 1.5 }, 'per_class must be a whole number; 1.5 was given.'],
    [{ per_class: undefined }, 'per_class must be a whole number.'],
    [{ classes: [7, 7] }, 'Class 7 is named twice.'],
    [{ classes: [3] }, 'Class 3 does not occur in the labels, which hold the classes 0, 7, 255.'],
    [{ classes: [2 ** 32] }, 'Class 4294967296 does not occur in the labels, which hold the classes 0, 7, 255.'],
    [{ classes: [-1] }, 'Class -1 does not occur in the labels, which hold the classes 0, 7, 255.'],
    [{ classes: ['7'] }, 'classes[0] must be a whole number.'],
    [{ classes: 7 }, 'classes must be a list of whole numbers.'],
    [{ classes: new Array(5000) }, 'classes has 5000 numbers, far more than there are classes.'],
    [{ data_seed: -1 }, 'The data seed must be a whole number from 0 to 4294967295; -1 was given.'],
    [{ data_seed: 2 ** 32 }, 'The data seed must be a whole number from 0 to 4294967295; 4294967296 was given.'],
    [{ data_seed: 0.5 }, 'data_seed must be a whole number; 0.5 was given.'],
    [{ data_seed: undefined }, 'data_seed must be a whole number.'],
    [{ data_seed: '1' }, 'data_seed must be a whole number.'],
  ];
  it.each(table)('are refused for %j', (change, message) => {
    expectError(() => module.sampleIndices(labels, wrong({ ...options, ...change })), RangeError, message);
  });

  it('need labels and options', () => {
    const none = 'There are no labels to choose samples by.';
    expectError(() => module.sampleIndices(new Uint8Array(), options), RangeError, none);
    const bytes = 'The labels must be a Uint8Array, one byte per sample.';
    for (const bad of [[7, 0], null, new Int8Array(3)]) {
      expectError(() => module.sampleIndices(wrong(bad), options), RangeError, bytes);
    }
    const message = 'An object of options is needed.';
    for (const bad of [null, undefined]) {
      expectError(() => module.sampleIndices(labels, wrong(bad)), RangeError, message);
    }
  });
});

describe('a bad batch', () => {
  it.each([
    ['Array', [1, 2, 3]],
    ['Uint8ClampedArray', new Uint8ClampedArray(54)],
    ['Float32Array', new Float32Array(54)],
    ['ArrayBuffer', new ArrayBuffer(54)],
    ['string', 'pixels'],
    ['null', null],
    ['undefined', undefined],
  ])('of type %s', (_, bytes) => {
    const message = 'The pixels must be a Uint8Array, one byte per pixel.';
    expectError(() => new module.Engine(small, wrong(bytes), samples), RangeError, message);
  });

  it.each([
    [54, 7, 'A batch of 7 samples with 7 pixels each does not match the 54 pixels given.'],
    [10, 4, 'A batch of 4 samples with 2 pixels each does not match the 10 pixels given.'],
    [54, 55, 'A sample has 1 to 1000000 pixels; 0 were given.'],
    [0, 1, 'A sample has 1 to 1000000 pixels; 0 were given.'],
    [1000001, 1, 'A sample has 1 to 1000000 pixels; 1000001 were given.'],
    [54, 9007199254740991, 'A sample has 1 to 1000000 pixels; 0 were given.'],
    [54, 1.5, 'samples must be a whole number; 1.5 was given.'],
    [54, NaN, 'samples must be a whole number; nan was given.'],
    [54, Infinity, 'samples must be a whole number; inf was given.'],
    [54, 1e300, 'samples must be a whole number; 1e+300 was given.'],
  ])('of %d bytes and %d samples', (bytes, count, message) => {
    expectError(() => new module.Engine(small, new Uint8Array(bytes), count), RangeError, message);
  });

  it.each([[0], [-1], [-6]])('of %d samples', (count) => {
    const error = thrown(() => new module.Engine(small, pixels, count));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toMatch(/^A run needs at least one sample; the batch is empty\./);
    expect(error.faults).toContainEqual({
      field: 'samples',
      message: 'A run needs at least one sample; the batch is empty.',
    });
  });

  it('too large for memory says how much it needs, and leaves the module usable', () => {
    const create = () => new module.Engine({ ...small, layers: [4096, 4096, 4096] }, new Uint8Array(60_000), 60_000);
    const message =
      'This run does not fit in memory: 60000 samples through these layers need about 6218 MB. ' +
      'Fewer samples or smaller layers need less.';
    expectError(create, RangeError, message);
    expect(withEngine((engine) => recordsOf(engine))).toHaveLength(small.steps);
  });
});

describe('a run that fails', () => {
  it('names step and layer, and takes no further step', () => {
    withEngine(
      (engine) => {
        /** @type {number[]} */
        const steps = [];
        const error = thrown(() => engine.advance(8, ([step]) => void steps.push(step)));
        expect(error.constructor).toBe(Error);
        expect(error.message).toMatch(/^The run stopped at step 1, layer 1: ‖W‖ is no longer a finite number\. /);
        expect(steps).toEqual([0]); // the previous step was valid
        expect(engine.isReady).toBe(false);
        expectError(() => recordsOf(engine), Error, 'The run was cancelled or has failed, and takes no further step.');
      },
      { ...small, learning_rate: 1e300 },
    );
  });
});

describe('a watcher', () => {
  it('that throws is heard unchanged, and the run goes on from the step it saw', () => {
    const plain = withEngine((engine) => recordsOf(engine));
    for (const mine of [new TypeError('mine'), { not: 'an error' }, 'text', undefined]) {
      withEngine((engine) => {
        let caught;
        let called = false;
        try {
          engine.advance(8, ([step]) => {
            if (step === 2) throw mine;
          });
        } catch (error) {
          caught = error;
          called = true;
        }
        expect(called).toBe(true);
        expect(caught).toBe(mine);
        expect(engine.stepsDone).toBe(3);
        expect(engine.isReady).toBe(true);
        expect(recordsOf(engine)).toEqual(plain.slice(3));
      });
    }
  });

  it.each([[5], [null], [undefined], [{}], ['text']])('must be a function, and not %j', (watch) => {
    withEngine((engine) => {
      expectError(() => engine.advance(1, wrong(watch)), RangeError, 'The watcher of steps must be a function.');
      expect(engine.stepsDone).toBe(0); // checked before the step, which cannot be undone
    });
  });

  it.each([[0.5], [NaN], [Infinity]])('is not called for %d steps', (most) => {
    const given = { Infinity: 'inf', NaN: 'nan' }[most] ?? most;
    withEngine((engine) => {
      expectError(() => engine.advance(most, () => {}), RangeError, `most must be a whole number; ${given} was given.`);
      expect(engine.stepsDone).toBe(0);
    });
  });

  it('may take steps itself', () => {
    const plain = withEngine((engine) => recordsOf(engine));
    withEngine((engine) => {
      const inner = /** @type {Float64Array[]} */ ([]);
      engine.advance(1, () => void inner.push(...recordsOf(engine, 2)));
      expect(inner).toEqual(plain.slice(1, 3));
      expect(recordsOf(engine)).toEqual(plain.slice(3));
    });
  });

  it('may delete the engine, which then takes no further step', () => {
    const before = withEngine(() => module.heapBytesInUse());
    for (let round = 0; round < 10; ++round) {
      const engine = new module.Engine(small, pixels, samples);
      let calls = 0;
      const taken = engine.advance(8, () => {
        if (++calls === 2) engine.delete();
      });
      expect([taken, calls]).toEqual([2, 2]);
      expect(() => engine.stepsDone).toThrow(Error);
    }
    expect(withEngine(() => module.heapBytesInUse())).toBe(before);
  });
});

describe('after delete', () => {
  it('every use is an Error, and the module goes on', () => {
    const engine = new module.Engine(small, pixels, samples);
    recordsOf(engine, 2);
    engine.delete();
    const uses = [
      () => engine.advance(1, () => {}),
      () => engine.cancel(),
      () => engine.forget(),
      () => engine.extend(9),
      () => engine.weights(0),
      () => engine.biases(0),
      () => engine.isReady,
      () => engine.stepsDone,
      () => engine.delete(),
    ];
    for (const use of uses) expect(thrown(use).message).toMatch(/deleted/);
    expect(withEngine((other) => recordsOf(other))).toHaveLength(small.steps);
  });
});

describe('the module', () => {
  it('has the version of package.json', () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    expect(module.version()).toBe(JSON.parse(text).version);
  });

  it('can be made twice, each with a memory of its own', async () => {
    const other = await createSka();
    expect(other.HEAPU8.buffer).not.toBe(module.HEAPU8.buffer);
    const engine = new other.Engine(small, pixels, samples);
    expect(recordsOf(engine)).toEqual(withEngine((mine) => recordsOf(mine)));
    engine.delete();
  });
});

describe('a hundred rounds leave the memory as it was', () => {
  const failing = () => thrown(() => new module.Engine({ ...small, layers: [0] }, pixels, samples));
  const ill = wrong({ ...small, layers: 'x', seed: NaN });
  /** @type {[what: string, round: () => unknown][]} */
  const table = [
    ['create, run, delete', () => withEngine((engine) => recordsOf(engine))],
    ['create and delete', () => withEngine(() => {})],
    ['weights and biases', () => withEngine((engine) => [engine.weights(0), engine.biases(1)])],
    ['extended', () => withEngine((engine) => engine.extend(20))],
    [
      'from given weights',
      () => new module.Engine({ ...small, layers: [2] }, pixels, samples, 1, new Float32Array(20)).delete(),
    ],
    [
      'refused for given weights',
      () => thrown(() => new module.Engine(small, pixels, samples, 1, new Float32Array(1))),
    ],
    ['sampled', () => module.sampleIndices(pixels, { per_class: 1, classes: [], data_seed: 1 })],
    ['refused for its sampling', () => thrown(() => module.sampleIndices(pixels, wrong({ per_class: 'x' })))],
    ['cancelled', () => withEngine((engine) => engine.advance(8, () => engine.cancel()))],
    ['refused by the core', failing],
    ['refused for types', () => thrown(() => new module.Engine(ill, pixels, samples))],
    ['refused for the pixels', () => thrown(() => new module.Engine(small, wrong([1]), samples))],
    ['refused for samples', () => thrown(() => new module.Engine(small, pixels, 1.5))],
    [
      'a getter that throws',
      () =>
        thrown(() =>
          module.validate(
            wrong({
              ...small,
              get seed() {
                throw new Error('mine');
              },
            }),
          ),
        ),
    ],
    ['validated', () => [module.validate(small), module.validate(ill)]],
    [
      'a watcher that throws',
      () =>
        withEngine((engine) =>
          thrown(() =>
            engine.advance(8, () => {
              throw new Error('mine');
            }),
          ),
        ),
    ],
    ['not finite', () => withEngine((engine) => thrown(() => recordsOf(engine)), { ...small, learning_rate: 1e300 })],
    ['no such layer', () => withEngine((engine) => thrown(() => engine.weights(9)))],
    [
      'after the end',
      () =>
        withEngine((engine) => {
          recordsOf(engine);
          thrown(() => recordsOf(engine));
        }),
    ],
  ];
  it.each(table)('%s', (_, round) => {
    round(); // the first round makes permanent allocations
    const before = module.heapBytesInUse();
    for (let i = 0; i < 100; ++i) round();
    expect(module.heapBytesInUse()).toBe(before);
  });
});

describe('the same bits', () => {
  it('come from every run in Node, and have the fingerprint of every other host', () => {
    for (const run of exactRuns()) {
      withEngine(
        (engine) => {
          expect(engine.fingerprint()).toBeUndefined();
          recordsOf(engine);
          expect(engine.fingerprint(), run.name).toBe(run.fingerprint);
        },
        run.config,
        pixelsOf(run),
        run.samples,
      );
    }
  });

  it('come from 1, 2, 3 and 8 threads', async () => {
    const { default: createThreaded } = await import('#ska-threads');
    const threaded = await createThreaded({ threads: 8 });
    for (const run of exactRuns()) {
      const bytes = pixelsOf(run);
      for (const threads of [1, 2, 3, 8]) {
        const engine = new threaded.Engine(run.config, bytes, run.samples, threads);
        engine.advance(run.config.steps, () => {});
        expect(engine.fingerprint(), `${run.name}, ${threads} threads`).toBe(run.fingerprint);
        engine.delete();
      }
    }
  });

  it('are promised by this build', () => {
    expect(module.isExact()).toBe(true);
    expect(module.kernels()).toBe('WebAssembly SIMD');
  });
});

describe('threads are refused', () => {
  it.each([
    [0, 'A run has 1 to 64 threads; 0 were asked for.'],
    [65, 'A run has 1 to 64 threads; 65 were asked for.'],
    [1.5, 'threads must be a whole number; 1.5 was given.'],
    [NaN, 'threads must be a whole number; nan was given.'],
  ])('where they are %d', (threads, message) => {
    expectError(() => new module.Engine(small, pixels, samples, threads), RangeError, message);
  });

  it('beyond those that the module was made with', () => {
    expectError(
      () => new module.Engine(small, pixels, samples, 2),
      Error,
      'The system gives no more than 1 thread; 2 were asked for.',
    );
  });
});
