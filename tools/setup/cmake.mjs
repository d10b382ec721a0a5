// Builds the C++ parts with the presets of CMakePresets.json.
import { existsSync } from 'node:fs';

import { requireEmscripten } from './emscripten.mjs';
import { onPath, projectDir, run, say } from './shell.mjs';
import { needs, requireSystemPackages } from './system-packages.mjs';

const libraries = [needs.eigen, needs.cli11, needs.json, needs.zlib];

/**
 * Configures if that has not been done, or if tests are requested, which an earlier configuration may have left out.
 * Then builds.
 * @param {string} preset
 * @param {string[]} targets
 * @param {(command: string, args: string[], options: { quiet: boolean }) => void} runConfigure
 * @param {(command: string, args: string[], options: { quiet: boolean }) => void} runBuild
 */
function configureAndBuild(preset, targets, runConfigure, runBuild) {
  if (targets.includes('ska_tests') || !existsSync(`${projectDir}/build/${preset}/build.ninja`)) {
    runConfigure('cmake', ['--preset', preset], { quiet: true });
  }
  runBuild('cmake', ['--build', '--preset', preset, '--target', ...targets], { quiet: true });
}

/** @param {string[]} targets */
function requireTestSources(targets) {
  if (targets.includes('ska_tests')) requireSystemPackages([needs.googletest]);
}

/** Description of each native preset, printed while it builds. */
const nativePresets = {
  native: '',
  sanitize: ' with sanitizers',
  tsan: ' with ThreadSanitizer',
  clang: ' with clang++',
  unoptimised: ' without optimisation',
  fuzz: ' for fuzzing',
};

/** @typedef {keyof typeof nativePresets} NativePreset */

/**
 * Builds targets of a preset, with ccache if it is installed.
 * @param {NativePreset} preset
 * @param {string[]} targets
 */
export function buildNative(preset, targets) {
  /** @type {Partial<Record<keyof typeof nativePresets, import('./system-packages.mjs').Need[]>>} */
  const compilers = { clang: [needs.clang], fuzz: [needs.clang, needs.clangRuntime] };
  requireSystemPackages([...(compilers[preset] ?? [needs.compiler]), needs.cmake, needs.ninja, ...libraries]);
  requireTestSources(targets);
  say(`Building the native engine${nativePresets[preset]}`);
  const env = onPath('ccache') ? { CMAKE_CXX_COMPILER_LAUNCHER: 'ccache' } : {};
  configureAndBuild(preset, targets, (command, args, options) => run(command, args, { ...options, env }), run);
}

/**
 * Builds targets as WebAssembly and returns the toolchain.
 * @param {string[]} targets
 */
export function buildWasm(targets) {
  requireSystemPackages([needs.eigen]);
  requireTestSources(targets);
  const emscripten = requireEmscripten();
  say('Building the engine as WebAssembly');
  configureAndBuild(
    'wasm',
    targets,
    (command, args, options) => emscripten.run('emcmake', [command, ...args], options),
    emscripten.run,
  );
  return emscripten;
}
