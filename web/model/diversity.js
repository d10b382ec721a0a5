// Measures how much the samples still differ inside the network: spread, common share and 1-nearest-neighbour accuracy.

/**
 * Sums each column over the samples.
 * @param {ArrayLike<number>} values (samples, width)
 * @param {number} width
 * @returns {Float64Array} (width)
 */
function columnSums(values, width) {
  const sums = new Float64Array(width);
  for (let i = 0, j = 0; i < values.length; ++i) {
    sums[j] += values[i];
    if (++j === width) j = 0;
  }
  return sums;
}

/**
 * The variance of each column over the samples.
 * @param {ArrayLike<number>} values (samples, width)
 * @param {number} width
 * @returns {Float64Array} (width)
 */
function columnVariances(values, width) {
  const samples = values.length / width;
  const means = columnSums(values, width).map((sum) => sum / samples);
  const variances = new Float64Array(width);
  for (let i = 0, j = 0; i < values.length; ++i) {
    variances[j] += (values[i] - means[j]) ** 2 / samples;
    if (++j === width) j = 0;
  }
  return variances;
}

/**
 * The typical deviation of a neuron from its own mean: √(mean over neurons of the variance over samples). The variance
 * divides by the number of samples. The spread is 0 if all samples give the same values.
 * @param {ArrayLike<number>} values Z or D of a layer, (samples, neurons)
 * @param {number} neurons
 * @returns {number} in the unit of the values; 0 if there are none
 */
export function spread(values, neurons) {
  if (values.length === 0) return 0;
  return Math.sqrt(columnVariances(values, neurons).reduce((sum, variance) => sum + variance, 0) / neurons);
}

/**
 * The share of ‖Z‖² that all samples have in common: N‖z̄‖² / ‖Z‖², where z̄ is the mean sample. It is 1 if all samples
 * give the same values. The remainder, 1 − share, equals N·n·spread² / ‖Z‖².
 * @param {ArrayLike<number>} values Z of a layer, (samples, neurons)
 * @param {number} neurons
 * @returns {number} from 0 to 1; 1 if all values are 0, or there are none
 */
export function commonShare(values, neurons) {
  const samples = values.length / neurons;
  let total = 0;
  for (let i = 0; i < values.length; ++i) total += values[i] ** 2;
  if (total === 0) return 1;
  const common = columnSums(values, neurons).reduce((sum, column) => sum + column ** 2, 0) / samples;
  return Math.min(1, common / total); // rounding may exceed 1
}

/**
 * Keeps the columns that vary between samples, sorted by decreasing variance. Partial distances then grow quickly, and
 * the search can stop early.
 * @param {ArrayLike<number>} vectors (samples, width)
 * @param {number} width
 * @returns {{ values: Float64Array, width: number }} (samples, width); width is padded with zeros to a multiple of 8
 */
function telling(vectors, width) {
  const samples = vectors.length / width;
  const variances = columnVariances(vectors, width);
  const columns = [...variances.keys()].filter((j) => variances[j] > 0).sort((a, b) => variances[b] - variances[a]);
  const wide = Math.ceil(columns.length / chunk) * chunk;
  const values = new Float64Array(samples * wide);
  for (let i = 0; i < samples; ++i) {
    columns.forEach((column, j) => {
      values[i * wide + j] = vectors[i * width + column];
    });
  }
  return { values, width: wide };
}

/** The number of squares summed between two comparisons with the best distance. */
const chunk = 8;

/**
 * The squared distance of samples i and j. Stops early, with a partial sum, once the sum reaches `limit`.
 * @param {Float64Array} values
 * @param {number} width a multiple of 8
 * @param {number} i
 * @param {number} j
 * @param {number} limit
 */
function squaredDistance(values, width, i, j, limit) {
  let sum = 0;
  let b = j * width;
  for (let a = i * width, end = a + width; a < end && sum < limit; a += chunk, b += chunk) {
    const d0 = values[a] - values[b];
    const d1 = values[a + 1] - values[b + 1];
    const d2 = values[a + 2] - values[b + 2];
    const d3 = values[a + 3] - values[b + 3];
    const d4 = values[a + 4] - values[b + 4];
    const d5 = values[a + 5] - values[b + 5];
    const d6 = values[a + 6] - values[b + 6];
    const d7 = values[a + 7] - values[b + 7];
    sum += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3) + (d4 * d4 + d5 * d5 + (d6 * d6 + d7 * d7));
  }
  return sum;
}

/**
 * `neighbourAccuracy` as a generator that yields about every millisecond, so the caller can process messages in
 * between.
 * @param {ArrayLike<number>} vectors
 * @param {number} width
 * @param {ArrayLike<number>} labels
 * @returns {Generator<void, number | null>}
 */
export function* neighbourAccuracyInPieces(vectors, width, labels) {
  const samples = labels.length;
  if (samples < 2) return null;
  const { values, width: wide } = telling(vectors, width);
  const distances = new Float64Array(samples).fill(Infinity);
  const nearest = new Int32Array(samples).fill(-1);
  // Visits every pair once and updates both samples. Each sample meets the others in index order and only a nearer one
  // replaces the current neighbour, so ties go to the lower index.
  for (let i = 0; i < samples; ++i) {
    for (let j = i + 1; j < samples; ++j) {
      const distance = squaredDistance(values, wide, i, j, Math.max(distances[i], distances[j]));
      if (distance < distances[i]) {
        distances[i] = distance;
        nearest[i] = j;
      }
      if (distance < distances[j]) {
        distances[j] = distance;
        nearest[j] = i;
      }
    }
    yield;
  }
  return nearest.reduce((right, neighbour, i) => right + (labels[neighbour] === labels[i] ? 1 : 0), 0) / samples;
}

/**
 * Leave-one-out 1-nearest-neighbour accuracy: the share of samples whose nearest other sample has the same label.
 * Distances are Euclidean; ties go to the lower index.
 *
 * Differences are taken in double, not expanded into products: the difference of two close floats is exact, whereas
 * products would lose tiny spreads to rounding.
 * @param {ArrayLike<number>} vectors (samples, width)
 * @param {number} width
 * @param {ArrayLike<number>} labels (samples)
 * @returns {number | null} from 0 to 1; null for fewer than two samples, which have no neighbours
 */
export function neighbourAccuracy(vectors, width, labels) {
  const pieces = neighbourAccuracyInPieces(vectors, width, labels);
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}
