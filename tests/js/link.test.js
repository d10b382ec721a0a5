import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { decodeLink, defaultLink, encodeLink } from '../../web/link/link.js';
import { defaultSettings, settingsSchema } from '../../web/model/settings.js';
import { anyLink } from './arbitraries.js';

const papers =
  '#v=1&layers=256-128-64-10&steps=50&eta=0.01&seed=42&shift=on&per-class=100&classes=0123456789&data-seed=first&engine=exact';
const fingerprint = '0123456789abcdef0123456789abcdef';

/** @type {import('../../web/link/link.js').Link} */
const sharedLink = {
  settings: defaultSettings,
  view: { charts: 'lines', scale: 'layer', log: true, axis: 'time', compare: 'difference', layer: 2 },
  step: 23,
  fingerprint,
  hide: ['controls', 'runs'],
  shared: true,
};

describe('a link', () => {
  it('is readable, and says every setting', () => {
    expect(encodeLink(defaultLink)).toBe(papers);
    expect(encodeLink(sharedLink)).toBe(
      `${papers}&charts=lines&scale=layer&log=on&axis=time&compare=difference&layer=3&step=23&fingerprint=${fingerprint}&contract=exact-1&hide=controls,runs`,
    );
  });

  it.each(['', '#'])('that is empty (%j) means the defaults', (hash) => {
    expect(decodeLink(hash)).toEqual({ link: defaultLink, complaints: [] });
  });

  it('means what it meant, with or without its # and however it is percent-encoded', () => {
    expect(decodeLink(papers)).toEqual({ link: defaultLink, complaints: [] });
    expect(decodeLink(encodeLink(sharedLink).slice(1))).toEqual({ link: sharedLink, complaints: [] });
    expect(decodeLink(encodeLink(sharedLink).replaceAll(',', '%2C'))).toEqual({ link: sharedLink, complaints: [] });
  });

  it('of before contracts had names is of the first', () => {
    expect(decodeLink(encodeLink(sharedLink).replace('&contract=exact-1', ''))).toEqual({
      link: sharedLink,
      complaints: [],
    });
  });

  it('of an unknown contract promises no fingerprint, and says so', () => {
    const { link, complaints } = decodeLink(encodeLink(sharedLink).replace('exact-1', 'exact-2'));
    expect(link).toEqual({ ...sharedLink, fingerprint: null });
    const message =
      'The run of this link was computed under the contract “exact-2”, which is not known here: its rerun is not compared with it.';
    expect(complaints).toEqual([{ field: 'contract', message }]);
  });

  it('may say a few settings only', () => {
    const { link, complaints } = decodeLink('#layers=5-3-2&data-seed=7&per-class=5421&engine=fast&shift=off&eta=1e-3');
    const config = { ...defaultSettings.config, layers: [5, 3, 2], learning_rate: 0.001, shift_term: false };
    const data = { ...defaultSettings.data, per_class: 5421, data_seed: 7 };
    expect(link).toEqual({ ...defaultLink, settings: { config, data, fast: true } });
    expect(complaints).toEqual([]);
  });

  it('names the variants that are on, and only those', () => {
    /** @type {[Partial<import('../../web/model/config.js').Variants>, string][]} */
    const variants = [
      [{ layer_input: 'current' }, '&shift=on&input=current&per-class=100'],
      [{ gradient_equation: 31 }, '&shift=on&gradient=31&per-class=100'],
      [{ layer_input: 'current', gradient_equation: 31 }, '&shift=on&input=current&gradient=31&per-class=100'],
    ];
    for (const [variant, part] of variants) {
      const link = {
        ...defaultLink,
        settings: { ...defaultSettings, config: { ...defaultSettings.config, ...variant } },
      };
      expect(encodeLink(link)).toBe(papers.replace('&shift=on&per-class=100', part));
      expect(decodeLink(encodeLink(link))).toEqual({ link, complaints: [] });
    }
    expect(decodeLink('#input=previous&gradient=22')).toEqual({ link: defaultLink, complaints: [] });
  });

  it('names the data set only where it is not the papers’: old links are as they were', () => {
    const settings = {
      ...defaultSettings,
      data: { ...defaultSettings.data, set: /** @type {const} */ ('fashion-mnist') },
    };
    const hash = papers.replace('&per-class', '&set=fashion-mnist&per-class');
    expect(encodeLink({ ...defaultLink, settings })).toBe(hash);
    expect(decodeLink(hash)).toEqual({ link: { ...defaultLink, settings }, complaints: [] });
    expect(decodeLink('#set=mnist')).toEqual({ link: defaultLink, complaints: [] });
  });

  it('keeps extreme numbers exactly', () => {
    for (const learning_rate of [5e-324, 1.7976931348623157e308, 0.1 + 0.2, 1e21]) {
      const settings = { ...defaultSettings, config: { ...defaultSettings.config, learning_rate } };
      const hash = encodeLink({ ...defaultLink, settings });
      expect(hash).not.toContain('+');
      expect(decodeLink(hash).link.settings.config.learning_rate).toBe(learning_rate);
    }
  });

  it.each([
    ['steps', 'steps=0', 'The number of steps must be a whole number from 1 to 10000; “0” was given.'],
    ['steps', 'steps=%F0%9F%98%80', 'The number of steps must be a whole number from 1 to 10000; “😀” was given.'],
    ['steps', 'steps', 'The number of steps must be a whole number from 1 to 10000; “” was given.'],
    ['layers', 'layers=5-', 'The layers must be 1 to 16 whole numbers from 1 to 4096; “5-” was given.'],
    ['learning_rate', 'eta=1e999', 'The learning rate must be a finite number above 0; “Infinity” was given.'],
    ['shift', 'shift=yes', 'The link’s field “shift” must be “on” or “off”; “yes” was given.'],
    ['input', 'input=next', 'The link’s field “input” must be “previous” or “current”; “next” was given.'],
    ['gradient', 'gradient=23', 'The link’s field “gradient” must be “22” or “31”; “23” was given.'],
    ['gradient', 'gradient=__proto__', 'The link’s field “gradient” must be “22” or “31”; “__proto__” was given.'],
    ['engine', 'engine=slow', 'The link’s field “engine” must be “exact” or “fast”; “slow” was given.'],
    [
      'classes',
      'classes=10',
      'The classes must be one or more digits from 0 to 9, ascending, none of them twice; “1, 0” was given.',
    ],
    [
      'data_seed',
      'data-seed=last',
      'The data seed must be none (the first samples of each class) or a whole number from 0 to 4294967295; “last” was given.',
    ],
    [
      'per_class',
      'per-class=5422',
      'The samples of each class must be a whole number from 1 to 5421, as the smallest class of mnist has no more; “5422” was given.',
    ],
    [
      'set',
      'set=cifar',
      'The link’s field “set” must be “mnist” or “mnist-test” or “fashion-mnist” or “fashion-mnist-test”; “cifar” was given.',
    ],
    ['link', 'colour=red', 'The link has a field “colour”, which means nothing here.'],
    ['link', '__proto__=1', 'The link has a field “__proto__”, which means nothing here.'],
    ['seed', 'seed=1&seed=2&seed=3', 'The link has its field “seed” more than once, so none of them counts.'],
    ['seed', 'seed=%zz', 'The link’s field “seed”, “%zz”, has a % without two digits that mean a character.'],
    ['link', '%E0=1', 'The link has a field whose name, “%E0”, has a % without two digits that mean a character.'],
    ['link', 'v=2&steps=7', 'The link has version “2”; only version 1 is read, so none of it was.'],
    [
      'link',
      `steps=7&x=${'y'.repeat(4000)}`,
      'The link has 4010 characters; at most 4000 are read, so none of it was.',
    ],
  ])('whose %s is wrong, as in %s, is the default and is complained of', (field, hash, message) => {
    expect(decodeLink(hash)).toEqual({ link: defaultLink, complaints: [{ field, message }] });
  });

  it.each([
    ['charts', 'charts=pie', 'The link’s field “charts” must be “papers” or “heatmap” or “lines”; “pie” was given.'],
    ['scale', 'scale=none', 'The link’s field “scale” must be “shared” or “layer”; “none” was given.'],
    ['log', 'log=1', 'The link’s field “log” must be “on” or “off”; “1” was given.'],
    [
      'step',
      'step=50',
      'The link’s field “step” must be a step of the run, a whole number from 0 to 49; “50” was given.',
    ],
    [
      'fingerprint',
      'fingerprint=ABC',
      'The link’s field “fingerprint” must be 32 hexadecimal digits in small letters; “ABC” was given.',
    ],
    [
      'hide',
      'hide=runs,charts',
      'The link’s field “hide” must be some of controls, runs, tour, honest, none twice; “runs,charts” was given.',
    ],
    [
      'hide',
      'hide=runs,runs',
      'The link’s field “hide” must be some of controls, runs, tour, honest, none twice; “runs,runs” was given.',
    ],
  ])('whose %s is wrong, as in %s, is still shared', (field, hash, message) => {
    expect(decodeLink(hash)).toEqual({ link: { ...defaultLink, shared: true }, complaints: [{ field, message }] });
  });

  it('is complained of once for each fault', () => {
    const { link, complaints } = decodeLink('#steps=20&seed=-1&eta=fast&colour=red&step=19');
    expect(link.settings).toEqual({ ...defaultSettings, config: { ...defaultSettings.config, steps: 20 } });
    expect(link.step).toBe(19);
    expect(complaints.map(({ field }) => field)).toEqual(['link', 'learning_rate', 'seed']);
  });

  it('says the same again, whatever it is', () => {
    fc.assert(
      fc.property(anyLink, (link) => {
        expect(decodeLink(encodeLink(link))).toEqual({ link, complaints: [] });
      }),
    );
  });

  describe.each([
    ['an escaped &', (/** @type {string} */ hash) => hash.replaceAll('&', '&amp;')],
    ['an & escaped twice', (/** @type {string} */ hash) => hash.replaceAll('&', '&amp;amp;')],
    ['an & as a number', (/** @type {string} */ hash) => hash.replaceAll('&', '&#38;')],
    ['all of it percent-encoded', (/** @type {string} */ hash) => `#${encodeURIComponent(hash.slice(1))}`],
    [
      'all of it percent-encoded twice',
      (/** @type {string} */ hash) => `#${encodeURIComponent(encodeURIComponent(hash.slice(1)))}`,
    ],
    ['a full stop after it', (/** @type {string} */ hash) => `${hash}.`],
    ['brackets around it', (/** @type {string} */ hash) => `${hash})>`],
    ['quotation marks and a space', (/** @type {string} */ hash) => `${hash}%22%20`],
  ])('changed on its way by %s', (_, change) => {
    it('is read as it was meant, and told of in one sentence', () => {
      fc.assert(
        fc.property(anyLink, (link) => {
          const { link: read, complaints } = decodeLink(change(encodeLink(link)));
          expect(read).toEqual(link);
          expect(complaints).toEqual([
            { field: 'link', message: 'The link was changed on its way here; it was read as it was meant.' },
          ]);
        }),
        { numRuns: 30 },
      );
    });
  });

  it.each(['eta=0,02', 'layers=32-', 'seed=x', 'engine=', 'shift=yes', 'seed=1&seed=2', 'classes=%'])(
    'with a setting that cannot be read, as %s, promises no fingerprint',
    (field) => {
      const [key] = field.split('=');
      const body = encodeLink(sharedLink).replace(new RegExp(`&${key}=[^&]*`), `&${field}`);
      const { link, complaints } = decodeLink(body);
      expect(complaints).toHaveLength(1);
      expect(link.fingerprint).toBe(null);
    },
  );

  it('keeps its fingerprint where only the view, or something added, cannot be read', () => {
    for (const added of ['&charts=pie', '&utm_source=mail'])
      expect(
        decodeLink(encodeLink({ ...sharedLink, shared: true }).replace('&charts=lines', added)).link.fingerprint,
      ).toBe(fingerprint);
  });

  it('is settings and nothing thrown, whatever the text', () => {
    const key = fc.constantFrom(
      'v',
      'layers',
      'steps',
      'eta',
      'seed',
      'input',
      'gradient',
      'set',
      'per-class',
      'classes',
      'data-seed',
      'step',
      'hide',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('1', '%', '-', '0-0', '1e9', 'first', ',', 'current', '31'),
    );
    const likely = fc.array(fc.tuple(key, value).map((field) => field.join('='))).map((fields) => fields.join('&'));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), likely), (hash) => {
        const { link, complaints } = decodeLink(hash);
        expect(v.is(settingsSchema, link.settings)).toBe(true);
        expect(decodeLink(encodeLink(link)).link).toEqual(link);
        for (const { message } of complaints) expect(message).toMatch(/^The .*\.$/s);
      }),
      { numRuns: 300 },
    );
  });
});
