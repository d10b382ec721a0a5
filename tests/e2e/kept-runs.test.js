// Runs are kept in a list, survive a reload, and can be overlaid.
import { recordLength } from '../../web/model/record.js';
import { runCard } from '../../web/files/run-card.js';
import { Recording } from '../../web/model/recording.js';
import { defaultSettings } from '../../web/model/settings.js';
import { expect, inFreshProfile, test } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */

const small = { Layers: '16, 8', 'Steps K': '20' };

/** @param {Page} page */
const items = (page) => page.locator('.runs .run');

/** One property of every stored run. @param {Page} page @param {'id' | 'name'} property @returns {Promise<string[]>} */
const stored = (page, property) =>
  page.evaluate(
    (property) =>
      new Promise((resolve) => {
        const opening = indexedDB.open('ska-lab');
        opening.onsuccess = () => {
          const database = opening.result;
          const asking = database.transaction('runs').objectStore('runs').getAll();
          asking.onsuccess = () => {
            database.close();
            resolve(asking.result.map((run) => run[property]));
          };
        };
      }),
    property,
  );

/** Ids of the kept runs, in list order. @param {Page} page */
const keptHere = (page) =>
  page.evaluate(() =>
    /** @type {any} */ (globalThis).skaLab.lab.kept.value.map((/** @type {any} */ run) => [
      ...[run.name, run.created, run.fingerprint, run.steps],
      Array.from(run.values),
    ]),
  );

/** A run card of one step. @param {object} change changes to its content */
function card(change) {
  const recording = new Recording({ ...defaultSettings.config, layers: [2], steps: 2 });
  recording.append(
    Float64Array.from({ length: recordLength(1, 2) }, (_, i) => i),
    0,
  );
  const text = runCard({
    ...{ settings: recording.settings, recording, digest: 'f'.repeat(32), name: 'A card', start: null },
    about: { kernels: 'k', exact: true, threads: 1 },
    created: '2026-01-31T12:00:00.000Z',
    ...change,
  });
  return { name: 'card.json', mimeType: 'application/json', buffer: Buffer.from(text) };
}

/** A card of 18 MB: 2300 steps of 4096 neurons. */
function largeCard() {
  const recording = new Recording({ ...defaultSettings.config, layers: [4096], steps: 2300 });
  for (let k = 0; k < 2300; ++k) {
    const values = new Float64Array(recordLength(1, 4096));
    values[0] = k;
    recording.append(values, 0);
  }
  const text = runCard({
    ...{ settings: recording.settings, recording, digest: 'f'.repeat(32), name: 'Large', start: null },
    about: { kernels: 'k', exact: true, threads: 1 },
    created: '9999-12-31T00:00:00.000Z',
  });
  return { name: 'large.json', mimeType: 'application/json', buffer: Buffer.from(text) };
}

test('a run is kept, can be named, and is found again after a reload', { tag: '@core' }, async ({ lab, page }) => {
  await lab.open();
  await lab.set(small);
  await lab.runToEnd();
  await expect(items(page)).toHaveCount(1);
  await items(page).getByRole('button', { name: 'Name' }).click();
  await page.getByLabel('Name of the run').fill('My <b>first</b> run');
  await page.keyboard.press('Enter');
  await expect(items(page)).toContainText('My <b>first</b> run');
  await expect.poll(() => stored(page, 'name')).toEqual(['My <b>first</b> run']); // shown before it is stored
  const records = await lab.records();
  const fingerprint = (await page.locator('#fingerprint').textContent()) ?? '';

  await page.goto('./');
  await lab.open();
  await expect(items(page)).toContainText('My <b>first</b> run');
  await expect(items(page)).toContainText(fingerprint.slice(0, 8));
  await items(page).getByRole('button', { name: 'Open' }).click();
  await expect(lab.facts).toHaveText(/^Step 20 of 20/);
  expect(await lab.records()).toEqual(records);
  await expect(page.locator('#fingerprint')).toHaveText(fingerprint);
  await expect(lab.field('Layers')).toHaveValue('16, 8');
});

test('an opened run goes on from where it was', async ({ lab, page }) => {
  await lab.open();
  await lab.set(small);
  await lab.runToEnd();
  await page.goto('./');
  await lab.open();
  await items(page).getByRole('button', { name: 'Open' }).click();
  await lab.set({ 'Steps K': '30' });
  await lab.run.click();
  await expect(lab.facts).toHaveText(/^Step 30 of 30/);
  const continued = await lab.records();
  await expect(items(page)).toHaveCount(2); // the shorter run is kept unchanged
  await lab.reset.click();
  await lab.runToEnd();
  expect(await lab.records()).toEqual(continued);
  await expect(items(page)).toHaveCount(2); // repeating the same run adds no third one
  await page.getByRole('button', { name: 'Open 16-8, K 20' }).click();
  await expect(lab.facts).toHaveText(/^Step 20 of 20/);
  await expect(lab.message).toHaveText('Finished.');
  expect(await lab.records()).toEqual(continued.slice(0, 20));
});

test('no run is laid over itself', async ({ lab, page }) => {
  await lab.open();
  await lab.set(small);
  await lab.runToEnd();
  await lab.set({ 'Weight seed': '1' });
  await lab.runToEnd();
  await items(page).nth(1).getByLabel('overlay').check();
  await lab.set({ 'Weight seed': '42' });
  await lab.runToEnd();
  const others = await page.evaluate(() => /** @type {any} */ (globalThis).skaLab.lab.scene.value.others.length);
  expect(others).toBe(0);
  await expect(page.getByRole('checkbox', { name: /^Overlay/, checked: true })).toHaveCount(0);
});

test('one run is laid over another on every chart, or taken from it', { tag: '@core' }, async ({ lab, page }) => {
  await lab.open();
  await lab.set({ 'Steps K': '50' });
  await lab.runToEnd();
  const papers = await lab.records();
  await lab.set({ 'Steps K': '25', 'Learning rate η': '0.02' });
  await lab.runToEnd();
  const other = await lab.records();
  await items(page).nth(1).getByLabel('overlay').check();
  await page.getByRole('radio', { name: 'Lines' }).check();
  const sets = () =>
    page.evaluate(() =>
      /** @type {any} */ (globalThis).skaLab.charts.entropy.chart.data.datasets.map((/** @type {any} */ set) => ({
        label: set.label,
        length: set.data.length,
        last: set.data.at(-1),
      })),
    );
  await expect.poll(async () => (await sets()).length).toBe(8);
  const [, , , , over] = await sets();
  expect(over.label).toMatch(/^Layer 1, 256-128-64-10, K 50/);
  const entropyOf = (/** @type {number[]} */ record) => record[2 + 4]; // after step, total and four norms
  expect([over.length, over.last]).toEqual([49, { x: 49, y: entropyOf(papers[49]) }]);

  // Over t = η·k, entropies are divided by η.
  await page.getByRole('radio', { name: 'Time t = ηk' }).check();
  await expect.poll(async () => (await sets())[4].last.x).toBeCloseTo(0.49, 12);
  expect((await sets())[4].last.y).toBeCloseTo(entropyOf(papers[49]) / 0.01, 6);
  expect((await sets())[0].last).toEqual({ x: 0.48, y: entropyOf(other[24]) / 0.02 });

  // The difference at t = 0.48: step 24 of this run, step 48 of the other.
  await page.getByRole('radio', { name: 'Difference' }).check();
  await expect.poll(async () => (await sets()).length).toBe(4);
  const difference = entropyOf(other[24]) / 0.02 - entropyOf(papers[48]) / 0.01;
  expect((await sets())[0].last.y).toBeCloseTo(difference, 6);

  await page.getByRole('radio', { name: 'Heatmaps' }).check();
  const cells = () =>
    page.evaluate(() => {
      const { chart } = /** @type {any} */ (globalThis).skaLab.charts.entropy;
      return chart.data.datasets[0].data.filter((/** @type {any} */ cell) => cell.row === 0).at(-1)?.v ?? null;
    });
  await expect.poll(cells).toBeCloseTo(difference, 6);
});

/** The Undo button. @param {Page} page */
const undo = (page) => page.getByRole('button', { name: /^Undo/ });

/** The bar with the Undo button. @param {Page} page */
const snackbar = (page) => page.locator('.snackbar');

/** Names of the runs in the list. @param {Page} page */
const names = (page) => items(page).locator('b.run-name').allTextContents();

/**
 * Fills the storage with runs in the page's format, before the page is opened again.
 * @param {Page} page has a run of its own
 * @param {number} count
 */
const plant = (page, count) =>
  page.evaluate(async (count) => {
    const { lab } = /** @type {any} */ (globalThis).skaLab;
    const [run] = lab.kept.value;
    const database = await new Promise((resolve) => {
      const request = indexedDB.open('ska-lab');
      request.onsuccess = () => resolve(request.result);
    });
    const transaction = database.transaction('runs', 'readwrite');
    for (let i = 0; i < count; ++i) {
      transaction
        .objectStore('runs')
        .put({ ...run, id: `planted-${i}`, name: `Planted ${i}`, kept: i + 1, fingerprint: null });
    }
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, count);

test('runs can be deleted, which can be undone, by keyboard too, and else is for good', async ({ lab, page }) => {
  await lab.open();
  await lab.set(small);
  await lab.runToEnd();
  await lab.set({ 'Weight seed': '1' });
  await lab.runToEnd();
  const before = await names(page);
  for (const left of [1, 0]) {
    await items(page)
      .first()
      .getByRole('button', { name: /^Delete/ })
      .click();
    await expect(items(page)).toHaveCount(left);
  }
  await expect(snackbar(page)).toContainText('was deleted.');
  await expect(undo(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(items(page)).toHaveCount(1);
  await undo(page).click();
  await expect.poll(() => names(page)).toEqual(before); // in their previous places
  await expect(undo(page)).toHaveCount(0);
  await page.goto('./');
  await lab.open();
  await expect.poll(() => names(page)).toEqual(before);

  for (const left of [1, 0]) {
    await items(page)
      .first()
      .getByRole('button', { name: /^Delete/ })
      .click();
    await expect(items(page)).toHaveCount(left);
  }
  await page.getByRole('button', { name: 'Dismiss undo' }).click();
  await expect(snackbar(page)).toBeHidden();
  await page.goto('./');
  await lab.open();
  await expect(page.getByText('Every finished run is kept here')).toBeVisible();
});

test('the oldest run gives way when the list is full, which is said and can be undone', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3' });
  await lab.runToEnd();
  await plant(page, 59);
  await page.goto('./');
  await lab.open();
  await expect(items(page)).toHaveCount(60);
  await lab.set({ Layers: '4', 'Steps K': '3', 'Weight seed': '7' });
  await lab.runToEnd();
  await expect(snackbar(page)).toContainText('“Planted 0” gave way to the new run: 60 runs or 64 MB are kept at most.');
  await expect(items(page)).toHaveCount(60);
  await expect(items(page).first()).toContainText('seed 7');
  await undo(page).click();
  await expect(items(page)).toHaveCount(61);
  await expect(items(page).last()).toContainText('Planted 0');
  await page.goto('./');
  await lab.open();
  await expect(items(page)).toHaveCount(61);
  // The limit applies again when the next run is kept, which can be undone too.
  await lab.set({ Layers: '4', 'Steps K': '3', 'Weight seed': '8' });
  await lab.runToEnd();
  await expect(snackbar(page)).toContainText('The 2 oldest runs gave way to the new run: 60 runs or 64 MB');
  await expect(items(page)).toHaveCount(60);
  await undo(page).click();
  await expect(items(page)).toHaveCount(62);
  await expect(items(page).last()).toContainText('Planted 0');
});

test('a card that is too large to keep is shown, and no kept run gives way to it', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3' });
  await lab.runToEnd();
  const large = largeCard();
  await page.getByLabel('Open a card or weights').setInputFiles(large);
  await expect(page.locator('.notice')).toContainText(
    'This run is not kept in the list: it takes 75.5 MB, and 60 runs or 64 MB are kept at most.',
    { timeout: 40_000 },
  );
  await expect(lab.facts).toHaveText(/^Step 2300 of 2300/);
  await expect(items(page)).toHaveCount(1);
  // The next run is kept as usual.
  await lab.set({ Layers: '4', 'Steps K': '3', 'Weight seed': '8' });
  await lab.runToEnd();
  await expect(items(page)).toHaveCount(2);
});

test('a card with a date yet to come is no newer than the runs after it', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3' });
  await lab.runToEnd();
  await page.getByLabel('Open a card or weights').setInputFiles(card({ created: '9999-12-31T00:00:00.000Z' }));
  await expect(items(page).first()).toContainText('A card');
  await lab.set({ 'Weight seed': '7' });
  await lab.runToEnd();
  await expect(items(page).first()).toContainText('seed 7');
  await page.goto('./');
  await lab.open();
  await expect(items(page).first()).toContainText('seed 7');
});

test('an entry that is damaged or of someone else is said and left alone', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3' });
  await lab.runToEnd();
  await page.evaluate(async () => {
    const database = await new Promise((resolve) => {
      const request = indexedDB.open('ska-lab');
      request.onsuccess = () => resolve(request.result);
    });
    const store = database.transaction('runs', 'readwrite').objectStore('runs');
    store.put({ id: 'damaged', name: 1 });
    await new Promise((resolve) => (store.transaction.oncomplete = resolve));
    database.close();
  });
  await page.goto('./');
  await lab.open();
  await expect(page.locator('.notice')).toContainText(
    'One of the runs kept here cannot be read, and is left as it is.',
  );
  await expect(items(page)).toHaveCount(1);
  expect(await stored(page, 'id')).toContain('damaged');
});

test('tabs tell each other, and a run deleted in one does not come back from another', async ({
  lab,
  page,
  context,
}) => {
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3' });
  await lab.runToEnd();
  const other = await context.newPage();
  await other.addInitScript(() => localStorage.setItem('ska-visited', 'yes'));
  await other.goto(page.url().split('#')[0]);
  await expect(items(other)).toHaveCount(1);

  await lab.set({ 'Weight seed': '1' }); // the other tab shows a new run
  await lab.runToEnd();
  await expect(items(other)).toHaveCount(2);

  const name = async (/** @type {Page} */ where, /** @type {string} */ text) => {
    await items(where).first().getByRole('button', { name: /^Name/ }).click();
    await where.getByLabel('Name of the run').fill(text);
    await where.keyboard.press('Enter');
  };
  await name(other, 'Named elsewhere'); // and a new name
  await expect(items(page).first()).toContainText('Named elsewhere');

  // And a deletion, even while the run is being renamed.
  await items(other).first().getByRole('button', { name: /^Name/ }).click();
  await items(page)
    .first()
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(items(other)).toHaveCount(1);

  // If the other tab missed the deletion, renaming does not restore the run.
  await page.evaluate(() => {
    BroadcastChannel.prototype.postMessage = () => {};
  });
  await items(page)
    .first()
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(items(page)).toHaveCount(0);
  await name(other, 'Back again');
  await expect(other.locator('.notice')).toContainText('was not renamed: it was deleted in another tab.');
  await expect(items(other)).toHaveCount(0);
  expect(await stored(page, 'id')).toEqual([]);
});

test('runs of a newer version of the page are left alone, in words', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3' });
  await lab.runToEnd();
  // Another tab upgrades the database: this tab must not block it.
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('ska-lab', 2);
        request.onblocked = () => reject(new Error('blocked'));
        request.onsuccess = () => {
          request.result.close();
          resolve(null);
        };
      }),
  );
  await lab.set({ 'Weight seed': '1' });
  await lab.runToEnd();
  await expect(page.locator('.notice')).toContainText('The runs kept here are of a newer version of this page');
  await expect(items(page)).toHaveCount(2);
  await expect(items(page).first()).toContainText('not stored');
  await page.goto('./');
  await lab.open();
  await expect(page.locator('.notice')).toContainText('The runs kept here are of a newer version of this page');
});

test('all runs go out as one file, and come in where they are not yet', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3' });
  for (const seed of ['1', '2', '3']) {
    await lab.set({ 'Weight seed': seed });
    await lab.runToEnd();
  }
  const before = await keptHere(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export all runs' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^ska-runs-\d{4}-\d\d-\d\d\.zip$/);
  const path = await download.path();
  await page.getByLabel('Import runs').setInputFiles(path);
  await expect(page.locator('.notice')).toContainText('0 runs imported. 3 runs were here already.');

  await inFreshProfile(page, async (fresh) => {
    await fresh.getByLabel('Import runs').setInputFiles(path);
    await expect(fresh.locator('.notice')).toContainText('3 runs imported.');
    expect(await keptHere(fresh)).toEqual(before);
    await fresh.reload();
    await expect(items(fresh)).toHaveCount(3);
    expect(await keptHere(fresh)).toEqual(before);
  });
});

test('the browser is asked once to keep what is stored, when something is', async ({ lab, page }) => {
  await page.addInitScript(() => {
    navigator.storage.persist = () => {
      localStorage.setItem('asked', `${Number(localStorage.getItem('asked')) + 1}`);
      return Promise.reject(new Error('not here'));
    };
  });
  const asked = () => page.evaluate(() => localStorage.getItem('asked'));
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3' });
  expect(await asked()).toBeNull();
  for (const seed of ['1', '2']) {
    await lab.set({ 'Weight seed': seed });
    await lab.runToEnd();
    await expect.poll(asked).toBe('1');
  }
  await page.goto('./');
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3', 'Weight seed': '3' });
  await lab.runToEnd();
  await expect.poll(() => stored(page, 'id')).toHaveLength(3);
  expect(await asked()).toBe('1');
});

test('settings that were typed and weights that were opened come back when others replaced them', async ({
  lab,
  page,
}) => {
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3' });
  await lab.runToEnd();
  await lab.set({ Layers: '9, 8, 7', 'Steps K': 'many' });
  await page.getByRole('button', { name: 'The papers’ settings' }).click();
  await expect(lab.field('Layers')).toHaveValue('256, 128, 64, 10');
  await undo(page).click();
  await expect(lab.field('Layers')).toHaveValue('9, 8, 7');
  await expect(lab.field('Steps K')).toHaveValue('many');
});

test('nothing of a run is left once another has taken its place', async ({ lab, page }) => {
  await lab.open();
  await lab.set({ Layers: '4', 'Steps K': '3' });
  const client = await page.context().newCDPSession(page);
  /** Number of live objects with a prototype. @param {string} prototype */
  const living = async (prototype) => {
    await client.send('HeapProfiler.collectGarbage');
    const { result } = await client.send('Runtime.evaluate', { expression: prototype });
    const { objects } = await client.send('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' });
    const { result: count } = await client.send('Runtime.callFunctionOn', {
      objectId: objects.objectId,
      functionDeclaration: 'function () { return this.length; }',
    });
    await client.send('Runtime.releaseObject', { objectId: objects.objectId ?? '' });
    return count.value;
  };
  const count = async () => ({
    functions: await living('Function.prototype'),
    lists: await living('Array.prototype'),
    recordings: await living('Object.getPrototypeOf(skaLab.session.recording)'),
  });
  // Two alternating runs, which replace each other in the list. Everything is drawn in between, and the test holds no
  // handle to a run.
  const run = async (/** @type {number} */ times) => {
    await page.evaluate(async (times) => {
      const { lab } = /** @type {any} */ (globalThis).skaLab;
      for (let i = 0; i < times; ++i) {
        lab.form.change({ seed: String(i % 2) });
        await lab.form.judgement;
        await lab.run();
        for (let frame = 0; frame < 2; ++frame) await new Promise(requestAnimationFrame);
      }
    }, times);
    await expect(lab.message).toHaveText('Finished.');
  };
  await run(4);
  const before = await count();
  const runs = 6;
  await run(runs);
  const after = await count();
  // When replaced vnodes were kept alive, each run leaked 50 functions and 240 lists.
  expect(after.recordings).toBeLessThanOrEqual(before.recordings);
  expect(after.functions - before.functions).toBeLessThan(10 * runs);
  expect(after.lists - before.lists).toBeLessThan(40 * runs);
});

test('where the browser stores nothing the page says so, and works', async ({ lab, page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('Blocked.', 'SecurityError');
    };
  });
  await lab.open();
  await expect(page.locator('.notice')).toContainText('This browser does not let the page store runs');
  await lab.set(small);
  await lab.runToEnd();
  await expect(items(page)).toHaveCount(1);
});
