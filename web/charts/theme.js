// Which inks does a chart use? The page's own, read from its style sheet, so that both themes fit.

/**
 * @typedef {object} Theme
 * @property {string} ink text
 * @property {string} faint axes and secondary text
 * @property {string} grid
 * @property {string} empty what has not been recorded yet
 * @property {string} surface
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
    surface: of('--surface'),
    font: of('--font-text'),
  };
}

/** @param {() => void} listener called when the reader's system changes between light and dark */
export function onThemeChange(listener) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', listener);
}

/**
 * The options every chart shares.
 * @param {Theme} theme
 * @param {string} title
 */
export function sharedOptions(theme, title) {
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
        text: title,
        color: theme.ink,
        align: /** @type {'start'} */ ('start'),
        // Chart.js squeezes a title that is too wide; a narrow chart gets a smaller one.
        font: (/** @type {{ chart: { width: number } }} */ { chart }) => ({
          ...font,
          size: chart.width < 420 ? 12 : 14,
          weight: /** @type {'bold'} */ ('bold'),
        }),
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
 * @param {Theme} theme
 * @param {string} name
 */
export function axisTitle(theme, name) {
  return { display: true, text: name, color: theme.faint, font: { family: theme.font, size: 12 } };
}
