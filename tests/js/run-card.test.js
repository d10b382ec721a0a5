import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { quantities } from '../../web/model/record.js';
import { shortenedName } from '../../web/model/kept-run.js';
import { readRunCard, runCard } from '../../web/files/run-card.js';
import { defaultConfig } from '../../web/model/config.js';
import { Recording } from '../../web/model/recording.js';
import { anyDigest, anyRun } from './arbitraries.js';

/** @typedef {import('../../web/model/recording.js').Recording} AnyRecording */

const fingerprint = '0123456789abcdef0123456789abcdef';
const digest = 'f'.repeat(32);
const created = '2026-01-31T12:00:00.000Z';
const about = { kernels: 'WebAssembly SIMD', exact: true, threads: 2 };

/** @type {import('../../web/model/settings.js').Settings} */
const settings = {
  config: { ...defaultConfig, layers: [2, 1], steps: 2, learning_rate: 0.1, seed: 1 },
  data: { set: 'mnist', per_class: 3, classes: [0, 7], data_seed: null },
  fast: false,
};

function smallRecording() {
  const recording = new Recording(settings.config);
  const step1 = quantities.flatMap((_, q) => [q, -q]);
  recording.append(Float64Array.of(0, NaN, 4, 5, ...Array(12).fill(NaN), 0.25), 1);
  recording.append(Float64Array.of(1, -1.5, ...step1, 0.75), 2);
  recording.fingerprint = fingerprint;
  return recording;
}

const run = { settings, recording: smallRecording(), about, digest, name: 'A “run”\n<b>', created, start: null };

/** @param {AnyRecording} recording */
const valuesOf = (recording) => Array.from({ length: recording.steps }, (_, k) => [...recording.at(k).values]);

const anyFiniteRun = anyRun.filter(({ recording }) =>
  valuesOf(recording)
    .flat()
    .every((value) => Math.abs(value) !== Infinity),
);

/** @param {(card: any) => void} change */
function changed(change) {
  const card = JSON.parse(runCard(run));
  change(card);
  return readRunCard(JSON.stringify(card));
}

describe('a run card', () => {
  it('has the format that is documented', () => {
    expect(JSON.parse(runCard(run))).toEqual({
      format: 'ska-run-card',
      version: 1,
      contract: 'exact-1',
      config: settings.config,
      data: { set: 'mnist', per_class: 3, classes: [0, 7], data_seed: null, samples: 6, digest },
      start: null,
      computed: about,
      fingerprint,
      name: 'A “run”\n<b>',
      created,
      records: {
        steps: 2,
        total_entropy: [null, -1.5],
        knowledge_norm: [
          [4, 0],
          [5, -0],
        ],
        entropy: [
          [null, 1],
          [null, -1],
        ],
        cosine: [
          [null, 2],
          [null, -2],
        ],
        tensor_net: [
          [null, 3],
          [null, -3],
        ],
        flow: [
          [null, 4],
          [null, -4],
        ],
        lagrangian: [
          [null, 5],
          [null, -5],
        ],
        weight_norm: [
          [null, 6],
          [null, -6],
        ],
        outputs: [[0.25], [0.75]],
      },
    });
  });

  it('is read as the card and the recording', () => {
    const { card, recording, faults } = readRunCard(runCard({ ...run, start: { digest } }));
    expect(faults).toEqual([]);
    expect(card).toEqual({
      settings,
      samples: 6,
      digest,
      start: { digest },
      computed: about,
      fingerprint,
      contract: 'exact-1',
      name: run.name,
      created,
    });
    expect(recording?.config).toEqual(settings.config);
    expect([recording?.fast, recording?.fingerprint, recording?.totalEntropy]).toEqual([false, fingerprint, -1.5]);
    expect(valuesOf(/** @type {AnyRecording} */ (recording))).toEqual(valuesOf(run.recording));
  });

  it('has no lone surrogates, and those of older cards are replaced', () => {
    const name = 'a\ud800b \udfff \u{1d11e} \ud834\u{1d11e}\udd1e';
    const replaced = 'a\ufffdb \ufffd \u{1d11e} \ufffd\u{1d11e}\ufffd';
    const written = JSON.parse(
      runCard({ ...run, name, about: { ...about, kernels: 'k\udc00' }, start: { digest, name } }),
    );
    expect([written.name, written.computed.kernels, written.start.name]).toEqual([replaced, 'k\ufffd', replaced]);
    const { card } = changed((card) => Object.assign(card, { name, contract: 'c\ud800', start: { digest, name } }));
    expect([card?.name, card?.contract, card?.start?.name]).toEqual([replaced, 'c\ufffd', replaced]);
  });
  it('has a name of whole characters', () => {
    const { name } = JSON.parse(runCard({ ...run, name: 'x'.repeat(119) + '\u{1d11e}\u{1d11e}' }));
    expect(name).toBe('x'.repeat(119) + '\u{1d11e}');
    expect(shortenedName('\u{1d11e}'.repeat(121))).toBe('\u{1d11e}'.repeat(120));
  });
  it('has a name of 120 characters at most', () => {
    const { card } = readRunCard(runCard({ ...run, name: '😀'.repeat(121) }));
    expect(card?.name).toBe('😀'.repeat(120));
  });

  it.each(
    /** @type {[string, (card: any) => void, string][]} */ ([
      ['format', (card) => (card.format = 'x'), 'A run card’s format is “ska-run-card”; “x” was given.'],
      ['version', (card) => (card.version = 2), 'Run cards of version 1 are read; “2” was given.'],
      [
        'steps',
        (card) => (card.config.steps = 0),
        'The number of steps must be a whole number from 1 to 10000; “0” was given.',
      ],
      [
        'set',
        (card) => (card.data.set = 'cifar'),
        'The data set must be “mnist” or “mnist-test” or “fashion-mnist” or “fashion-mnist-test”; “cifar” was given.',
      ],
      [
        'per_class',
        (card) => Object.assign(card.data, { set: 'mnist-test', per_class: 893, samples: 1786 }),
        'The samples of each class must be a whole number from 1 to 892, as the smallest class of mnist-test has no more; “893” was given.',
      ],
      ['data.samples', (card) => (card.data.samples = 7), 'The card has 7 samples; 3 of each of 2 classes make 6.'],
      [
        'data.digest',
        (card) => delete card.data.digest,
        'The card’s “data.digest” must be 32 hexadecimal digits in small letters; nothing was given.',
      ],
      ['start', (card) => (card.start = 1), 'The card’s “start” must be null or an object; “1” was given.'],
      [
        'start.digest',
        (card) => (card.start = { digest: 'F' }),
        'The card’s “start.digest” must be 32 hexadecimal digits in small letters; “F” was given.',
      ],
      ['computed', (card) => delete card.computed, 'The card’s “computed” must be an object; nothing was given.'],
      [
        'computed.threads',
        (card) => (card.computed.threads = 0),
        'The card’s “computed.threads” must be a whole number from 1 to 1024; “0” was given.',
      ],
      [
        'fingerprint',
        (card) => (card.fingerprint = 'abc'),
        'The card’s “fingerprint” must be null or 32 hexadecimal digits in small letters; “abc” was given.',
      ],
      [
        'fingerprint',
        (card) => (card.computed.exact = false),
        'The card has a fingerprint, which only an exactly computed run has.',
      ],
      [
        'fingerprint',
        (card) => (card.config.steps = 3),
        'The card has a fingerprint, which only a finished run has, and records of 2 steps of 3.',
      ],
      [
        'name',
        (card) => (card.name = 'n'.repeat(121)),
        `The card’s “name” must be a text of at most 120 characters; “${'n'.repeat(40)}…” was given.`,
      ],
      [
        'created',
        (card) => (card.created = 'today'),
        'The card’s “created” must be a time such as 2026-01-31T12:00:00.000Z; “today” was given.',
      ],
      ['records', (card) => (card.records = []), 'The card’s “records” must be an object; an empty list was given.'],
      [
        'records.steps',
        (card) => (card.records.steps = 3),
        'The card’s “records.steps” must be a whole number from 0 to 2; “3” was given.',
      ],
      [
        'records.total_entropy',
        (card) => card.records.total_entropy.push(1),
        'The card’s “records.total_entropy” must be a list of 2 numbers; it has 3.',
      ],
      [
        'records.flow',
        (card) => card.records.flow.pop(),
        'The card’s “records.flow” must be 2 lists of 2 numbers; it has 1.',
      ],
      [
        'records.cosine',
        (card) => (card.records.cosine[1][0] = '1'),
        'The card’s “records.cosine[1]” must be a list of 2 numbers; its entry 0 is “1”.',
      ],
      [
        'records.outputs',
        (card) => (card.records.outputs[1] = null),
        'The card’s “records.outputs[1]” must be a list of 1 numbers; “null” was given.',
      ],
    ]),
  )('whose %s is wrong is refused in a sentence', (field, change, message) => {
    expect(changed(change)).toEqual({ card: null, recording: null, faults: [{ field, message }] });
  });

  it('that says nothing of variants had none', () => {
    const { card, recording, faults } = changed((older) => {
      expect(older.config).toMatchObject({ layer_input: 'previous', gradient_equation: 22 });
      delete older.config.layer_input;
      delete older.config.gradient_equation;
    });
    expect(faults).toEqual([]);
    expect(card?.settings).toEqual(settings);
    expect(recording?.config).toEqual(settings.config);
  });

  it('keeps the variants of its run', () => {
    const variant = changed((card) => Object.assign(card.config, { layer_input: 'current', gradient_equation: 31 }));
    expect(variant.card?.settings.config).toEqual({
      ...settings.config,
      layer_input: 'current',
      gradient_equation: 31,
    });
  });

  it('with variants that there are not is refused', () => {
    const { faults } = changed((card) => Object.assign(card.config, { layer_input: 'next', gradient_equation: 7 }));
    expect(faults.map(({ message }) => message)).toEqual([
      'The layers’ input must be “previous” or “current”; “next” was given.',
      'The gradient’s equation must be 22 or 31; “7” was given.',
    ]);
  });

  it('is told of every fault of its head at once', () => {
    const { faults } = changed((card) => Object.assign(card, { config: {}, data: null, name: 1 }));
    expect(faults.map(({ field }) => field)).toEqual([
      ...['layers', 'steps', 'learning_rate', 'seed', 'shift_term', 'data_seed', 'per_class', 'classes'],
      ...['data', 'name'],
    ]);
  });

  it.each(['', '[]', 'null', '1', '{', '{"format":', '['.repeat(1_000_000)])('is not what %.9s… is', (text) => {
    const message = 'The text is not the JSON object that a run card is.';
    expect(readRunCard(text).faults).toEqual([{ field: 'card', message }]);
  });

  it('of before contracts had names is of the first', () => {
    const { card, recording } = changed((older) => delete older.contract);
    expect([card?.contract, recording?.fingerprint]).toEqual(['exact-1', fingerprint]);
  });

  it('of an unknown contract is read, and its run has no fingerprint to compare', () => {
    const { card, recording, faults } = changed((later) => (later.contract = 'exact-2'));
    expect(faults).toEqual([]);
    expect([card?.contract, card?.fingerprint, recording?.fingerprint]).toEqual(['exact-2', fingerprint, null]);
    const again = JSON.parse(runCard({ ...run, contract: 'exact-2', fingerprint }));
    expect([again.contract, again.fingerprint]).toEqual(['exact-2', fingerprint]);
  });

  it.each([['n'.repeat(121)], [1], [null]])('whose contract is no name is refused: %s', (contract) => {
    const { faults } = changed((card) => (card.contract = contract));
    expect(faults[0].message).toMatch(/^The card’s “contract” must be a text of at most 120 characters; /);
  });

  it.each(['1e999', '-1e999', '1e400'])('with a number beyond all, %s, is refused wherever it is', (number) => {
    const message = 'One of the card’s numbers is beyond what a finite number can be.';
    for (const place of ['-1.5', '0.25', '0.1', '"WebAssembly SIMD"']) {
      const text = runCard(run).replace(place, number);
      expect(text).toContain(number);
      expect(readRunCard(text).faults).toEqual([{ field: 'card', message }]);
    }
  });

  it('is not written where a number is not finite', () => {
    const recording = smallRecording();
    recording.at(1).values[1] = -Infinity;
    expect(() => runCard({ ...run, recording })).toThrow('This run has numbers that are not finite');
  });

  it('nested deeper than the command allows is refused', () => {
    const text = runCard(run).replace('"records"', `"other": ${'['.repeat(20)}${']'.repeat(20)},\n  "records"`);
    const message = 'The card is nested deeper than the 16 levels allowed.';
    expect(readRunCard(text).faults).toEqual([{ field: 'card', message }]);
  });

  it.each(['\0', '\0 anything', '{}', 'x', '\u00a0', ','])(
    'is followed by nothing but white space, not by %j',
    (tail) => {
      const message = 'The text is not the JSON object that a run card is.';
      expect(readRunCard(runCard(run) + tail).faults).toEqual([{ field: 'card', message }]);
      expect(readRunCard(`${runCard(run)} \t\r\n`).faults).toEqual([]);
    },
  );

  it('has 64 MB at most, read or written', () => {
    const message = 'The text has 67108865 characters; a run card has at most 67108864.';
    expect(readRunCard(' '.repeat(64 * 2 ** 20 + 1)).faults).toEqual([{ field: 'card', message }]);

    const config = { ...settings.config, layers: [4096], steps: 10_000 };
    const recording = new Recording(config);
    const values = new Float64Array(2 + quantities.length + 4096);
    for (let k = 0; k < config.steps; ++k) recording.append(values, 0);
    expect(() => runCard({ ...run, settings: { ...settings, config }, recording })).toThrow(/too many for a run card/);
  });

  it('says the same again, to the last bit, whatever the run', () => {
    fc.assert(
      fc.property(
        anyFiniteRun,
        fc.string({ unit: 'binary', maxLength: 120 }),
        anyDigest,
        fc.option(fc.record({ digest: anyDigest })),
        ({ settings, recording }, name, digest, start) => {
          const computed = { ...about, exact: !settings.fast };
          const read = readRunCard(runCard({ settings, recording, about: computed, digest, name, created, start }));
          expect(read.faults).toEqual([]);
          expect(read.card).toMatchObject({ settings, digest, name, start, computed });
          expect(read.recording?.config).toEqual(recording.config);
          expect(read.recording?.fast).toBe(recording.fast);
          expect(read.recording?.fingerprint).toBe(recording.fingerprint);
          expect(valuesOf(/** @type {AnyRecording} */ (read.recording))).toEqual(valuesOf(recording));
        },
      ),
    );
  });
});

/** @param {ReturnType<typeof readRunCard>} read */
function expectAnswer({ card, recording, faults }) {
  expect([card === null, recording === null]).toEqual(Array(2).fill(faults.length > 0));
  for (const { message } of faults) expect(message).toMatch(/^(The|A|Run) .*\.$/s);
}

/** Every location in a JSON value: the object or array, and the key. @param {any} value @returns {[any, string][]} */
const places = (value) =>
  typeof value === 'object' && value !== null
    ? Object.keys(value).flatMap((key) => [/** @type {[any, string]} */ ([value, key]), ...places(value[key])])
    : [];

describe('reading a run card never throws', () => {
  it('whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => expectAnswer(readRunCard(text))),
    );
  });

  it('whatever is put at any place of a card', () => {
    const other = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, -1, 1e300, 0.5, '', [[]], {}));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), other), { minLength: 1, maxLength: 3 }), (changes) => {
        const card = JSON.parse(runCard(run));
        for (const [at, value] of changes) {
          const all = places(card);
          const [holder, key] = all[at % all.length];
          holder[key] = structuredClone(value); // a copy, because inserting the same object twice could create a cycle
        }
        expectAnswer(readRunCard(JSON.stringify(card)));
      }),
      { numRuns: 500 },
    );
  });

  it('wherever the text is cut or a character is another', () => {
    const text = runCard(run);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(3), fc.string({ unit: 'binary', maxLength: 2 }), (at, cut, put) => {
        expectAnswer(readRunCard(text.slice(0, at) + put + text.slice(at + cut)));
      }),
      { numRuns: 500 },
    );
  });
});
