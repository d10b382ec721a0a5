// The page shows the papers' numbers.
import { goldenDefault, layerQuantities, tolerance } from '../golden/golden.js';
import { expect, test } from './lab.js';
import { StepRecord } from '../../web/model/record.js';

test('the default run gives the golden numbers', { tag: '@core' }, async ({ lab }) => {
  await lab.open();
  await lab.runToEnd();
  const steps = (await lab.records()).map((values) => new StepRecord(Float64Array.from(values), 4));
  expect(steps.map((record) => record.step)).toEqual(Array.from({ length: 50 }, (_, k) => k));

  for (const quantity of layerQuantities) {
    const curves = goldenDefault(quantity);
    const records = quantity === 'knowledge_norm' ? steps : steps.slice(1);
    curves.forEach((curve, layer) => {
      expect(records).toHaveLength(curve.length);
      const within = tolerance(quantity, curve);
      curve.forEach((value, i) => {
        const difference = Math.abs(records[i].of(quantity)[layer] - value);
        expect(difference, `${quantity}, layer ${layer + 1}, record ${i + 1}`).toBeLessThanOrEqual(within);
      });
    });
  }
  goldenDefault('outputs').forEach((curve, neuron) => {
    curve.forEach((value, k) => {
      const difference = Math.abs(steps[k].outputs[neuron] - value);
      expect(difference, `neuron ${neuron}, step ${k}`).toBeLessThanOrEqual(tolerance('outputs', curve));
    });
  });
});

test('the page tells them in words and in its table', async ({ lab, page }) => {
  await lab.open();
  await lab.runToEnd();
  await expect(lab.facts).toHaveText(/^Step 50 of 50 · total entropy −3\u202f920\.33 · \d+\.\d s of computing$/);
  const row = (/** @type {number} */ layer) => page.locator('#numbers tbody tr').nth(layer - 1);
  await expect(row(1)).toHaveText(
    /−6\u202f931\.37 step 29.*−3\u202f182\.15.*0\.9731 step 15.*0\.5080.*1\u202f631\.88.*9\.534/,
  );
  await expect(row(2)).toHaveText(/−8\u202f234\.07 step 16.*−228\.64.*0\.9997 step 4.*0\.9550.*1\u202f929\.84.*6\.569/);
  await expect(row(3)).toHaveText(/−3\u202f828\.72 step 25.*−257\.24.*0\.9980 step 2.*0\.8223.*1\u202f151\.41.*4\.41/);
  await expect(row(4)).toHaveText(/−254\.17 step 48.*−252\.31.*0\.9992 step 2.*0\.9127.*160\.61.*1\.009/);
});
