// The system packages that the project needs, and their installation.
import { existsSync, readdirSync } from 'node:fs';

import { onPath, output, Problem, run, say } from './shell.mjs';

const includeDirs = ['/usr/include', '/usr/local/include', '/opt/homebrew/include'];

/**
 * @typedef {object} Need
 * @property {string} debianPackage
 * @property {string} label name to search for on other systems
 * @property {() => boolean} isThere
 */

/** @type {(name: string, label?: string, command?: string) => Need} */
const program = (name, label = name, command = name) => ({
  debianPackage: name,
  label,
  isThere: () => onPath(command),
});

/** @type {(debianPackage: string, label: string, file: string) => Need} */
const header = (debianPackage, label, file) => ({
  debianPackage,
  label,
  isThere: () => includeDirs.some((dir) => existsSync(`${dir}/${file}`)),
});

/** Path of the first of these programs that is installed. @param {(string | undefined)[]} names */
function firstOnPath(names) {
  for (const name of names) {
    const path = name && output('sh', ['-c', `command -v ${name}`]);
    if (path) return path.trim();
  }
  return null;
}

/** Chromium for tests: the first of these that is installed. Its headless shell needs a third less time. */
export const chromiumPath = () =>
  firstOnPath([process.env.CHROMIUM, 'chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']);

export const firefoxPath = () => firstOnPath([process.env.FIREFOX, 'firefox-esr', 'firefox']);

/** The browser for tests in WebKitGTK's packages. Its folder's name contains the version and the architecture. */
export function miniBrowserPath() {
  if (process.env.MINI_BROWSER) return process.env.MINI_BROWSER;
  const libraries = ['/usr/lib', '/usr/libexec'].filter((folder) => existsSync(folder));
  const folders = libraries.flatMap((folder) => [folder, ...readdirSync(folder).map((name) => `${folder}/${name}`)]);
  return (
    folders
      .flatMap((folder) => ['4.1', '4.0', '6.0'].map((version) => `${folder}/webkit2gtk-${version}/MiniBrowser`))
      .find((path) => existsSync(path)) ?? null
  );
}

/** Folder of the Fashion-MNIST package's files, or $FASHION_MNIST. */
export const fashionMnistDir = process.env.FASHION_MNIST || '/usr/share/datasets/fashion-mnist';

/** Whether clang's runtime libraries in this folder include libFuzzer. @param {string} folder */
function hasFuzzer(folder) {
  return existsSync(folder) && readdirSync(folder).some((file) => /^libclang_rt\.fuzzer(-\w+)?\.a$/.test(file));
}

export const needs = {
  eigen: header('libeigen3-dev', 'Eigen 3.4', 'eigen3/Eigen/Core'),
  cmake: program('cmake', 'CMake 3.25'),
  ninja: program('ninja-build', 'Ninja', 'ninja'),
  compiler: program('g++', 'a C++20 compiler', 'c++'),
  clang: program('clang', 'clang++', 'clang++'),
  clangRuntime: {
    debianPackage: 'libclang-rt-14-dev',
    label: "clang's runtime libraries with libFuzzer and the sanitizers",
    isThere: () => hasFuzzer(output('clang++', ['-print-runtime-dir'])?.trim() ?? ''),
  },
  cli11: header('libcli11-dev', 'CLI11', 'CLI/CLI.hpp'),
  json: header('nlohmann-json3-dev', 'nlohmann-json 3', 'nlohmann/json.hpp'),
  zlib: header('zlib1g-dev', 'zlib', 'zlib.h'),
  googletest: {
    debianPackage: 'googletest',
    label: 'the sources of GoogleTest in /usr/src/googletest',
    isThere: () => existsSync('/usr/src/googletest/CMakeLists.txt'),
  },
  chromium: {
    debianPackage: 'chromium-headless-shell',
    label: 'Chromium (or $CHROMIUM naming one)',
    isThere: () => chromiumPath() !== null,
  },
  firefox: {
    debianPackage: 'firefox-esr',
    label: 'Firefox (or $FIREFOX naming one)',
    isThere: () => firefoxPath() !== null,
  },
  webkit: {
    debianPackage: 'webkit2gtk-driver',
    label: 'WebKitWebDriver and MiniBrowser of WebKitGTK (or $MINI_BROWSER naming one)',
    isThere: () => onPath('WebKitWebDriver') && miniBrowserPath() !== null,
  },
  xvfb: program('xvfb', 'Xvfb', 'Xvfb'),
  fashionMnist: {
    debianPackage: 'dataset-fashion-mnist',
    label: `Fashion-MNIST's four files, gzipped, in ${fashionMnistDir} (or in $FASHION_MNIST)`,
    isThere: () => existsSync(`${fashionMnistDir}/train-images-idx3-ubyte.gz`),
  },
  debootstrap: program('debootstrap'),
  bubblewrap: program('bubblewrap', 'bubblewrap', 'bwrap'),
};

/** Needed to unpack Emscripten, only if it is not installed. */
const unpacking = [needs.debootstrap, needs.bubblewrap];
/** Needed for the full check only. */
const further = [needs.clang, needs.clangRuntime, needs.firefox, needs.webkit, needs.xvfb];
export const fullCheckNeeds = Object.values(needs).filter((need) => !unpacking.includes(need));
export const quickCheckNeeds = fullCheckNeeds.filter((need) => !further.includes(need));

/** Whether packages can be installed without a password. */
export function canInstall() {
  return process.getuid?.() === 0 && onPath('apt-get');
}

/**
 * Installs missing packages if possible; otherwise throws a message that lists them.
 * @param {Need[]} wanted
 * @throws {Problem}
 */
export function requireSystemPackages(wanted) {
  const missing = wanted.filter((need) => !need.isThere());
  if (missing.length === 0) return;
  const packages = missing.map((need) => need.debianPackage);
  if (!canInstall()) {
    throw new Problem(
      `Not found on this system: ${missing.map((need) => need.label).join(', ')}.\n` +
        `Install them (on Debian 12: sudo apt-get install ${packages.join(' ')}), then run this again.`,
    );
  }
  say(`Installing ${packages.join(', ')} from the system's packages`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update'], { env, quiet: true });
  run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env, quiet: true });
  const still = missing.filter((need) => !need.isThere());
  if (still.length > 0) {
    throw new Problem(
      `After installing ${packages.join(', ')} there is still no ${still.map((need) => need.label).join(', no ')}.\n` +
        'This system is not set up as Debian 12 is; install it by hand, then run this again.',
    );
  }
}
