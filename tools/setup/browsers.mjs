// The oldest browsers that the page runs in; the builds' target. What sets each: structuredClone (Chrome and Edge 98), module
// workers (Firefox 114), WebAssembly SIMD (Safari 16.4). All of them have ES2022, which is what `tsc` lets the sources use.

export const oldestBrowsers = ['chrome98', 'edge98', 'firefox114', 'safari16.4'];
