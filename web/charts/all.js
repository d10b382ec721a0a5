// Which charts does the page have? Every file in charts/kinds/.

/** @typedef {import('./kind.js').Kind} Kind */

/** @type {Record<string, { kind: Kind }>} */
const files = import.meta.glob('./kinds/*.js', { eager: true });

/** In the order of the page. @type {Kind[]} */
export const kinds = Object.values(files)
  .map(({ kind }) => kind)
  .sort((a, b) => a.group.localeCompare(b.group) || a.order - b.order);
