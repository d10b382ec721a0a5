// Where is a C++ compiler for WebAssembly?
//
// emcc from $EMSDK or the PATH is used as it is when it is new enough. Otherwise Debian 13, whose packages hold one
// with all system libraries prebuilt, is unpacked once into .toolchain/ and entered with bubblewrap: nothing of the
// system changes, and the project has the same path inside.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';

import { output, Problem, projectDir, run, say } from './shell.mjs';
import { canInstall, needs, requireSystemPackages } from './system-packages.mjs';

const oldest = [3, 1, 69];
const root = `${process.env.SKA_TOOLCHAIN_DIR ?? `${projectDir}/.toolchain`}/trixie`;
/** Folders of this system that the compiler reads, seen under the same path inside. */
const sharedFolders = ['/usr/include/eigen3', '/usr/src/googletest'];

/**
 * @typedef {object} Emscripten
 * @property {string} where for a person to read
 * @property {(command: string, args: string[], options?: { quiet?: boolean }) => void} run
 *   runs a program, emcmake or cmake say, where emcc is found; throws a Problem when it fails
 */

/** @param {string | null} text what `emcc --version` printed */
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
    // emcc writes the module's TypeScript declarations with the project's own tsc.
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
 * Finds Emscripten, or sets it up.
 * @returns {Emscripten}
 * @throws {Problem} where it is neither there nor can be set up
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
