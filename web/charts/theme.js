// Which inks does a chart use? The page's own, read from its style sheet, so that both themes fit.

/**
 * @typedef {object} Theme
 * @property {string} ink text
 * @property {string} faint axes and secondary text
 * @property {string} grid
 * @property {string} empty what has not been recorded yet
 * @property {string} hatch the lines across it
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
 * The options every chart shares; its title is set by `fitTitle`.
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
 * Sets a chart's title in as many lines as its width asks for; Chart.js would squeeze it. To be drawn with the next
 * update.
 * @param {{ options: import('chart.js').ChartOptions<any>, width: number }} chart or what it is to be
 * @param {string} text
 */
export function fitTitle(chart, text) {
  const { layout, plugins } = chart.options;
  const { right = 0 } = /** @type {{ right?: number }} */ (layout?.padding ?? {});
  const letters = Math.max(10, (chart.width - right) / 7.8); // about the width of a letter of the title's font
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
