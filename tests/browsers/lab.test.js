// The page on a host with isolation headers: numbers and display are the same in every browser.
import { availableParallelism } from 'node:os';

import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { StepRecord } from '../../web/model/record.js';
import { readRunCard } from '../../web/files/run-card.js';
import { isolationHeaders } from '../e2e/plain-host.js';
import { exactRuns, papersRun, pixelsOf } from '../golden/exact-runs.js';
import { goldenDefault, layerQuantities, tolerance } from '../golden/golden.js';
import { engineName, newVisitor, withVisitor } from './engine.js';
import { startHost } from './visitor.js';

const cores = Math.min(8, availableParallelism());
/** WebKitGTK gives pages no shared memory, isolated or not. */
const threads = engineName === 'webkit' ? 1 : cores;

/** Runs that the page computes in turn, as a file of the host. */
const awkwardRuns = JSON.stringify(
  exactRuns().map((run) => ({
    config: run.config,
    samples: run.samples,
    pixels: Buffer.from(pixelsOf(run)).toString('base64'),
  })),
);

const embedding = '<!doctype html><link rel="icon" href="data:,"><iframe src="./?embed=1&chart=entropy"></iframe>';

/** @type {import('../e2e/plain-host.js').PlainHost} */
let host;
/** @type {import('./visitor.js').Visitor} */
let visitor;

beforeAll(async () => {
  host = await startHost({ 'runs.json': awkwardRuns, 'around.html': embedding });
  host.headers = isolationHeaders;
  visitor = await newVisitor();
});
afterAll(() => host.stop());

describe(engineName, () => {
  it('loads, isolated, and gives the papers’ run to the last bit', async () => {
    await visitor.open(host.url);
    expect(await visitor.driver.evaluate(() => crossOriginIsolated)).toBe(true);
    await visitor.says('#engine-title', `Exact engine · ${threads} thread${threads === 1 ? '' : 's'}`);
    expect(await visitor.runToEnd()).toBe('701fa23f76377a318aa8c49b6fb059ba');
    expect(papersRun().fingerprint).toBe('701fa23f76377a318aa8c49b6fb059ba');
  });

  it('scrubs through the steps', async () => {
    await visitor.slide('#timeline', 7);
    await visitor.says('.where', 'Step 7, t = 0.07');
    const entropy = goldenDefault('entropy')[0][6]; // the shown records start at step 1
    const shown = await visitor.text('[data-chart="entropy"] .readout span:nth-of-type(1)');
    const [, number] = /Layer 1 (.*)/.exec(shown) ?? [];
    expect(Number(number.replaceAll(/[\s\u202f]/g, '').replace('−', '-'))).toBeCloseTo(entropy, 0);
    await visitor.slide('#timeline', 49);
    await visitor.says('.where', 'Step 49');
  });

  it('looks inside the network', async () => {
    await visitor.driver.click('.inside summary');
    await visitor.says('.inside', 'At step 49: Z and D as seen there');
    const row = await visitor.text('.inside tbody tr:nth-of-type(4)');
    expect(row).toMatch(/^Layer 43\.3\d\de−6100\.0 %/);
    await visitor.driver.click('.inside summary');
  });

  it('gives out files that hold the records, and opens its run card again', async () => {
    const records = await visitor.records();
    const steps = records.map((values) => new StepRecord(Float64Array.from(values), 4));
    const csv = await visitor.given(() => visitor.driver.click('.run-files button:nth-of-type(1)'));
    expect(csv.name).toBe('ska-csv-701fa23f.zip');
    const lines = strFromU8(unzipSync(csv.bytes)['entropy_history.csv']).trim().split('\n');
    const entropies = lines.slice(1).map((line) => line.split(',').slice(1).map(Number));
    entropies.forEach((row, layer) => expect(row).toEqual(steps.slice(1).map((step) => step.of('entropy')[layer])));

    for (const [position, start] of /** @type {const} */ ([
      [1, '\u0089PNG'],
      [2, '<svg '],
    ])) {
      await visitor.driver.evaluate(() =>
        document.querySelector('[data-chart="entropy"] details')?.setAttribute('open', ''),
      );
      const picture = await visitor.given(() =>
        visitor.driver.click(`[data-chart="entropy"] .menu li:nth-of-type(${position}) button`),
      );
      expect(picture.bytes.subarray(0, start.length).toString('latin1').replace('<?xml', '<svg ')).toBe(start);
      expect(picture.bytes.length).toBeGreaterThan(1000);
    }

    const card = await visitor.given(() => visitor.driver.click('.run-files button:nth-of-type(2)'));
    const { recording } = readRunCard(card.bytes.toString());
    expect(Array.from({ length: 50 }, (_, k) => [...(recording?.at(k).values ?? [])])).toEqual(records);
    await visitor.driver.click('#reset');
    await visitor.openFile('card.json', card.bytes);
    await visitor.says('#fingerprint', '701fa23f76377a318aa8c49b6fb059ba');
    expect(await visitor.records()).toEqual(records);
  });

  it('shares a link that a fresh profile reruns to the same bits', async () => {
    await visitor.driver.evaluate(() => {
      const writeText = async (/** @type {string} */ text) => void Object.assign(globalThis, { link: text });
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    });
    await visitor.driver.fill('#layers', '16, 10');
    await visitor.driver.fill('#steps', '12');
    const fingerprint = await visitor.runToEnd();
    await visitor.driver.evaluate(() => {
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === 'Share')?.click();
    });
    const link = await visitor.until(
      'there is a link',
      () => /** @type {string | undefined} */ (/** @type {any} */ (globalThis).link),
    );
    await withVisitor(async (other) => {
      await other.driver.goto(String(link));
      await other.says('.notice', `Verified: this rerun gave the same bits as the run that was shared`);
      expect(await other.text('#fingerprint')).toBe(fingerprint);
    });
  });

  it('computes with the fast engine within the golden tolerance, or says why it has none', async () => {
    if (!(await visitor.driver.evaluate(() => /** @type {any} */ (globalThis).skaLab.lab.form.canBeFast))) {
      expect(await visitor.text('#fast-help')).toMatch(/^Not here: this browser lacks relaxed WebAssembly SIMD/);
      expect(await visitor.driver.evaluate(() => document.querySelector('#fast:disabled') !== null)).toBe(true);
      return;
    }
    await visitor.driver.click('#papers-settings');
    await visitor.driver.click('#fast');
    await visitor.runToEnd();
    const steps = (await visitor.records()).map((values) => new StepRecord(Float64Array.from(values), 4));
    for (const quantity of layerQuantities) {
      const records = quantity === 'knowledge_norm' ? steps : steps.slice(1);
      goldenDefault(quantity).forEach((curve, layer) => {
        const furthest = Math.max(...curve.map((value, i) => Math.abs(records[i].of(quantity)[layer] - value)));
        expect(furthest, `${quantity}, layer ${layer + 1}`).toBeLessThanOrEqual(tolerance(quantity, curve));
      });
    }
    await visitor.driver.click('#fast');
  });

  it.each([...new Set([1, threads])])('gives every awkward run its fingerprint, with %i threads', async (threads) => {
    const fingerprints = await visitor.driver.evaluate(async (threads) => {
      const { client } = /** @type {any} */ (globalThis).skaLab;
      const runs = await (await fetch('runs.json')).json();
      await client.use({ name: threads > 1 ? 'ska-threads' : 'ska', threads, why: '' });
      const found = [];
      for (const { config, samples, pixels } of runs) {
        const bytes = Uint8Array.from(atob(pixels), (each) => each.charCodeAt(0));
        await client.create(config, { pixels: bytes, samples });
        found.push((await client.advance()).fingerprint);
      }
      return found;
    }, threads);
    expect(fingerprints).toEqual(exactRuns().map(({ fingerprint }) => fingerprint));
  });

  it('computes an experiment that a link names', async () => {
    await visitor.open(host.url, '#v=1&experiment=time-invariance&pairs=0.02x5');
    await visitor.says('main', '1 of 1 runs finished.');
  });

  it('shows one chart within another page, and runs there', async () => {
    await visitor.driver.goto(`${host.url}around.html`);
    const isReady = () => frames[0]?.document.querySelector('#run:not(:disabled)') !== null;
    await visitor.until('the embedded page is ready', isReady);
    await visitor.driver.evaluate(() => frames[0].document.getElementById('run')?.click());
    const isFinished = () => /** @type {any} */ (frames[0]).skaLab.session.phase === 'finished';
    await visitor.until('the embedded run is finished', isFinished);
    const shown = await visitor.driver.evaluate(() => ({
      charts: [...frames[0].document.querySelectorAll('[data-chart]')].map((each) => each.getAttribute('data-chart')),
      fingerprint: /** @type {any} */ (frames[0]).skaLab.session.recording.fingerprint,
    }));
    expect(shown).toEqual({ charts: ['entropy'], fingerprint: '701fa23f76377a318aa8c49b6fb059ba' });
  });
});
