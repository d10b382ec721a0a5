// Why is the first run as fast as the second? Because the kernels have run before.
//
// Browsers first compile WebAssembly in a hurry, and take the well compiled version of a function when it is entered
// again. A few steps on a small batch see to that while the person looks at the page. It spares the default run about
// 20 ms in 600.

const samples = 512;
const side = 28;
const features = side * side;
const steps = 4;

/** Pixels lit about as often as those of handwritten digits: a band across every image. */
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
