import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { readNpz, writeNpz } from '../../web/files/npz.js';

/** @typedef {import('../../web/model/types.js').LayerWeights} LayerWeights */

const layers = [
  { weights: Float32Array.of(1, 2, 3, 4, 5, 6), biases: Float32Array.of(-0, 0.5, 7), inputs: 2, neurons: 3 },
  { weights: Float32Array.of(0.1, 1e-40, -1), biases: Float32Array.of(-8), inputs: 3, neurons: 1 },
];

/**
 * A .npy file of version 1.0 with this header and these numbers, as doubles or as bytes.
 * @param {string} header
 * @param {number[] | Uint8Array} numbers
 */
function npy(header, numbers) {
  const body = numbers instanceof Uint8Array ? numbers : new Uint8Array(Float64Array.from(numbers).buffer);
  const length = header.length;
  return Uint8Array.of(0x93, ...strToU8('NUMPY'), 1, 0, length & 0xff, length >> 8, ...strToU8(header), ...body);
}

/** @param {string} shape @param {number[]} numbers */
const doubles = (shape, numbers) => npy(`{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }\n`, numbers);

const W1 = doubles('(2, 1)', [1, 2]);
const b1 = doubles('(1,)', [3]);

/** @param {Record<string, Uint8Array>} arrays */
const zipped = (arrays) =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, file]) => [`${name}.npy`, file])));

describe('weights as .npz', () => {
  it('are arrays of version 1.0 whose numbers begin at a multiple of 64 bytes', () => {
    const files = unzipSync(writeNpz(layers));
    expect(Object.keys(files)).toEqual(['W1.npy', 'b1.npy', 'W2.npy', 'b2.npy']);
    const W1 = files['W1.npy'];
    expect(strFromU8(W1.subarray(0, 10), true)).toBe('\x93NUMPY\x01\x00\x76\x00');
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    expect(strFromU8(W1.subarray(10, 128))).toBe(`${header.padEnd(117)}\n`);
    expect([...W1.subarray(128)]).toEqual([...new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer)]);
    expect(strFromU8(files['b2.npy'])).toContain("'shape': (1,), }");
  });

  it('are the same bytes for the same weights', () => {
    expect(writeNpz(layers)).toEqual(writeNpz(layers));
  });

  it('read back, and are no part of the bytes', () => {
    const bytes = writeNpz(layers);
    const read = readNpz(bytes);
    bytes.fill(0);
    expect(read).toEqual({ layers });
  });

  it('read back, whatever they are', () => {
    const float = fc.float({ noNaN: true, noDefaultInfinity: true });
    /** @param {number} count */
    const floats = (count) =>
      fc.array(float, { minLength: count, maxLength: count }).map((list) => Float32Array.from(list));
    /** @param {number[]} sizes @returns {fc.Arbitrary<LayerWeights[]>} */
    const layersOf = (sizes) =>
      fc.tuple(
        ...sizes.slice(1).map((neurons, l) =>
          fc.record({
            weights: floats(sizes[l] * neurons),
            biases: floats(neurons),
            inputs: fc.constant(sizes[l]),
            neurons: fc.constant(neurons),
          }),
        ),
      );
    const any = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 17 }).chain(layersOf);
    fc.assert(fc.property(any, (layers) => void expect(readNpz(writeNpz(layers))).toEqual({ layers })));
  });
});

describe('weights that NumPy wrote', () => {
  // As in fixtures/numpy_weights.py: W1 float64, once in Fortran order; b1 and W2 float32; b2 float64.
  const expected = [
    {
      weights: Float32Array.of(1.5, -2, 0.25, 0.1, 1e-40, 3),
      biases: Float32Array.of(0.5, -0, 7),
      inputs: 2,
      neurons: 3,
    },
    { weights: Float32Array.of(1, 2, -4), biases: Float32Array.of(0.2), inputs: 3, neurons: 1 },
  ];

  it.each(['numpy-stored.npz', 'numpy-deflated.npz'])('are read from %s', (name) => {
    const bytes = readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
    expect(readNpz(new Uint8Array(bytes))).toEqual({ layers: expected });
  });
});

describe('weights that are none', () => {
  const deflatedZip = zipped({ W1: doubles('(100, 1)', Array(100).fill(1)), b1 });

  /**
   * The bytes with one number of the zip's central directory entry changed.
   * @param {Uint8Array} bytes
   * @param {number} at
   * @param {number[]} put
   */
  function withDirectory(bytes, at, put) {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const copy = bytes.slice();
    copy.set(put, view.getUint32(bytes.length - 6, true) + at);
    return copy;
  }

  it.each(
    /** @type {[string, Uint8Array, string | RegExp][]} */ ([
      ['no bytes', new Uint8Array(), 'The file is not a zip, or its end is missing.'],
      [
        'a text',
        strToU8('W1 = 3, and so on, for some more characters'),
        'The file is not a zip, or its end is missing.',
      ],
      ['a zip cut short', deflatedZip.subarray(0, -10), 'The file is not a zip, or its end is missing.'],
      ['an empty zip', zipped({}), /^The file has no array W1; /],
      ['no biases', zipped({ W1 }), /^The file has no array b1; /],
      ['a gap', zipped({ W1, b1, W3: W1, b3: b1 }), /^The file has no array W2; /],
      ['a count from 0', zipped({ W0: W1, b0: b1, W1, b1 }), /^The file has an array W0; .* counted from 1/],
      [
        '17 layers',
        zipped(
          Object.fromEntries(
            Array.from({ length: 17 }, (_, l) => [
              [`W${l + 1}`, W1],
              [`b${l + 1}`, b1],
            ]).flat(),
          ),
        ),
        'The file has weights of 17 layers; a network has 1 to 16.',
      ],
      [
        'whole numbers',
        zipped({ W1: npy("{'descr': '<i8', 'fortran_order': False, 'shape': (2, 1), }", [1, 2]), b1 }),
        'W1 has numbers of the type “<i8”; float32 (<f4) and float64 (<f8) are read.',
      ],
      [
        'Python objects',
        zipped({ W1: npy("{'descr': '|O', 'fortran_order': False, 'shape': (2, 1), }", [1, 2]), b1 }),
        /^W1 has numbers of the type “\|O”/,
      ],
      ['no .npy', zipped({ W1: strToU8('not an array'), b1 }), /^W1 is not an array of NumPy’s format/],
      ['no shape', zipped({ W1: npy("{'descr': '<f8', 'fortran_order': False}", [1]), b1 }), /^W1 has a header that/],
      ['a header cut short', zipped({ W1: W1.subarray(0, 40), b1 }), /^W1 has a header that does not say what/],
      [
        'numbers cut short',
        zipped({ W1: W1.subarray(0, -8), b1 }),
        'W1 of shape (2, 1) has 16 bytes of numbers; 8 follow.',
      ],
      [
        'a shape that overflows',
        zipped({ W1: doubles('(999999999999, 999999999999, 999999999999)', [1]), b1 }),
        /^W1 of shape .*; 8 follow\.$/,
      ],
      ['NaN', zipped({ W1: doubles('(2, 1)', [1, NaN]), b1 }), /^W1 has NaN as its number 2; /],
      ['an infinity', zipped({ W1, b1: doubles('(1,)', [-Infinity]) }), /^b1 has -Infinity as its number 1; /],
      ['too great a number', zipped({ W1, b1: doubles('(1,)', [1e39]) }), /^b1 has 1e\+39 as its number 1; /],
      ['a flat W', zipped({ W1: doubles('(2,)', [1, 2]), b1 }), 'W1 has the shape (2,); it must be (inputs, neurons).'],
      ['an empty W', zipped({ W1: doubles('(0, 1)', []), b1 }), /^W1 has the shape \(0, 1\); a layer has 1 to/],
      ['too wide a layer', zipped({ W1: doubles('(1, 4097)', Array(4097).fill(0)), b1 }), /1 to 4096 neurons\.$/],
      [
        'biases of another size',
        zipped({ W1, b1: doubles('(2,)', [1, 2]) }),
        'b1 has the shape (2,); with the 1 neurons of W1 it must be (1,).',
      ],
      [
        'layers that do not follow one another',
        zipped({ W1, b1, W2: W1, b2: b1 }),
        'W2 has 2 inputs; the layer before it has 1 neurons.',
      ],
      ['too many bytes', withDirectory(deflatedZip, 24, [1, 0, 0, 0x20]), /at most 536870912 are read\.$/],
      ['a wrong checksum', withDirectory(deflatedZip, 16, [1, 2, 3, 4]), /W1\.npy is damaged/],
      ['a wrong length', withDirectory(deflatedZip, 24, [0, 1, 0, 0]), /W1\.npy is damaged/],
      ['bytes beyond the length', withDirectory(zipped({ W1, b1 }), 24, [16, 0, 0, 0]), /W1\.npy is damaged/],
      ['a wrong place', withDirectory(deflatedZip, 42, [1, 0, 0, 0]), /W1\.npy is not where the directory says/],
      ['encryption', withDirectory(deflatedZip, 8, [1]), 'In the zip, W1.npy is encrypted.'],
      ['another method', withDirectory(deflatedZip, 10, [12]), /W1\.npy is packed by method 12; /],
      [
        'a directory elsewhere',
        withDirectory(deflatedZip, 0, [0]),
        /directory announces 2 files and is broken at file 1/,
      ],
    ]),
  )('are refused in a sentence: %s', (_, bytes, message) => {
    expect(() => readNpz(bytes)).toThrow(message);
  });

  it('are not unpacked beyond the length that the directory says', () => {
    // 64 MB of zeros, which the directory declares as 1000 bytes: the first chunk already has more.
    const zip = withDirectory(zipped({ W1: new Uint8Array(64e6), b1 }), 24, [0xe8, 3, 0, 0]);
    let most = 0;
    expect(() => readNpz(zip, (share) => (most = Math.max(most, share)))).toThrow(/W1\.npy is damaged/);
    expect(most).toBe(0);
  });

  it('are not unpacked where their beginning is no array of a network', () => {
    for (const start of [new Uint8Array(0), doubles('(8000000,)', []), doubles('(1000, 8000)', [])]) {
      const W1 = new Uint8Array(start.length + 64e6);
      W1.set(start);
      let unpacked = 0;
      expect(() => readNpz(zipped({ W1, b1 }), (share) => (unpacked = share))).toThrow(
        /^W1 (is not an array|has the shape)/,
      );
      expect(unpacked).toBe(0);
    }
    const biases = new Uint8Array(doubles('(8000000,)', []).length + 64e6);
    biases.set(doubles('(8000000,)', []));
    expect(() => readNpz(zipped({ W1, b1: biases }))).toThrow(
      'b1 has the shape (8000000,); it must be (neurons,), at most 4096 of them.',
    );
  });

  it('tell how much of them is read', () => {
    /** @type {number[]} */
    const shares = [];
    const numbers = Array.from({ length: 7840 }, (_, i) => Math.sqrt(i));
    const zip = zipped({ W1: doubles('(784, 10)', numbers), b1: doubles('(10,)', Array(10).fill(1)) });
    readNpz(zip, (share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('may have other arrays beside them', () => {
    expect(readNpz(zipped({ W1, b1, note: strToU8('x') })).layers).toHaveLength(1);
  });

  /** @param {Uint8Array} bytes */
  function expectAnswer(bytes) {
    try {
      expect(readNpz(bytes).layers.length).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
      expect(/** @type {Error} */ (error).constructor).toBe(Error);
      expect(/** @type {Error} */ (error).message).toMatch(/^(The|In|[Wb]\d+) .*\.$/s);
    }
  }

  it('are refused in a sentence whatever the bytes', () => {
    const end = fc.uint8Array({ minLength: 18, maxLength: 18 });
    const anyBytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(fc.property(anyBytes, expectAnswer));
    // Arbitrary bytes followed by an end-of-central-directory record.
    fc.assert(
      fc.property(anyBytes, end, (start, end) => expectAnswer(Uint8Array.of(...start, 0x50, 0x4b, 5, 6, ...end))),
    );
  });

  it('are read, or refused in a sentence, wherever bytes of a good file are others', () => {
    const good = [deflatedZip, writeNpz(layers)];
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...good), changes, (bytes, changes) => {
        const changed = bytes.slice();
        for (const [at, byte] of changes) changed[at % bytes.length] = byte;
        expectAnswer(changed);
      }),
      { numRuns: 1000 },
    );
  });

  it('are read, or refused in a sentence, whatever the arrays’ bytes', () => {
    const place = fc.tuple(fc.nat(W1.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = W1.slice();
        for (const [at, byte] of changes) changed[at] = byte;
        expectAnswer(zipped({ W1: changed, b1 }));
      }),
      { numRuns: 500 },
    );
  });
});

/** A Python with NumPy, or undefined. */
const python = ['python3', '/usr/bin/python3'].find((command) => {
  try {
    execFileSync(command, ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

const read = `
import json, sys, numpy
with numpy.load(sys.argv[1]) as file:
    print(json.dumps([[name, str(file[name].dtype), file[name].flags.c_contiguous, file[name].tolist()] for name in file]))
`;

describe.skipIf(!python)(`numpy.load${python ? '' : ' (skipped: there is no Python with NumPy here)'}`, () => {
  it('opens what writeNpz wrote', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ska-npz-'));
    try {
      const path = join(folder, 'weights.npz');
      writeFileSync(path, writeNpz(layers));
      expect(
        JSON.parse(execFileSync(/** @type {string} */ (python), ['-c', read, path], { encoding: 'utf8' })),
      ).toEqual([
        ['W1', 'float32', true, [[1, 2, 3], [4, 5, 6]]], // prettier-ignore
        ['b1', 'float32', true, [-0, 0.5, 7]],
        ['W2', 'float32', true, [[Math.fround(0.1)], [Math.fround(1e-40)], [-1]]],
        ['b2', 'float32', true, [-8]],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
