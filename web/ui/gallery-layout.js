// Where does a sample stand in the gallery? In the grid of its class, on one of its pages.

/** Samples in one row of a class. */
export const perRow = 20;
/** Samples of a class on one page. */
export const perPage = 100;

/**
 * The samples of one class.
 * @typedef {object} ClassGroup
 * @property {number} label
 * @property {number[]} positions of the samples in the batch, ascending
 */

/**
 * The samples by their classes.
 * @param {Uint8Array} labels of the batch
 * @returns {ClassGroup[]} ascending by label; classes without samples are left out
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

/** How many pages the largest class takes. @param {ClassGroup[]} groups */
export const pagesOf = (groups) => Math.ceil(Math.max(...groups.map(({ positions }) => positions.length)) / perPage);

/**
 * One page of every class.
 * @param {ClassGroup[]} groups
 * @param {number} page from 0
 * @returns {ClassGroup[]} without the classes that have nothing on it
 */
export const onPage = (groups, page) =>
  groups
    .map(({ label, positions }) => ({ label, positions: positions.slice(page * perPage, (page + 1) * perPage) }))
    .filter(({ positions }) => positions.length > 0);

/**
 * The page that a sample is on.
 * @param {ClassGroup[]} groups
 * @param {number} position
 */
export function pageWith(groups, position) {
  const places = groups.map(({ positions }) => positions.indexOf(position));
  return Math.floor(Math.max(0, ...places) / perPage);
}

/**
 * Where a key leads from a sample, on the page shown: to its neighbours and to the ends of the page. Up and down go on
 * in the next class, in the same column as far as that has one.
 * @param {ClassGroup[]} shown the groups of the page
 * @param {number} position of a sample on it
 * @param {string} key
 * @returns {number | null} a position; null where the key means nothing
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
