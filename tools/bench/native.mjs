// What is measured outside the browser: the engine's own programs, and PyTorch where it is installed.
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

/** What each set of kernels reaches. @returns {import('./report.mjs').KernelRates[]} */
export const nativeKernels = () => jsonLines('ska_kernels_bench', []);

/** The Python that has PyTorch: the first on the PATH, or Debian's. */
function pythonWithTorch() {
  return ['python3', '/usr/bin/python3'].find((python) => output(python, ['-c', 'import torch']) !== null) ?? null;
}

/**
 * A function that gives the seconds of one default run in PyTorch with so many threads, or null where there is none.
 * OpenBLAS is left to choose its kernels itself, whatever the environment asks of it.
 */
export function torchRunner() {
  const python = pythonWithTorch();
  if (!python) return null;
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith('OPENBLAS_'));
  /** @param {number} threads @returns {{ seconds: number, version: string, last_entropy: number }} */
  return (threads) => {
    const script = `${projectDir}/tools/bench/torch_ska.py`;
    // The second of two: the first pays for what a library sets up once.
    const text = output(python, [script, images, String(threads), '2'], { env: Object.fromEntries(env) });
    if (!text) throw new Problem('PyTorch is there, and its run failed.');
    const { seconds, ...rest } = JSON.parse(text);
    return { seconds: seconds[1], ...rest };
  };
}
