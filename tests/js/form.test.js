import { describe, expect, it } from 'vitest';

import { Form } from '../../web/state/form.js';
import { defaultSettings } from '../../web/model/settings.js';

/** @param {(config: any) => Promise<import('../../web/model/types.js').Fault[]>} [validate] */
const form = (validate = async () => []) => new Form(defaultSettings, validate);

describe('the form', () => {
  it('begins with the settings it is given', async () => {
    expect(await form().judgement).toEqual(defaultSettings);
  });
  it('reads what is typed', async () => {
    const typed = form();
    typed.change({ layers: '5, 3', steps: '7', learning_rate: '1e-3', seed: '9', shift_term: false, fast: true });
    typed.change({ per_class: '20', classes: [1, 4], shuffled: true, data_seed: '99' });
    expect(await typed.judgement).toEqual({
      config: {
        layers: [5, 3],
        steps: 7,
        learning_rate: 0.001,
        seed: 9,
        shift_term: false,
        layer_input: 'previous',
        gradient_equation: 22,
      },
      data: { set: 'mnist', per_class: 20, classes: [1, 4], data_seed: 99 },
      fast: true,
    });
  });
  it('has the engine judge the variants that are chosen', async () => {
    /** @type {object[]} */
    const judged = [];
    const chosen = form(async (config) => (judged.push(config), []));
    chosen.change({ layer_input: 'current', gradient_equation: 31 });
    const config = { ...defaultSettings.config, layer_input: 'current', gradient_equation: 31 };
    expect((await chosen.judgement)?.config).toEqual(config);
    expect(judged.at(-1)).toEqual(config);
    chosen.fillDefaults();
    expect(await chosen.judgement).toEqual(defaultSettings);
  });
  it('begins without variants where the settings it is given say nothing of them', async () => {
    const { layers, steps, learning_rate, seed, shift_term } = defaultSettings.config;
    const config = { layers, steps, learning_rate, seed, shift_term };
    const older = new Form({ ...defaultSettings, config }, async () => []);
    older.change({ seed: '42' });
    expect(await older.judgement).toEqual(defaultSettings);
  });
  it('tells of all that is wrong, in its own words and the engine’s', async () => {
    const typed = form(async () => [{ field: 'steps', message: 'Too many.' }]);
    typed.change({ per_class: '5422', classes: [] });
    expect(await typed.judgement).toBe(null);
    expect(typed.faults.value.map(({ field }) => field)).toEqual(['steps', 'per_class', 'classes']);
    typed.change({ per_class: '101', shuffled: true, data_seed: '-1' });
    await typed.judgement;
    expect(typed.faults.value.map(({ field }) => field)).toEqual(['steps', 'classes', 'data_seed']);
  });
  it('takes no more of each class than the data set has, and says so', async () => {
    const typed = form();
    typed.change({ set: 'mnist-test', per_class: '893' });
    expect(await typed.judgement).toBe(null);
    expect(typed.faults.value).toEqual([
      {
        field: 'per_class',
        message:
          'Samples per class are a whole number from 1 to 892: the smallest class of MNIST, test digits has no more.',
      },
    ]);
    typed.change({ set: 'fashion-mnist-test' });
    expect((await typed.judgement)?.data).toMatchObject({ set: 'fashion-mnist-test', per_class: 893 });
  });
  it('takes the last of several judgements, whichever comes first', async () => {
    /** @type {((faults: []) => void)[]} */
    const answers = [];
    const typed = new Form(defaultSettings, () => new Promise((resolve) => void answers.push(resolve)));
    typed.change({ seed: '1' });
    const first = typed.judgement;
    typed.change({ seed: '2' });
    [...answers].reverse().forEach((answer) => answer([]));
    expect((await first)?.config.seed).toBe(2); // an earlier request resolves with the current settings
    expect(typed.settings.value?.config.seed).toBe(2);
  });
  it('says why where the engine cannot judge', async () => {
    const typed = form(() => Promise.reject(new Error('It is lost.')));
    expect(await typed.judgement).toBe(null);
    expect(typed.faults.value).toEqual([
      { field: 'layers', message: 'These settings could not be checked. It is lost.' },
    ]);
  });
  it('keeps τ = η·K when K changes, where that is wished', async () => {
    const typed = form();
    expect(typed.tau.value).toBe(0.5);
    typed.change({ steps: '100' });
    expect(typed.tau.value).toBe(1);
    typed.keepsTau.value = true;
    typed.change({ steps: '300' });
    expect(typed.fields.value.learning_rate).toBe('0.00333333333333');
    typed.changeTau('0.3');
    expect(typed.fields.value.learning_rate).toBe('0.001');
    typed.changeTau('nothing');
    expect(typed.fields.value.learning_rate).toBe('0.001');
  });
  it('refuses a τ that cannot be read, and runs nothing with another', async () => {
    const typed = form();
    for (const text of ['0,25', 'abc', '-1', '0', '1e400', '0x10', '']) {
      typed.changeTau(text);
      expect(await typed.judgement).toBe(null);
      expect(typed.tauText.value).toBe(text);
      expect(typed.faults.value).toEqual([
        { field: 'tau', message: expect.stringMatching(/^τ is a finite number above 0/) },
      ]);
    }
    typed.changeTau('0.25');
    expect((await typed.judgement)?.config.learning_rate).toBe(0.005);
    typed.changeTau('abc');
    typed.change({ seed: '7' });
    expect(await typed.judgement).toBe(null); // changing the seed does not fix the invalid τ
    typed.change({ learning_rate: '0.1' });
    expect((await typed.judgement)?.config.learning_rate).toBe(0.1);
    expect(typed.tauText.value).toBe(null);
  });
  it('keeps τ over a K that is being typed anew', async () => {
    const typed = form();
    typed.keepsTau.value = true;
    for (const steps of ['', 'x', '200']) typed.change({ steps });
    expect(typed.fields.value.learning_rate).toBe('0.0025');
  });
  it('runs nothing while something typed beside a field is refused', async () => {
    const typed = form();
    typed.refuse('layers', 'Layer 1 needs its neurons.');
    expect(await typed.judgement).toBe(null);
    expect(typed.faults.value).toEqual([{ field: 'layers', message: 'Layer 1 needs its neurons.' }]);
    typed.change({ layers: '5, 3' });
    expect((await typed.judgement)?.config.layers).toEqual([5, 3]);
  });
  it('asks for no fast engine where there is none', async () => {
    const typed = form();
    typed.canBeFast = false;
    typed.fill({ ...defaultSettings, fast: true });
    expect((await typed.judgement)?.fast).toBe(false);
  });
});
