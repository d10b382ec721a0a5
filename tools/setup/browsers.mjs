// The oldest supported browsers, which are the build targets. They are determined by structuredClone (Chrome and Edge
// 98), module workers (Firefox 114) and WebAssembly SIMD (Safari 16.4). All of them support ES2022, the level that
// `tsc` allows in the sources.

export const oldestBrowsers = ['chrome98', 'edge98', 'firefox114', 'safari16.4'];
