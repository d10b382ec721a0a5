// Finds or installs a C++ compiler for WebAssembly.
//
// emcc from $EMSDK or the PATH is used if it is new enough. Otherwise Debian 13, whose packages contain Emscripten with
// all system libraries prebuilt, is unpacked once into .toolchain/ and entered with bubblewrap. This changes nothing in
// the system, and the project has the same path inside.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';

import { output, Problem, projectDir, run, say } from './shell.mjs';
import { canInstall, needs, requireSystemPackages } from './system-packages.mjs';

const oldest = [3, 1, 69];
const root = `${process.env.SKA_TOOLCHAIN_DIR ?? `${projectDir}/.toolchain`}/trixie`;
/** Host folders that the compiler reads, mounted at the same path inside. */
const sharedFolders = ['/usr/include/eigen3', '/usr/src/googletest'];

/**
 * @typedef {object} Emscripten
 * @property {string} where description for messages
 * @property {(command: string, args: string[], options?: { quiet?: boolean }) => void} run runs a program, such as
 *   emcmake or cmake, with emcc on the PATH; throws a Problem if it fails
 */

/** @param {string | null} text output of `emcc --version` */
function isNewEnough(text) {
  const version = text
    ?.match(/\) (\d+)\.(\d+)\.(\d+)/)
    ?.slice(1)
    .map(Number);
  if (!version) return false;
  const differing = version.findIndex((part, i) => part !== oldest[i]);
  return differing < 0 || version[differing] > oldest[differing];
}

/** @returns {Emscripten | null} */
function installedEmscripten() {
  const folders = process.env.EMSDK ? [`${process.env.EMSDK}/upstream/emscripten`, ''] : [''];
  for (const folder of folders) {
    const emcc = folder ? `${folder}/emcc` : 'emcc';
    if (!isNewEnough(output(emcc, ['--version']))) continue;
    const path = [folder, process.env.PATH, `${projectDir}/node_modules/.bin`].filter(Boolean).join(':');
    return {
      where: folder || 'the emcc on the PATH',
      run: (command, args, options) => run(command, args, { ...options, env: { PATH: path } }),
    };
  }
  return null;
}

/** @returns {Emscripten} */
function provisionedEmscripten() {
  const shared = sharedFolders.filter((folder) => existsSync(folder));
  const enter = [
    ...['--die-with-parent', '--clearenv', '--bind', root, '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'],
    ...shared.flatMap((folder) => ['--ro-bind', folder, folder]),
    ...['--bind', projectDir, projectDir, '--chdir', projectDir],
    // emcc generates the module's TypeScript declarations with the project's own tsc.
    ...['--setenv', 'HOME', '/tmp', '--setenv', 'PATH', `/usr/bin:/bin:${projectDir}/node_modules/.bin`],
  ];
  return {
    where: root,
    run: (command, args, options) => run('bwrap', [...enter, command, ...args], options),
  };
}

function provision() {
  if (!canInstall()) {
    throw new Problem(
      `Emscripten ${oldest.join('.')} or newer was not found, and only root on Debian or Ubuntu can have it set up here.\n` +
        'Install the Emscripten SDK, put emcc on the PATH or its folder in $EMSDK, then run this again.',
    );
  }
  requireSystemPackages([needs.debootstrap, needs.bubblewrap]);
  say('Fetching Emscripten (Debian 13 packages into .toolchain/, 2.9 GB; this takes a minute or two, once)');
  const partial = `${root}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const packages = 'emscripten,cmake,ninja-build';
  run('debootstrap', ['--variant=minbase', `--include=${packages}`, 'trixie', partial], { quiet: true });
  renameSync(partial, root);
}

/**
 * Finds Emscripten, or installs it.
 * @returns {Emscripten}
 * @throws {Problem} if it is missing and cannot be installed
 */
export function requireEmscripten() {
  const installed = installedEmscripten();
  if (installed) {
    requireSystemPackages([needs.cmake, needs.ninja]);
    return installed;
  }
  if (!existsSync(root)) provision();
  requireSystemPackages([needs.bubblewrap]);
  return provisionedEmscripten();
}
