// Concatenates the weights of all layers, in the engine's order.

/** All numbers of the layers: for each layer W row by row, then b. @param {import('./types.js').LayerWeights[]} layers */
export function flatWeights(layers) {
  const flat = new Float32Array(layers.reduce((sum, { weights, biases }) => sum + weights.length + biases.length, 0));
  let at = 0;
  for (const { weights, biases } of layers) {
    flat.set(weights, at);
    flat.set(biases, at + weights.length);
    at += weights.length + biases.length;
  }
  return flat;
}
