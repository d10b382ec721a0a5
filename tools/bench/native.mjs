// Benchmarks outside the browser: the engine's native programs, and PyTorch if it is installed.
import { output, Problem, projectDir } from '../setup/shell.mjs';

const bin = `${projectDir}/build/native/cpp/bench`;
const images = `${projectDir}/public/data/mnist-paper-images-idx3-ubyte.gz`;

/** @param {string} program @param {string[]} args */
function jsonLines(program, args) {
  const text = output(`${bin}/${program}`, args);
  if (!text) throw new Problem(`${program} did not run.`);
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Seconds of one default run. @param {number} threads @param {boolean} [fast] @returns {number} */
export const nativeSeconds = (threads, fast = false) =>
  jsonLines('ska_run_bench', [String(threads), ...(fast ? ['fast'] : [])])[0].seconds;

/** Performance of each set of kernels. @returns {import('./report.mjs').KernelRates[]} */
export const nativeKernels = () => jsonLines('ska_kernels_bench', []);

/** The Python that has PyTorch: the first on the PATH, or Debian's. */
function pythonWithTorch() {
  return ['python3', '/usr/bin/python3'].find((python) => output(python, ['-c', 'import torch']) !== null) ?? null;
}

/**
 * Returns a function that measures the seconds of one default run in PyTorch with a number of threads; null without
 * PyTorch. OPENBLAS_* variables are removed so that OpenBLAS chooses its kernels itself.
 */
export function torchRunner() {
  const python = pythonWithTorch();
  if (!python) return null;
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith('OPENBLAS_'));
  /** @param {number} threads @returns {{ seconds: number, version: string, last_entropy: number }} */
  return (threads) => {
    const script = `${projectDir}/tools/bench/torch_ska.py`;
    // Use the second of two runs; the first includes one-time initialization of libraries.
    const text = output(python, [script, images, String(threads), '2'], { env: Object.fromEntries(env) });
    if (!text) throw new Problem('PyTorch is there, and its run failed.');
    const { seconds, ...rest } = JSON.parse(text);
    return { seconds: seconds[1], ...rest };
  };
}
