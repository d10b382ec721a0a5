// Findings about the paths: whether the digits' paths stay close to each other, and whether they return to their start.
import { numberText } from '../../charts/format.js';
import { counted, layersText, listText, percentText } from '../words.js';
import {
  farthestPair,
  farthestPoint,
  lengthOf,
  nearestPair,
  norm,
  pairsOf,
  shapeOf,
  stepLengths,
  widestByLayer,
} from './paths.js';

/**
 * @typedef {import('../experiment.js').Finding} Finding
 * @typedef {import('./paths.js').Path} Path
 * @typedef {import('./paths.js').Pair} Pair
 */

/**
 * A run's path.
 * @typedef {object} Walk
 * @property {number} digit
 * @property {number} seed of the weights
 * @property {Path} path in the selected unit
 */

const source = 'a question of these pages';

/** @param {Walk[]} walks @param {Pair} pair */
const digitsOf = (walks, { first, second }) => `digits ${walks[first].digit} and ${walks[second].digit}`;

/** @param {Walk[]} walks at least one @returns {Finding} */
export function lengths(walks) {
  const sorted = walks
    .map(({ digit, path }) => ({ digit, length: lengthOf(path) }))
    .sort((a, b) => a.length - b.length);
  const shortest = sorted[0];
  const longest = sorted[sorted.length - 1];
  return {
    verdict: 'fact',
    text:
      walks.length === 1
        ? `The path of digit ${longest.digit} is ${numberText(longest.length)} long.`
        : `The longest path is that of digit ${longest.digit}, ${numberText(longest.length)}; the shortest that of digit ` +
          `${shortest.digit}, ${numberText(shortest.length)}.`,
  };
}

/**
 * Where a path turns back, and how close it comes to the origin afterwards.
 * @param {Walk} walk
 */
function returnOf({ digit, path }) {
  const farthest = farthestPoint(path);
  const end = path[path.length - 1];
  const sizes = end.map(Math.abs);
  let nearest = farthest;
  path.forEach((state, i) => {
    const each = norm(state);
    if (i >= farthest.step && each < nearest.distance) nearest = { distance: each, step: i + 1 };
  });
  return {
    digit,
    share: norm(end) / farthest.distance,
    turnsBack: farthest.step < path.length,
    nearest: nearest.step,
    leavesAgain: nearest.step > farthest.step && nearest.step < path.length,
    /** The layer farthest from 0 at the end, counted from 1. */
    layer: sizes.indexOf(Math.max(...sizes)) + 1,
  };
}

/**
 * Whether every path turns back towards the origin.
 * @param {Walk[]} walks at least one
 * @param {boolean} isWhole whether all runs are included
 * @returns {Finding}
 */
export function returns(walks, isWhole) {
  const told = walks.map(returnOf).sort((a, b) => a.share - b.share);
  const contrary = told.filter(({ turnsBack }) => !turnsBack).map(({ digit }) => digit);
  const leaving = told.filter(({ leavesAgain }) => leavesAgain);
  const left = [...new Set(told.map(({ layer }) => layer))].sort((a, b) => a - b);
  const [least, greatest] = [told[0], told[told.length - 1]];
  return {
    claim: 'Every path turns back towards the origin, where entropy is 0, before the run ends.',
    source,
    verdict: contrary.length > 0 ? 'fails' : isWhole ? 'holds' : 'open',
    text:
      (contrary.length > 0 ? `Still at its farthest when the run ends: ${digitsText(contrary)}. ` : '') +
      (walks.length === 1
        ? `The path ends at ${percentText(least.share)} of its greatest distance from the origin`
        : `The paths end at ${percentText(least.share)} (digit ${least.digit}) to ${percentText(greatest.share)} ` +
          `(digit ${greatest.digit}) of their greatest distances from the origin`) +
      `; what is left is most in ${layersText(left)}.` +
      (leaving.length > 0
        ? ` Nearest to it after the turn at step ${spanText(leaving.map(({ nearest }) => nearest))}, and farther again ` +
          `since: ${digitsText(leaving.map(({ digit }) => digit))}.`
        : ''),
  };
}

/** @param {number[]} digits at least one */
const digitsText = (digits) => `digit${digits.length === 1 ? '' : 's'} ${listText([...digits].sort((a, b) => a - b))}`;

/** @param {number[]} steps at least one */
function spanText(steps) {
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  return first === last ? String(first) : `${first} to ${last}`;
}

/**
 * Whether the distance between the ends of all paths is smaller than the size of the smallest path.
 * @param {Walk[]} walks at least two
 * @param {boolean} isWhole
 * @returns {Finding}
 */
export function ends(walks, isWhole) {
  const paths = walks.map(({ path }) => path);
  const atEnd = pairsOf(paths, paths[0].length);
  const nearest = nearestPair(atEnd);
  const farthest = farthestPair(atEnd);
  const onTheWay = farthestPair(pairsOf(paths));
  const size = Math.min(...paths.map((path) => farthestPoint(path).distance));
  const share = farthest.distance / size;
  return {
    claim: 'All digits end nearer to one another than the smallest of their paths is large.',
    source,
    verdict: share >= 1 ? 'fails' : isWhole ? 'holds' : 'open',
    value: share,
    allowed: 1,
    text:
      (walks.length > 2
        ? `At the end ${digitsOf(walks, nearest)} are nearest, ${numberText(nearest.distance)} apart, and `
        : 'At the end ') +
      `${digitsOf(walks, farthest)} ${walks.length > 2 ? 'farthest, ' : 'are '}${numberText(farthest.distance)} apart, which is ` +
      `${percentText(share)} of how far the smallest path goes from the origin. On the way the paths are up to ` +
      `${numberText(onTheWay.distance)} apart (${digitsOf(walks, onTheWay)}, step ${onTheWay.step}).`,
  };
}

/**
 * Whether all digits follow one path at the same steps, with each layer scaled by its greatest magnitude.
 * @param {Walk[]} walks at least two
 * @param {boolean} isWhole
 * @returns {Finding}
 */
export function onePath(walks, isWhole) {
  const shapes = walks.map(({ path }) => shapeOf(path));
  const pair = farthestPair(pairsOf(shapes));
  // If the same path is followed one step earlier or later, the distance is one step's length. This is the resolution
  // of the comparison.
  const allowed = Math.max(...shapes.map((shape) => stepLengths(shape).reduce((a, b) => Math.max(a, b), 0)));
  const byLayer = widestByLayer(shapes);
  return {
    claim: 'All digits follow one path, in the same steps.',
    source,
    verdict: pair.distance > allowed ? 'fails' : isWhole ? 'holds' : 'open',
    value: pair.distance,
    allowed,
    text:
      `With each layer told in shares of its own greatest magnitude, the paths are up to ${numberText(pair.distance)} apart ` +
      `at an equal step: ${digitsOf(walks, pair)} at step ${pair.step}. ` +
      (byLayer.length > 1
        ? `Layer by layer, from the first, they are up to ${listText(byLayer.map(numberText))} apart. `
        : '') +
      `The longest single step of a path is ${numberText(allowed)}: ` +
      `paths that differ by one step of time alone are no farther apart.`,
  };
}

/**
 * The two paths with the greatest distance among those with a common digit or a common seed.
 * @param {Walk[]} walks
 * @param {'digit' | 'seed'} common
 * @returns {{ first: Walk, second: Walk, distance: number, step: number } | undefined} undefined if there is no such
 *   pair
 */
function farthestOf(walks, common) {
  return [...new Set(walks.map((walk) => walk[common]))]
    .map((value) => walks.filter((walk) => walk[common] === value))
    .filter((group) => group.length > 1)
    .map((group) => {
      const pair = farthestPair(pairsOf(group.map(({ path }) => path)));
      return { ...pair, first: group[pair.first], second: group[pair.second] };
    })
    .sort((a, b) => b.distance - a.distance)[0];
}

/**
 * The distance between paths of one digit with different weights, compared with that between digits.
 * @param {Walk[]} walks
 * @returns {Finding[]} empty if no digit has two seeds
 */
export function amongSeeds(walks) {
  const seeds = farthestOf(walks, 'digit');
  if (!seeds) return [];
  const { first, second, distance, step } = seeds;
  const digits = farthestOf(walks, 'seed');
  return [
    {
      verdict: 'fact',
      text:
        `Under ${counted(new Set(walks.map(({ seed }) => seed)).size, 'weight seed')} the paths of one digit are up to ` +
        `${numberText(distance)} apart at an equal step (digit ${first.digit}, seeds ${first.seed} and ${second.seed}, ` +
        `step ${step})` +
        (digits ? `; those of different digits under one seed up to ${numberText(digits.distance)}.` : '.'),
    },
  ];
}
