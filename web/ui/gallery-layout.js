// Layout of the gallery: each sample's position in the grid of its class and on the pages.

/** Samples per row of a class. */
export const perRow = 20;
/** Samples of a class per page. */
export const perPage = 100;

/**
 * The samples of one class.
 * @typedef {object} ClassGroup
 * @property {number} label
 * @property {number[]} positions indices of the samples in the batch, ascending
 */

/**
 * Groups the samples by class.
 * @param {Uint8Array} labels labels of the batch
 * @returns {ClassGroup[]} ascending by label; classes without samples are omitted
 */
export function groupsOf(labels) {
  /** @type {Map<number, number[]>} */
  const byLabel = new Map();
  labels.forEach((label, position) => {
    const positions = byLabel.get(label);
    if (positions) positions.push(position);
    else byLabel.set(label, [position]);
  });
  return [...byLabel].sort(([a], [b]) => a - b).map(([label, positions]) => ({ label, positions }));
}

/** Number of pages of the largest class. @param {ClassGroup[]} groups */
export const pagesOf = (groups) => Math.ceil(Math.max(...groups.map(({ positions }) => positions.length)) / perPage);

/**
 * One page of every class.
 * @param {ClassGroup[]} groups
 * @param {number} page from 0
 * @returns {ClassGroup[]} without the classes that have nothing on this page
 */
export const onPage = (groups, page) =>
  groups
    .map(({ label, positions }) => ({ label, positions: positions.slice(page * perPage, (page + 1) * perPage) }))
    .filter(({ positions }) => positions.length > 0);

/**
 * The page of a sample.
 * @param {ClassGroup[]} groups
 * @param {number} position
 */
export function pageWith(groups, position) {
  const places = groups.map(({ positions }) => positions.indexOf(position));
  return Math.floor(Math.max(0, ...places) / perPage);
}

/**
 * Keyboard navigation between samples of a page: to neighbours and to the ends of the page. Up and Down continue in the
 * adjacent class, in the same column or its last one if it is shorter.
 * @param {ClassGroup[]} shown groups on the page
 * @param {number} position index of a sample on the page
 * @param {string} key
 * @returns {number | null} index of the new sample; null if the key does nothing
 */
export function ledBy(shown, position, key) {
  const all = shown.flatMap(({ positions }) => positions);
  const at = all.indexOf(position);
  const g = shown.findIndex(({ positions }) => positions.includes(position));
  const { positions } = shown[g];
  const i = positions.indexOf(position);
  const column = i % perRow;
  const last = all.length - 1;
  switch (key) {
    case 'ArrowLeft':
      return all[Math.max(0, at - 1)];
    case 'ArrowRight':
      return all[Math.min(last, at + 1)];
    case 'Home':
      return all[0];
    case 'End':
      return all[last];
    case 'ArrowUp': {
      if (i >= perRow) return positions[i - perRow];
      if (g === 0) return position;
      const above = shown[g - 1].positions;
      const rowStart = perRow * Math.floor((above.length - 1) / perRow);
      return above[Math.min(rowStart + column, above.length - 1)];
    }
    case 'ArrowDown': {
      const isInLastRow = Math.floor(i / perRow) === Math.floor((positions.length - 1) / perRow);
      if (!isInLastRow) return positions[Math.min(i + perRow, positions.length - 1)];
      if (g === shown.length - 1) return position;
      const below = shown[g + 1].positions;
      return below[Math.min(column, below.length - 1)];
    }
    default:
      return null;
  }
}
