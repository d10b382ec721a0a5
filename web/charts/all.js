// Lists the page's charts: every file in charts/kinds/.

/** @typedef {import('./kind.js').Kind} Kind */

/** @type {Record<string, { kind: Kind }>} */
const files = import.meta.glob('./kinds/*.js', { eager: true });

/** Sorted in page order. @type {Kind[]} */
export const kinds = Object.values(files)
  .map(({ kind }) => kind)
  .sort((a, b) => a.group.localeCompare(b.group) || a.order - b.order);
