// npm run bench: benchmarks the engine and the page, with PyTorch for comparison if it is installed. A measurement, not
// a test: results depend on the machine and its load. Prints tables and writes build/reports/bench.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

import { dragging, engineSeconds, firstChart, pageKernels, pageRun, scaling, sixPairs } from '../bench/page.mjs';
import { nativeKernels, nativeSeconds, torchRunner } from '../bench/native.mjs';
import { figureTable, kernelTable, secondsTable } from '../bench/report.mjs';
import { median, ratio } from '../bench/statistics.mjs';
import { buildNative, buildWasm } from '../setup/cmake.mjs';
import { requireData } from '../setup/data.mjs';
import { main, projectDir, say } from '../setup/shell.mjs';
import { buildSite } from '../setup/site.mjs';
import { needs, requireSystemPackages } from '../setup/system-packages.mjs';

const rounds = 7;
/** Rounds of an experiment, which takes many runs. */
const experimentRounds = 3;
const reports = `${projectDir}/build/reports`;

/**
 * @param {import('../../web/engine/builds.js').BuildName} name
 * @param {number} threads
 * @returns {import('../../web/engine/builds.js').Build}
 */
const build = (name, threads) => ({ name, threads, why: '' });

/** @param {number} threads */
const many = (threads) => `${threads} thread${threads > 1 ? 's' : ''}`;

/** Variants of the default run, timed in turn in every round. */
const browserBuilds = {
  'Chromium, exact, 1 thread': build('ska', 1),
  'Chromium, exact, 2 threads': build('ska-threads', 2),
  'Chromium, fast, 1 thread': build('ska-fast', 1),
  'Chromium, fast, 2 threads': build('ska-fast-threads', 2),
};

await main(async () => {
  requireSystemPackages([needs.chromium]);
  requireData();
  buildNative('native', ['ska_run_bench', 'ska_kernels_bench']);
  buildSite();
  buildWasm(['ska_kernels_bench']);
  const torch = torchRunner();
  if (!torch) say('PyTorch is not here (python3-torch on Debian): its figures are left out');
  const { withPage } = await import('../setup/browser.mjs');

  /** @type {Record<string, number[]>} */
  const seconds = {};
  const add = (/** @type {string} */ name, /** @type {number} */ value) => (seconds[name] ??= []).push(value);
  /** @type {{ images: number, microseconds: number, megabytes: number }[]} */
  const scales = [];
  /** @type {number[]} */
  const longTasks = [];
  /** @type {number[]} */
  const scripts = [];
  /** @type {number[]} */
  const mainThread = [];
  /** @type {number[]} */
  const firstCharts = [];
  /** @type {number[]} */
  let frames = [];
  /** @type {import('../bench/report.mjs').KernelRates[]} */
  let kernels = [];
  let torchVersion = null;

  /** @type {number[]} six pairs of time invariance, in default runs of one thread for each worker */
  const sixPairRuns = [];

  await withPage(async (open) => {
    say(`Timing the default run, ${rounds} rounds`);
    const page = await open();
    for (let round = 0; round < rounds; ++round) {
      for (const threads of torch ? [1, 2] : []) {
        const run = /** @type {NonNullable<typeof torch>} */ (torch)(threads);
        torchVersion = run.version;
        add(`PyTorch, ${many(threads)}`, run.seconds);
      }
      for (const threads of [1, 2]) {
        add(`native, exact, ${many(threads)}`, nativeSeconds(threads));
        add(`native, fast, ${many(threads)}`, nativeSeconds(threads, true));
      }
      for (const [name, browserBuild] of Object.entries(browserBuilds)) {
        add(name, (await engineSeconds(page, browserBuild, 3))[2]);
      }
      const fresh = await open();
      firstCharts.push(await firstChart(fresh));
      const run = await pageRun(fresh);
      add('Chromium, the first run of a fresh page, all cores, charts drawn', run.seconds);
      longTasks.push(...run.longTasks);
      scripts.push(run.scripts);
      mainThread.push(run.all);
      await fresh.context().close();
      if (round < experimentRounds) {
        const experimenting = await open();
        const pairs = await sixPairs(experimenting);
        add(`Chromium, time invariance, six runs, ${pairs.workers} workers`, pairs.seconds);
        const own = /** @type {number} */ (seconds['Chromium, exact, 1 thread'].at(-1));
        sixPairRuns.push((pairs.seconds * pairs.workers) / own);
        await experimenting.context().close();
      }
    }
    await page.context().close();

    say('Measuring the scaling and the kernels');
    for (const images of [1000, 10_000, 60_000]) {
      const own = await open();
      scales.push(await scaling(own, images));
      await own.context().close();
    }
    const dragged = await open();
    frames = await dragging(dragged);
    await dragged.context().close();
    const quiet = await open({ bypassCSP: true }); // the CSP forbids the kernels' worker, a blob
    kernels = [...nativeKernels(), ...(await pageKernels(quiet))];
  });

  // PyTorch with whichever number of threads is faster.
  const [peer = null] = [1, 2]
    .map((threads) => seconds[`PyTorch, ${many(threads)}`])
    .filter(Boolean)
    .sort((a, b) => median(a) - median(b));
  const against = (/** @type {string} */ name) => (peer ? ratio(seconds[name], peer) : null);
  const perImage = scales.map(({ microseconds }) => microseconds);
  const spread = 100 * (Math.max(...perImage) / Math.min(...perImage) - 1);
  const figures = [
    { name: 'exact, Chromium, 1 thread ÷ PyTorch', value: against('Chromium, exact, 1 thread'), target: 1.2 },
    { name: 'exact, Chromium, 2 threads ÷ PyTorch', value: against('Chromium, exact, 2 threads'), target: 0.7 },
    { name: 'fast, Chromium, 2 threads ÷ PyTorch', value: against('Chromium, fast, 2 threads'), target: 0.5 },
    { name: 'native exact, 2 threads ÷ PyTorch', value: against('native, exact, 2 threads'), target: 0.45 },
    ...[1, 2].map((threads) => {
      const value = ratio(seconds[`Chromium, exact, ${many(threads)}`], seconds[`native, exact, ${many(threads)}`]);
      return { name: `WebAssembly exact ÷ native exact, ${many(threads)}`, value, target: 1.8 };
    }),
    {
      name: 'time per image and step, 1000 to 60 000 images, spread',
      value: spread,
      target: 15,
      unit: ' %',
      digits: 0,
    },
    { name: 'WebAssembly memory, 1000 images', value: scales[0].megabytes, target: 40, unit: ' MB', digits: 0 },
    { name: 'WebAssembly memory, 60 000 images', value: scales[2].megabytes, target: 600, unit: ' MB', digits: 0 },
    { name: 'the page’s own work per pushed step, median', value: median(scripts), target: 4, unit: ' ms', digits: 1 },
    { name: 'first chart of a fresh page', value: median(firstCharts), target: 2000, unit: ' ms', digits: 0 },
    {
      name: 'frame while the timeline is dragged over 500 steps',
      value: median(frames),
      target: 16.7,
      unit: ' ms',
      digits: 1,
    },
    {
      name: 'six pairs of time invariance × workers, in default runs',
      value: median(sixPairRuns),
      target: 12,
      digits: 1,
    },
  ];
  const medians = Object.fromEntries(Object.entries(seconds).map(([name, values]) => [name, median(values)]));
  const machine = `${cpus().length} × ${cpus()[0].model.trim()}`;

  console.log(`\n${machine}; medians of ${rounds} rounds${torchVersion ? `; PyTorch ${torchVersion}` : ''}\n`);
  console.log(`${secondsTable(medians)}\n\n${figureTable(figures)}\n`);
  console.log(`Kernels, in GFLOP/s and of their peak, and in ns for each element\n\n${kernelTable(kernels)}\n`);
  console.log(`The main thread for each pushed step, painting too: ${median(mainThread).toFixed(1)} ms`);
  console.log(`Main-thread tasks of 50 ms or more while running: ${longTasks.length}`);
  for (const { images, microseconds } of scales)
    console.log(`${images} images: ${microseconds.toFixed(2)} µs for each image and step`);
  mkdirSync(reports, { recursive: true });
  const report = {
    machine,
    rounds,
    torchVersion,
    seconds,
    figures,
    scales,
    scripts,
    mainThread,
    longTasks,
    firstCharts,
    frames,
    kernels,
  };
  writeFileSync(`${reports}/bench.json`, `${JSON.stringify(report, null, 2)}\n`);
  say('All of it is in build/reports/bench.json');
});
