// Permanent compatibility: links, run cards, weights and kept runs of version 1 open on the page with the same bits and
// names.
import { readFileSync } from 'node:fs';

import { strFromU8, unzipSync } from 'fflate';

import { readRunCard } from '../../web/files/run-card.js';
import { bytesOf, cards, digestOf, embeds, experiments, kept, links, oldest, pathOf, textOf } from '../fixtures/v1.js';
import { fileOf, parseCsv } from '../golden/golden.js';
import { expect, test } from './lab.js';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./lab.js').Lab} Lab */

/**
 * Waits until the session has finished a run with this fingerprint.
 * @param {Page} page
 * @param {string | null} fingerprint
 */
const finished = (page, fingerprint) =>
  expect
    .poll(() =>
      page.evaluate(() => {
        const { session } = /** @type {any} */ (globalThis).skaLab ?? {};
        return session?.phase === 'finished' ? { fingerprint: session.recording.fingerprint } : null;
      }),
    )
    .toEqual({ fingerprint });

/** Digest of the values that the page shows. @param {Lab} lab */
const shownDigest = async (lab) => digestOf(await lab.records());

/** @param {Page} page */
const items = (page) => page.locator('.runs .run');

// Links that were not run are of networks too large for a test; tests/js parses them.
for (const { what, hash, fingerprint, view, step, hide } of links.filter(
  ({ what }) => !/nothing run|not run/.test(what),
)) {
  test(`a link opens: ${what}`, async ({ lab, page }) => {
    await page.goto(`./${hash}`);
    await finished(page, fingerprint);
    await expect(lab.message).toHaveText('Finished.');
    const notice = page.locator('.notice');
    if (hash.includes('&fingerprint=')) await expect(notice).toContainText(/^Verified/);
    else await expect(notice.locator('p')).toHaveCount(0);
    await expect
      .poll(() => page.evaluate(() => /** @type {any} */ (globalThis).skaLab.lab.cursor.value))
      .toBe(hash.includes('&step=') ? step : null);
    const shown = await page.evaluate(() => /** @type {any} */ (globalThis).skaLab.lab.view.value);
    expect(shown).toMatchObject(view);
    await expect(page.locator('#controls')).toHaveCount(hide.includes('controls') ? 0 : 1);
    await expect(page.locator('.runs')).toHaveCount(hide.includes('runs') ? 0 : 1);
    await expect(page.getByRole('button', { name: 'Tour' })).toHaveCount(hide.includes('tour') ? 0 : 1);
    await expect(page.locator('.honest')).toHaveCount(hide.includes('honest') ? 0 : 1);
  });
}

test('every embedded chart opens', async ({ page, lab }) => {
  test.slow();
  for (const { query, hash, chart, fingerprint, whole } of embeds) {
    await page.goto('about:blank');
    await page.goto(`./${query}${hash}`);
    await finished(page, fingerprint);
    await expect(page.locator('canvas'), chart).toHaveCount(1);
    await expect(page.locator(`#${chart}`)).toBeVisible();
    await expect(page.locator('.notice p')).toHaveCount(0);
    const link = page.getByRole('link', { name: 'Open in the SKA Lab' });
    await expect(link).toHaveAttribute('href', new RegExp(`${whole}$`));
  }
  await expect(lab.message).toHaveText('Finished.');
});

for (const { name, hash, runs } of experiments) {
  test(`a link of the experiment ${name} runs it to the same bits`, async ({ page }) => {
    await page.goto(`./${hash}`);
    await expect(page.locator('.progress [role=status]')).toHaveText(`${runs.length} of ${runs.length} runs finished.`);
    const found = await page.evaluate(() =>
      /** @type {any} */ (globalThis).skaExperiments.conductor.parts.map((/** @type {any} */ { run, recording }) => ({
        key: run.key,
        fingerprint: recording.fingerprint,
      })),
    );
    expect(found).toEqual(runs.map((/** @type {any} */ { key, fingerprint }) => ({ key, fingerprint })));
    await expect(page.locator('.notice p')).toHaveCount(0);
  });
}

/** @param {Page} page @param {string} button */
async function exported(page, button) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFileSync(await download.path());
}

/** @param {string} text content of a run card */
function read(text) {
  const { card, recording, faults } = readRunCard(text);
  expect(faults).toEqual([]);
  const values = Array.from({ length: recording?.steps ?? 0 }, (_, k) => recording?.at(k).values ?? []);
  return { ...card, values: digestOf(values) };
}

test('every run card opens by button, and goes out again with the same numbers', async ({ lab, page }) => {
  await lab.open();
  for (const { file, fingerprint, steps, settings, values, name, what } of cards) {
    await page.getByLabel('Open a card or weights').setInputFiles(pathOf(`cards/${file}`));
    await expect(lab.facts, what).toHaveText(new RegExp(`^Step ${steps} of ${settings.config.steps}`));
    await expect.poll(() => shownDigest(lab), what).toBe(values);
    await expect(lab.field('Layers')).toHaveValue(settings.config.layers.join(', '));
    if (fingerprint) await expect(page.locator('#fingerprint')).toHaveText(fingerprint);
    await expect(page.locator('.runs .run.shown .run-name')).toHaveText(name ?? 'A run of the SKA Lab');
    expect(read(String(await exported(page, 'Run card')))).toEqual(read(textOf(`cards/${file}`)));
  }
  await expect(items(page)).toHaveCount(cards.length);
});

test('a run card is dropped on the page, and its run goes on to its end', async ({ lab, page }) => {
  await lab.open();
  const text = textOf('cards/paused.json');
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'paused.json', { type: 'application/json' }));
    return transfer;
  }, text);
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  const [{ steps, settings, values, finished: fingerprint }] = cards.filter(({ file }) => file === 'paused.json');
  await expect(lab.facts).toHaveText(new RegExp(`^Step ${steps} of ${settings.config.steps}`));
  await expect.poll(() => shownDigest(lab)).toBe(values);
  await lab.run.click();
  await finished(page, fingerprint);
});

test('weights are opened, and a run begins with them', async ({ lab, page }) => {
  await lab.open();
  await page.getByLabel('Open a card or weights').setInputFiles(pathOf('files/weights.npz'));
  await expect(lab.field('Layers')).toHaveValue('3, 2');
  await lab.set({ 'Steps K': '4' });
  await lab.runToEnd();
  const [{ fingerprint, values }] = cards.filter(({ file }) => file === 'started.json');
  await finished(page, fingerprint);
  await expect.poll(() => shownDigest(lab)).toBe(values);
});

/**
 * Puts runs into the browser's database, in the format of version 1.
 * @param {Page} page of the same origin, but not the lab
 */
const putIn = (page) =>
  page.evaluate(
    async ({ database: name, version, keyPath, runs }) => {
      /** @param {any} value @returns {any} */
      const decoded = (value) => {
        if (Array.isArray(value)) return value.map(decoded);
        if (value === null || typeof value !== 'object') return value;
        for (const type of [Float64Array, Float32Array]) {
          if (!(type.name in value)) continue;
          return new type(Uint8Array.from(atob(value[type.name]), (letter) => letter.charCodeAt(0)).buffer);
        }
        return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, decoded(each)]));
      };
      /** @param {IDBRequest} request */
      const done = (request) =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const opening = indexedDB.open(name, version);
      opening.onupgradeneeded = () => opening.result.createObjectStore('runs', { keyPath });
      const database = await done(opening);
      const store = database.transaction('runs', 'readwrite').objectStore('runs');
      for (const run of runs) await done(store.put(decoded(run)));
      database.close();
    },
    { ...kept, runs: [...kept.runs, oldest.kept] },
  );

/** Digest of a kept run's values, in the format of its fixture. @param {any} run */
function digestOfKept({ values, steps }) {
  const bytes = Buffer.from(values.Float64Array, 'base64');
  const numbers = Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i));
  const length = numbers.length / steps;
  return digestOf(Array.from({ length: steps }, (_, k) => numbers.slice(k * length, (k + 1) * length)));
}

test.describe('runs that version 1 kept', () => {
  /** @type {any[]} */
  const runs = [...kept.runs, oldest.kept];
  test.beforeEach(async ({ lab, page }) => {
    // A page of this origin that is not the lab, because the lab would open the database itself.
    await page.route('**/before', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:," />' }),
    );
    await page.goto('./before');
    await putIn(page);
    await lab.open();
    await expect(items(page)).toHaveCount(runs.length);
  });

  /** @param {Page} page @param {string} name */
  const item = (page, name) => items(page).filter({ has: page.getByText(name, { exact: true }) });

  test('are listed, and each opens with its numbers and settings', async ({ lab, page }) => {
    for (const run of runs) {
      const { name, steps, fingerprint, settings, start } = run;
      const entry = item(page, name);
      await expect(entry).toHaveCount(1);
      await expect(entry).toContainText(`${steps} steps`);
      await entry.getByRole('button', { name: 'Open' }).click();
      await expect(lab.facts, name).toHaveText(new RegExp(`^Step ${steps} of ${settings.config.steps}`));
      await expect.poll(() => shownDigest(lab), name).toBe(digestOfKept(run));
      await expect(lab.field('Layers')).toHaveValue(settings.config.layers.join(', '));
      await expect(lab.field('Weight seed')).toHaveValue(String(settings.config.seed));
      await expect(page.locator('#fast')).toBeChecked({ checked: settings.fast });
      await expect(page.locator('#shift_term')).toBeChecked({ checked: settings.config.shift_term });
      if (fingerprint) await expect(page.locator('#fingerprint')).toHaveText(fingerprint);
      else await expect(entry).toContainText('fast engine');
      await expect(page.locator('.note')).toHaveCount(start ? 1 : 0);
    }
  });

  test('are named anew, laid over another, and stay so', async ({ lab, page }) => {
    await item(page, oldest.kept.name).getByRole('button', { name: 'Name' }).click();
    await page.getByLabel('Name of the run').fill('The oldest');
    await page.keyboard.press('Enter');
    await expect(item(page, 'The oldest')).toHaveCount(1);
    const [started] = runs.filter(({ start }) => start !== null);
    await item(page, started.name).getByRole('button', { name: 'Open' }).click();
    await item(page, 'The oldest').getByLabel('overlay').check();
    const others = () =>
      page.evaluate(() =>
        /** @type {any} */ (globalThis).skaLab.lab.scene.value.others.map((/** @type {any} */ { name }) => name),
      );
    await expect.poll(others).toEqual(['The oldest']);
    await page.goto('about:blank');
    await lab.open();
    await expect(items(page)).toHaveCount(runs.length);
    await item(page, 'The oldest').getByRole('button', { name: 'Open' }).click();
    await expect(page.locator('#fingerprint')).toHaveText(oldest.kept.fingerprint);
    await expect.poll(() => shownDigest(lab)).toBe(digestOfKept(oldest.kept));
  });

  test('go out as version 1 let them out', async ({ page }) => {
    for (const { file, fingerprint, name } of cards.filter(
      ({ file }) => !['papers.json', 'paused.json'].includes(file),
    )) {
      await item(page, name).getByRole('button', { name: 'Open' }).click();
      await expect(page.locator('.runs .run.shown .run-name')).toHaveText(name);
      expect(read(String(await exported(page, 'Run card'))), file).toEqual(read(textOf(`cards/${file}`)));
      if (file !== 'fashion.json') continue;
      const files = unzipSync(new Uint8Array(await exported(page, 'CSV files')));
      const former = unzipSync(new Uint8Array(bytesOf('files/csv.zip')));
      for (const csv of Object.values(fileOf).map((name) => `${name}.csv`)) {
        expect(parseCsv(strFromU8(files[csv])), csv).toEqual(parseCsv(strFromU8(former[csv])));
      }
      expect(JSON.parse(strFromU8(files['run.json'])).fingerprint).toBe(fingerprint);
    }
  });

  test('go on as runs of their own, and are computed again to the same bits', async ({ lab, page }) => {
    const [started] = runs.filter(({ start }) => start !== null);
    await item(page, started.name).getByRole('button', { name: 'Open' }).click();
    await expect(page.locator('#fingerprint')).toHaveText(started.fingerprint);
    await lab.reset.click();
    await lab.runToEnd();
    await expect(page.locator('#fingerprint')).toHaveText(started.fingerprint);
    await expect(items(page)).toHaveCount(runs.length); // repeating the same run adds no other one
    await lab.set({ 'Steps K': '7' });
    await lab.run.click();
    await expect(lab.facts).toHaveText(/^Step 7 of 7/);
    await expect(items(page)).toHaveCount(runs.length + 1);
  });
});
