// Runs the kernels once, so that the first run is as fast as later ones.
//
// Browsers first compile WebAssembly quickly, and switch to the optimized version when a function is called again. A
// few steps on a small batch trigger this while the page is idle. It saves about 20 ms of the default run's 600 ms.

const samples = 512;
const side = 28;
const features = side * side;
const steps = 4;

/** Synthetic pixels, a band across every image, with about the same share of nonzero pixels as handwritten digits. */
function bands() {
  return Uint8Array.from({ length: samples * features }, (_, i) => {
    const x = i % side;
    const start = 4 + ((i >> 2) % 9);
    return x >= start && x < start + 5 ? 128 + (i % 128) : 0;
  });
}

/**
 * @param {import('#ska').MainModule} ska
 * @param {number} threads
 */
export function warmUp(ska, threads) {
  const config = { layers: [256, 128, 64, 10], steps, learning_rate: 0.01, seed: 1, shift_term: true };
  const engine = new ska.Engine(config, bands(), samples, threads);
  engine.advance(steps, () => {});
  engine.delete();
}
