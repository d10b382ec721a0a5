// Reads a chart's colours and font from the page's style sheet, so that charts follow the theme.

/**
 * @typedef {object} Theme
 * @property {string} ink text colour
 * @property {string} faint axes and secondary text
 * @property {string} grid
 * @property {string} empty background of the part without records
 * @property {string} hatch lines across that part
 * @property {string} surface
 * @property {boolean} dark
 * @property {string} font
 */

/** @returns {Theme} */
export function currentTheme() {
  const style = getComputedStyle(document.documentElement);
  /** @param {string} name */
  const of = (name) => style.getPropertyValue(name).trim();
  return {
    ink: of('--ink'),
    faint: of('--ink-faint'),
    grid: of('--grid'),
    empty: of('--empty'),
    hatch: of('--hatch'),
    surface: of('--surface'),
    font: of('--font-text'),
    dark: of('color-scheme') === 'dark',
  };
}

/**
 * The options that all charts share. `fitTitle` sets the title.
 * @param {Theme} theme
 */
export function sharedOptions(theme) {
  const font = { family: theme.font, size: 12 };
  return {
    animation: /** @type {false} */ (false),
    responsive: true,
    maintainAspectRatio: false,
    color: theme.ink,
    font,
    plugins: {
      title: {
        display: true,
        color: theme.ink,
        align: /** @type {'start'} */ ('start'),
        font: { ...font, size: 14, weight: /** @type {'bold'} */ ('bold') },
        padding: { bottom: 14 },
      },
      tooltip: {
        titleFont: font,
        bodyFont: { ...font, weight: /** @type {'normal'} */ ('normal') },
        backgroundColor: theme.ink,
        titleColor: theme.surface,
        bodyColor: theme.surface,
        cornerRadius: 4,
        padding: 8,
      },
    },
  };
}

/**
 * Wraps a chart's title to the chart's width; Chart.js would squeeze it. Takes effect with the next update.
 * @param {{ options: import('chart.js').ChartOptions<any>, width: number }} chart a chart, or its future configuration
 * @param {string} text
 */
export function fitTitle(chart, text) {
  const { layout, plugins } = chart.options;
  const { right = 0 } = /** @type {{ right?: number }} */ (layout?.padding ?? {});
  const letters = Math.max(10, (chart.width - right) / 7.8); // approximate width of a letter in the title's font
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= letters) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  if (plugins?.title) plugins.title.text = lines;
}

/**
 * @param {Theme} theme
 * @param {string} name
 */
export function axisTitle(theme, name) {
  return { display: true, text: name, color: theme.faint, font: { family: theme.font, size: 12 } };
}
