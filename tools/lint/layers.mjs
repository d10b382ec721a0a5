// ESLint rule: which folder of `web` may import which. docs/architecture.md shows this table, and a test compares them.
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('../../web', import.meta.url));

/**
 * For each folder of `web`, the folders it may import besides itself. The files directly in `web` put the page together:
 * they may import all of them, and none may import those files.
 * @type {Record<string, string[]>}
 */
export const layers = {
  model: [],
  offline: [],
  style: [],
  data: ['model', 'offline'],
  engine: ['model', 'offline'],
  charts: ['model'],
  experiments: ['model', 'charts', 'engine'],
  storage: ['model'],
  link: ['model', 'experiments'],
  files: ['model', 'data', 'charts', 'experiments'],
  headless: ['model', 'experiments', 'files'],
  state: ['model', 'offline', 'data', 'engine', 'charts', 'experiments', 'storage', 'link', 'files'],
  tour: ['model', 'charts', 'state'],
  ui: ['model', 'offline', 'data', 'engine', 'charts', 'experiments', 'link', 'files', 'state', 'tour', 'style'],
};

/**
 * The folder of `web` that contains a file: null outside `web`, empty for a file directly in it.
 * @param {string} file
 */
function folderOf(file) {
  const path = relative(web, file);
  if (path.startsWith('..')) return null;
  const parts = path.split(sep);
  return parts.length > 1 ? parts[0] : '';
}

/** Relative modules in the type imports of a comment. @param {string} comment */
const typeImports = (comment) => [...comment.matchAll(/import\('(\.[^']*)'\)/g)].map(([, path]) => path);

/** @type {import('eslint').Rule.RuleModule} */
const rule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const from = folderOf(context.filename);
    if (!from) return {};
    /** @param {import('estree').Node | import('estree').Comment} node @param {unknown} path */
    const check = (node, path) => {
      if (typeof path !== 'string' || !path.startsWith('.')) return;
      const to = folderOf(join(dirname(context.filename), path));
      if (to === null || to === from || layers[from]?.includes(to)) return;
      const allowed = layers[from] ? layers[from].join(', ') || 'no other folder' : 'nothing until it is in the table';
      const target = to === '' ? 'a file that puts the page together' : `web/${to}`;
      context.report({
        loc: /** @type {import('estree').SourceLocation} */ (node.loc),
        message: `web/${from} may not import ${target}. It may import ${allowed} (tools/lint/layers.mjs).`,
      });
    };
    /** @param {{ source?: any }} node */
    const checkSource = ({ source }) => source && check(source, source.value);
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          for (const path of typeImports(comment.value)) check(comment, path);
        }
      },
      ImportDeclaration: checkSource,
      ImportExpression: checkSource,
      ExportAllDeclaration: checkSource,
      ExportNamedDeclaration: checkSource,
    };
  },
};

export default rule;
