import { readFileSync } from 'node:fs';

import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

import { layers } from '../../tools/lint/layers.mjs';

/** What the lint says about the layers. @param {string} filePath @param {string} code */
async function complaints(filePath, code) {
  const [{ messages }] = await new ESLint().lintText(code, { filePath });
  return messages.filter(({ ruleId }) => ruleId === 'ska/layers').map(({ message }) => message);
}

describe('the folders of web', () => {
  it('have no cycle', () => {
    /** @type {(folder: string, path: string[]) => void} */
    const visit = (folder, path) => {
      expect(path, `${folder} imports itself`).not.toContain(folder);
      for (const next of layers[folder]) visit(next, [...path, folder]);
    };
    for (const folder of Object.keys(layers)) visit(folder, []);
  });

  it('are in the table of the documentation, with the same directions', () => {
    const text = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `web\/(\w+)` *\|[^|]*\|([^|]*)\|$/gm)];
    const documented = Object.fromEntries(
      rows.map(([, folder, allowed]) => [folder, allowed.match(/\w+/g)?.filter((word) => word in layers) ?? []]),
    );
    expect(documented).toEqual(layers);
  });

  it.each([
    ['an import', "import { Lab } from '../state/lab.js';\nexport default Lab;\n"],
    ['an import on demand', "export const lab = import('../state/lab.js');\n"],
    ['an export', "export { Lab } from '../state/lab.js';\n"],
    ['a type in a comment', "/** @type {import('../state/lab.js').Lab | null} */\nexport const lab = null;\n"],
  ])('may not import against the directions: %s', async (_, code) => {
    expect(await complaints('web/charts/trial.js', code)).toEqual([
      'web/charts may not import web/state. It may import model (tools/lint/layers.mjs).',
    ]);
    expect(await complaints('web/ui/trial.js', code)).toEqual([]);
  });

  it('may not import the files that put the page together, nor be unknown', async () => {
    expect(await complaints('web/ui/trial.js', "import '../main.jsx';\n")).toHaveLength(1);
    expect(await complaints('web/other/trial.js', "import '../model/view.js';\n")).toHaveLength(1);
  });
});
