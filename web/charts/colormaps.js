// Colour maps, line colours, dashes and markers of the charts.

/** @typedef {string[]} Colormap evenly spaced colours from the least value to the greatest */

/** @param {string} hexes @returns {Colormap} */
const stops = (hexes) => hexes.split(' ').map((hex) => `#${hex}`);

/** ColorBrewer's Blues (Cynthia Brewer), darkest for the least value: `Blues_r` of the notebook. @type {Colormap} */
export const bluesReversed = stops('08306b 08519c 2171b5 4292c6 6baed6 9ecae1 c6dbef deebf7 f7fbff');

/** Kenneth Moreland's cool-to-warm, blue for the greatest value, grey in the middle: `coolwarm_r`. @type {Colormap} */
export const coolwarmReversed = stops(
  'b40426 c0282f cb3e38 d55042 de604d e57058 ec7f63 f18d6f f49a7b f7a687 f7b194 f7bba0 f5c4ad f1ccb9 ecd3c5 e5d8d1 ' +
    'dddddd d5dbe6 ccd9ee c2d5f4 b8d0f9 aec9fd a3c2ff 98b9ff 8db0fe 82a5fb 779af7 6c8ef1 6282ea 5775e1 4d68d7 445acc ' +
    '3b4cc0',
);

// Viridis, plasma and magma are matplotlib's (Stéfan van der Walt and Nathaniel Smith, CC0).

/** @type {Colormap} */
export const viridis = stops(
  '440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 d8e219 fde725',
);

/** @type {Colormap} */
export const plasma = stops(
  '0d0887 310597 4c02a1 6600a7 7e03a8 9511a1 aa2395 bc3587 cc4778 da5a6a e66c5c f0804e f89540 fdac33 fdc527 f8df25 f0f921',
);

/** @type {Colormap} */
export const magma = stops(
  '000004 0a0822 1d1147 36106b 51127c 6a1c81 832681 9c2e7f b73779 d0416f e75263 f56b5c fc8961 fea772 fec488 fde2a3 fcfdbf',
);

/** @param {string} hex */
const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

/**
 * The colour at a position, interpolated between the two nearest stops.
 * @param {Colormap} colormap
 * @param {number} position from 0 (least value) to 1 (greatest); clamped
 */
export function colourAt(colormap, position) {
  const at = Math.min(1, Math.max(0, position)) * (colormap.length - 1);
  const below = Math.min(Math.floor(at), colormap.length - 2);
  const [from, to] = [channels(colormap[below]), channels(colormap[below + 1])];
  const mixed = from.map((channel, i) => Math.round(channel + (to[i] - channel) * (at - below)));
  return `rgb(${mixed.join(' ')})`;
}

/**
 * A colour map as 256 colours of three bytes, for images.
 * @param {Colormap} colormap
 */
export function colourBytes(colormap) {
  const bytes = new Uint8Array(3 * 256);
  for (let i = 0; i < 256; ++i) {
    bytes.set((colourAt(colormap, i / 255).match(/\d+/g) ?? []).map(Number), 3 * i);
  }
  return bytes;
}

/**
 * Ten line colours with the hues and order of matplotlib's, as in the papers' figures. Their lightness is adjusted per
 * theme to a contrast of at least 3:1 with the page.
 */
const lineColours = {
  light: stops('1f77b4 cc5f00 248a24 d62728 8455b8 8c564b c2529f 6b6b6b 84850f 0d8896'),
  dark: stops('5aa2dc ff9a44 4fbf4f ff6b6b b492dc c08a7d f08fcf a8a8a8 c9ca3a 36c5d8'),
};

/**
 * @param {number} index
 * @param {boolean} dark whether the theme is dark
 */
export const lineColour = (index, dark) => (dark ? lineColours.dark : lineColours.light)[index % 10];

/** Solid for lines 1–10, dashed for 11–20, dotted after that. No two lines look the same. */
const dashes = [[], [7, 4], [2, 3]];

/** @param {number} index */
export const lineDash = (index) => dashes[Math.floor(index / 10) % dashes.length];

/** Marker shapes distinguish lines without colour. The names are Chart.js's. */
const markers = /** @type {const} */ ([
  'circle',
  'triangle',
  'rect',
  'rectRot',
  'crossRot',
  'star',
  'cross',
  'rectRounded',
  'dash',
  'line',
]);

/** @param {number} index */
export const lineMarker = (index) => markers[index % markers.length];
