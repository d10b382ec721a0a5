// The footer links to the notices of every third-party package that the site contains.
import { readFileSync } from 'node:fs';

import { expect, test } from './lab.js';

const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

test('the footer links to notices that name every package of page and engine', async ({ lab, page }) => {
  await lab.open();
  const footer = page.getByRole('contentinfo');
  /** @param {string} name */
  const noticesOf = async (name) => {
    const href = await footer.getByRole('link', { name, exact: true }).getAttribute('href');
    const response = await page.request.get(new URL(String(href), page.url()).href);
    expect(response.headers()['content-type']).toMatch(/^text\/plain/);
    return response.text();
  };
  const ofPage = await noticesOf('page');
  for (const name of Object.keys(dependencies)) expect(ofPage, name).toContain(name);
  const ofEngine = await noticesOf('engine');
  for (const name of ['Eigen', 'Emscripten', 'musl', 'LLVM', 'dlmalloc']) expect(ofEngine, name).toContain(name);
});
