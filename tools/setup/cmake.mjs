// How are the C++ parts built? By the presets of CMakePresets.json.
import { existsSync } from 'node:fs';

import { requireEmscripten } from './emscripten.mjs';
import { projectDir, run, say } from './shell.mjs';
import { needs, requireSystemPackages } from './system-packages.mjs';

const nativeNeeds = [needs.compiler, needs.cmake, needs.ninja, needs.eigen, needs.cli11, needs.json, needs.zlib];

/**
 * Builds targets of a preset, configuring it first where that was not done.
 * @param {'native' | 'sanitize'} preset
 * @param {string[]} targets
 */
export function buildNative(preset, targets) {
  requireSystemPackages(preset === 'native' && targets[0] === 'ska' ? nativeNeeds : [...nativeNeeds, needs.googletest]);
  say(preset === 'native' ? 'Building the native engine' : 'Building the native engine with sanitizers');
  if (!existsSync(`${projectDir}/build/${preset}/build.ninja`)) run('cmake', ['--preset', preset], { quiet: true });
  run('cmake', ['--build', '--preset', preset, '--target', ...targets], { quiet: true });
}

/**
 * Builds targets as WebAssembly, and returns the toolchain that did.
 * @param {string[]} targets
 */
export function buildWasm(targets) {
  requireSystemPackages([needs.eigen, needs.googletest]);
  const emscripten = requireEmscripten();
  say(`Building the engine as WebAssembly with Emscripten`);
  if (!existsSync(`${projectDir}/build/wasm/build.ninja`)) {
    emscripten.run('emcmake', ['cmake', '--preset', 'wasm'], { quiet: true });
  }
  emscripten.run('cmake', ['--build', '--preset', 'wasm', '--target', ...targets], { quiet: true });
  return emscripten;
}
