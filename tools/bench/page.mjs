// Benchmarks in Chromium: the engine without charts, the whole page, memory, and the kernels.
import { readFileSync } from 'node:fs';

import { projectDir } from '../setup/shell.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('../../web/engine/builds.js').Build} Build */

/**
 * Seconds of default runs on an otherwise idle page, from request to end, including weight initialization.
 * @param {Page} page
 * @param {Build} build
 * @param {number} repetitions
 */
export function engineSeconds(page, build, repetitions) {
  return page.evaluate(
    async ({ build, repetitions }) => {
      const { client, session, batches } = /** @type {any} */ (globalThis).skaLab;
      const { config, data } = session.recording;
      const batch = await batches.of(data);
      await client.use(build);
      client.onStep = () => {}; // nothing is drawn
      const seconds = [];
      for (let i = 0; i < repetitions; ++i) {
        const start = performance.now();
        await client.create(config, batch);
        await client.advance();
        seconds.push((performance.now() - start) / 1000);
      }
      return seconds;
    },
    { build, repetitions },
  );
}

/**
 * One default run as a user starts it, with charts.
 * @param {Page} page
 * @returns {Promise<{ seconds: number, longTasks: number[], scripts: number, all: number }>} the engine's seconds; the
 *   durations of main-thread tasks of 50 ms or more; and the main thread's time per pushed step, in scripts and in all
 *   (including layout and painting): these in milliseconds
 */
export async function pageRun(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const busy = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    const milliseconds = (/** @type {string} */ wanted) =>
      1000 * (metrics.find(({ name }) => name === wanted)?.value ?? NaN);
    return { scripts: milliseconds('ScriptDuration'), all: milliseconds('TaskDuration') };
  };
  await page.evaluate(() => {
    /** @type {number[]} */
    const longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
      type: 'longtask',
    });
    Object.assign(globalThis, { longTasks });
  });
  const before = await busy();
  await page.locator('#run').click();
  await page.getByText('Finished.').waitFor();
  const after = await busy();
  await page.waitForTimeout(300);
  const { seconds, longTasks, steps } = await page.evaluate(() => {
    const { skaLab, longTasks } = /** @type {any} */ (globalThis);
    const { computed, steps } = skaLab.session.recording;
    return { seconds: computed / 1000, longTasks, steps };
  });
  const perStep = (/** @type {keyof typeof after} */ kind) => (after[kind] - before[kind]) / steps;
  return { seconds, longTasks, scripts: perStep('scripts'), all: perStep('all') };
}

/**
 * Time from opening the page to its first chart, in milliseconds.
 * @param {Page} page
 */
export async function firstChart(page) {
  await page.waitForFunction(() => performance.getEntriesByName('ska-chart-entropy').length > 0);
  return page.evaluate(() => performance.getEntriesByName('ska-chart-entropy')[0].startTime);
}

/**
 * Frame intervals while the timeline is dragged over a run of 500 steps, in milliseconds.
 * @param {Page} page
 * @returns {Promise<number[]>}
 */
export async function dragging(page) {
  await page.getByRole('textbox', { name: 'Steps K', exact: true }).fill('500');
  await page.getByRole('textbox', { name: 'Learning rate η', exact: true }).fill('0.001');
  await page.locator('#run:not(:disabled)').click();
  await page.getByText('Finished.').waitFor({ timeout: 120_000 });
  await page.waitForTimeout(500);
  const box = await page.locator('#timeline').boundingBox();
  if (!box) throw new Error('The timeline is not to be seen.');
  await page.evaluate(() => {
    /** @type {number[]} */
    const frames = [];
    const next = (/** @type {number} */ time) => {
      frames.push(time);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    Object.assign(globalThis, { frames });
  });
  const y = box.y + box.height / 2;
  const moves = 120;
  await page.mouse.move(box.x + 10, y);
  await page.mouse.down();
  for (let i = 0; i < moves; ++i) {
    await page.mouse.move(box.x + 10 + ((box.width - 20) * i) / moves, y);
    await page.waitForTimeout(8);
  }
  await page.mouse.up();
  return page.evaluate(() => {
    const { frames } = /** @type {any} */ (globalThis);
    return frames.slice(1).map((/** @type {number} */ time, /** @type {number} */ i) => time - frames[i]);
  });
}

/**
 * The six pairs of the time-invariance experiment, 1025 steps, with the page's number of workers.
 * @param {Page} page
 * @returns {Promise<{ seconds: number, workers: number }>} seconds from pressing Run to the end of the last run
 */
export async function sixPairs(page) {
  await page.evaluate(() => {
    location.hash = '#v=1&experiment=time-invariance';
  });
  await page.waitForFunction(() => /** @type {any} */ (globalThis).skaExperiments?.conductor.parts.length === 6);
  return page.evaluate(async () => {
    const { conductor, experimenting } = /** @type {any} */ (globalThis).skaExperiments;
    const start = performance.now();
    await experimenting.run();
    return { seconds: (performance.now() - start) / 1000, workers: Math.min(conductor.most, 6) };
  });
}

/**
 * Cost of a run with a number of images, on a fresh page: median microseconds per image and step, and peak WebAssembly
 * memory.
 * @param {Page} page
 * @param {number} images
 */
export function scaling(page, images) {
  return page.evaluate(async (images) => {
    const { client } = /** @type {any} */ (globalThis).skaLab;
    await client.use({ name: 'ska', threads: 1, why: '' });
    const file = await fetch(new URL('data/train-images-idx3-ubyte.gz', document.baseURI));
    const blob = await file.blob();
    // Some hosts decompress such files in transit.
    const packed = new Uint8Array(await blob.slice(0, 1).arrayBuffer())[0] === 0x1f;
    const stream = packed ? blob.stream().pipeThrough(new DecompressionStream('gzip')) : blob.stream();
    const pixels = new Uint8Array(await new Response(stream).arrayBuffer()).slice(16, 16 + images * 784);
    const config = { layers: [256, 128, 64, 10], steps: 10, learning_rate: 0.01, seed: 42, shift_term: true };
    /** @type {number[]} */
    const times = [];
    client.onStep = (/** @type {{ computed: number }} */ { computed }) => times.push(computed);
    await client.create(config, { pixels, samples: images });
    await client.advance();
    // Skip the first two steps: they learn nothing, or touch their memory for the first time.
    const steps = times.slice(2).map((time, i) => time - times[i + 1]);
    steps.sort((a, b) => a - b);
    const { memoryBytes } = await client.memory();
    return {
      images,
      microseconds: (1000 * steps[Math.floor(steps.length / 2)]) / images,
      megabytes: memoryBytes / 1e6,
    };
  }, images);
}

/**
 * Performance of each set of kernels in the browser.
 * @param {Page} page
 * @returns {Promise<import('./report.mjs').KernelRates[]>}
 */
export async function pageKernels(page) {
  const folder = `${projectDir}/build/wasm/cpp/bench`;
  const script = readFileSync(`${folder}/ska_kernels_bench.js`, 'utf8');
  const wasm = readFileSync(`${folder}/ska_kernels_bench.wasm`).toString('base64');
  const lines = await page.evaluate(
    ({ script, wasm }) =>
      new Promise((/** @type {(lines: string[]) => void} */ resolve, reject) => {
        const setup = `self.Module = {
          wasmBinary: Uint8Array.from(atob('${wasm}'), (c) => c.charCodeAt(0)),
          print: (line) => self.postMessage(line), onExit: () => self.postMessage(null) };`;
        const url = URL.createObjectURL(new Blob([setup, script], { type: 'text/javascript' }));
        const worker = new Worker(url);
        /** @type {string[]} */
        const lines = [];
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.onmessage = ({ data }) => {
          if (data !== null) lines.push(data);
          else {
            worker.terminate();
            resolve(lines);
          }
        };
      }),
    { script, wasm },
  );
  return lines.map((line) => JSON.parse(line));
}
