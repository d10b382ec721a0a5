// npm run bench: how long the default run takes natively and in the page, side by side, and how free the page's
// main thread stays meanwhile. A measurement, not a test: it depends on the machine and on what else it does.
import { requireData } from './setup/data.mjs';
import { buildNative } from './setup/cmake.mjs';
import { main, output, Problem, projectDir } from './setup/shell.mjs';
import { buildSite } from './setup/site.mjs';
import { needs, requireSystemPackages } from './setup/system-packages.mjs';

const rounds = 7;

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Seconds of computing, as the command reports them. */
function nativeSeconds() {
  const seconds = output(`${projectDir}/build/native/ska`, ['run'])?.match(/Time: ([\d.]+) s/)?.[1];
  if (!seconds) throw new Problem('`ska run` did not say how long it took.');
  return Number(seconds);
}

/**
 * One default run on a fresh page.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<{ seconds: number, longTasks: number[] }>} the engine's seconds, and the lengths in milliseconds of
 *   all main-thread tasks of 50 ms or more
 */
async function pageRun(page) {
  await page.evaluate(() => {
    /** @type {number[]} */
    const longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
      type: 'longtask',
    });
    Object.assign(globalThis, { longTasks });
  });
  await page.locator('#run').click();
  await page.getByText('Finished.').waitFor();
  await page.waitForTimeout(300);
  return page.evaluate(() => {
    const { skaLab, longTasks } = /** @type {any} */ (globalThis);
    return { seconds: skaLab.session.recording.computed / 1000, longTasks };
  });
}

await main(async () => {
  requireSystemPackages([needs.chromium]);
  requireData();
  buildNative('native', ['ska']);
  buildSite();
  const { withPage } = await import('./setup/browser.mjs');
  /** @type {{ native: number, page: number, longTasks: number[] }[]} */
  const results = [];
  await withPage(async (open) => {
    for (let i = 0; i < rounds; ++i) {
      const page = await open();
      const { seconds, longTasks } = await pageRun(page);
      await page.context().close();
      results.push({ native: nativeSeconds(), page: seconds, longTasks });
    }
  });
  const native = median(results.map((result) => result.native));
  const page = median(results.map((result) => result.page));
  const longTasks = results.flatMap((result) => result.longTasks);
  console.log(`\nDefault run, median of ${rounds}, each on a fresh page, one thread`);
  console.log(`  native            ${native.toFixed(2)} s`);
  console.log(`  page in Chromium  ${page.toFixed(2)} s (${(page / native).toFixed(2)} × native)`);
  console.log(
    `  main-thread tasks of 50 ms or more: ${longTasks.length}` +
      (longTasks.length > 0 ? `, the longest ${Math.max(...longTasks)} ms` : ''),
  );
});
