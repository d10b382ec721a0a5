import { describe, expect, it } from 'vitest';

import {
  defaultConfig,
  defaultVariants,
  parseConfig,
  sameConfig,
  variantNames,
  variantsOf,
} from '../../web/model/config.js';

/** @type {Partial<import('../../web/model/config.js').Variants>[]} */
const variants = [{ layer_input: 'current' }, { gradient_equation: 31 }];
const text = { layers: '256, 128, 64, 10', steps: '50', learning_rate: '0.01', seed: '42' };

describe('the settings a person types', () => {
  it('are the papers’ when left as they are', () => {
    expect(parseConfig(text)).toEqual({ config: defaultConfig, faults: [] });
  });

  it.each([
    ['5-3-2', [5, 3, 2]],
    ['5 3 2', [5, 3, 2]],
    ['5;3,2', [5, 3, 2]],
    [' 10 ', [10]],
    ['10,', [10]],
    ['256–128, 64', [256, 128, 64]],
    ['-5, 3', [-5, 3]], // parsed here, rejected by the engine
  ])('takes layers written as %j', (layers, sizes) => {
    expect(parseConfig({ ...text, layers }).config?.layers).toEqual(sizes);
  });

  it.each([
    ['1e-2', 0.01],
    ['.5', 0.5],
    ['5.', 5],
    ['-1', -1],
  ])('takes a learning rate written as %j, whatever the engine says of its range', (learning_rate, value) => {
    expect(parseConfig({ ...text, learning_rate }).config?.learning_rate).toBe(value);
  });

  it.each(
    /** @type {[keyof typeof text, string][]} */ ([
      ['layers', ''],
      ['layers', '1.5'],
      ['layers', '5-'],
      ['layers', '10, ten'],
      ['layers', '0x10'],
      ['steps', ''],
      ['steps', '50.5'],
      ['steps', '1e3'],
      ['steps', '9'.repeat(20)],
      ['learning_rate', 'fast'],
      ['learning_rate', 'Infinity'],
      ['learning_rate', '0,01'],
      ['seed', 'NaN'],
    ]),
  )('finds fault with %s written as %j, and names the field', (field, value) => {
    const { config, faults } = parseConfig({ ...text, [field]: value });
    expect(config).toBeNull();
    expect(faults).toEqual([{ field, message: expect.stringMatching(/such as/) }]);
  });

  it('reports every fault at once', () => {
    const { faults } = parseConfig({ layers: 'a', steps: 'b', learning_rate: 'c', seed: 'd' });
    expect(faults.map(({ field }) => field)).toEqual(['layers', 'steps', 'learning_rate', 'seed']);
  });

  it('are the same only when every one is', () => {
    expect(sameConfig(defaultConfig, { ...defaultConfig, layers: [...defaultConfig.layers] })).toBe(true);
    const others = [{ layers: [256, 128, 64] }, { layers: [256, 128, 64, 11] }, { steps: 51 }, { learning_rate: 0.02 }];
    for (const other of [...others, { seed: 43 }, { shift_term: false }, ...variants]) {
      expect(sameConfig(defaultConfig, { ...defaultConfig, ...other })).toBe(false);
    }
  });

  it('are the same whether a variant is said to be off or not said', () => {
    const { layer_input, gradient_equation, ...unsaid } = defaultConfig;
    expect([layer_input, gradient_equation]).toEqual(['previous', 22]);
    expect(variantsOf(unsaid)).toEqual(defaultVariants);
    expect(sameConfig(unsaid, defaultConfig)).toBe(true);
    for (const variant of variants) expect(sameConfig(unsaid, { ...unsaid, ...variant })).toBe(false);
  });

  it('name the variants that are on', () => {
    expect(variantNames(defaultConfig)).toEqual([]);
    expect(variants.map(variantNames)).toEqual([['current input'], ['equation 31']]);
    expect(variantNames({ layer_input: 'current', gradient_equation: 31 })).toEqual(['current input', 'equation 31']);
  });
});
