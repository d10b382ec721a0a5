// Parses and formats the settings of the engine as typed in the form.
import { shown } from './shown.js';

/**
 * @typedef {import('../engine/protocol.js').Config} Config
 * @typedef {import('../engine/protocol.js').Fault} Fault
 */

/** @typedef {Required<Pick<Config, 'layer_input' | 'gradient_equation'>>} Variants */

/** The rule as the authors compute it. @type {Readonly<Variants>} */
export const defaultVariants = Object.freeze({ layer_input: 'previous', gradient_equation: 22 });

/** @param {Pick<Config, 'layer_input' | 'gradient_equation'> | Config} config @returns {Variants} */
export const variantsOf = ({
  layer_input = defaultVariants.layer_input,
  gradient_equation = defaultVariants.gradient_equation,
}) => ({ layer_input, gradient_equation });

/**
 * Short names of the variants that are on.
 * @param {Parameters<typeof variantsOf>[0]} config
 */
export function variantNames(config) {
  const { layer_input, gradient_equation } = variantsOf(config);
  return [
    ...(layer_input === defaultVariants.layer_input ? [] : [`${layer_input} input`]),
    ...(gradient_equation === defaultVariants.gradient_equation ? [] : [`equation ${gradient_equation}`]),
  ];
}

/** The papers' settings. @type {Readonly<Config & Variants>} */
export const defaultConfig = Object.freeze({
  layers: [256, 128, 64, 10],
  steps: 50,
  learning_rate: 0.01,
  seed: 42,
  shift_term: true,
  ...defaultVariants,
});

/**
 * The texts in the fields of a form.
 * @typedef {object} ConfigText
 * @property {string} layers
 * @property {string} steps
 * @property {string} learning_rate
 * @property {string} seed
 */

/** @param {string} text */
const wholeNumber = (text) => (/^\s*[+-]?\d{1,15}\s*$/.test(text) ? Number(text) : null);

/** @param {string} text @returns {number | null} */
export const realNumber = (text) => (/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : null);

/**
 * The end of a message about a number: quotes the text, and explains a decimal comma.
 * @param {string} text
 */
export const givenNumber = (text) =>
  `${shown(text.trim() || undefined)} was given.${/^\s*\d*,\d+\s*$/.test(text) ? ` Decimals are written with a point: ${text.trim().replace(',', '.')}.` : ''}`;

/**
 * Parses the fields. Only text that is not a number is a fault here; the engine checks the ranges.
 * @param {ConfigText} text
 * @returns {{ config: Config | null, faults: Fault[] }} a configuration if there are no faults
 */
export function parseConfig(text) {
  /** @type {Fault[]} */
  const faults = [];
  /** @template T @param {keyof ConfigText} field @param {T | null} value @param {string} message */
  const required = (field, value, message) => {
    if (value === null) faults.push({ field, message });
    return /** @type {T} */ (value);
  };

  // A hyphen between two numbers separates them, as in 5-3-2; elsewhere it is a minus sign.
  const sizes = text.layers
    .replaceAll(/(?<=\d)\s*[-–]\s*(?=\d)/g, ',')
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(wholeNumber);
  const layers = sizes.length > 0 && !sizes.includes(null) ? /** @type {number[]} */ (sizes) : null;
  const { steps, learning_rate, seed } = text;
  const config = {
    layers: required('layers', layers, 'Layers are whole numbers separated by commas, such as 256, 128, 64, 10.'),
    steps: required('steps', wholeNumber(steps), `Steps is a whole number, such as 50; ${givenNumber(steps)}`),
    learning_rate: required(
      'learning_rate',
      realNumber(learning_rate),
      `η is a number, such as 0.01; ${givenNumber(learning_rate)}`,
    ),
    seed: required('seed', wholeNumber(seed), `The seed is a whole number, such as 42; ${givenNumber(seed)}`),
    shift_term: true,
    ...defaultVariants,
  };
  return { config: faults.length > 0 ? null : config, faults };
}

/**
 * @param {Config} a
 * @param {Config} b
 */
export function sameConfig(a, b) {
  const [ofA, ofB] = [variantsOf(a), variantsOf(b)];
  return (
    a.steps === b.steps &&
    a.learning_rate === b.learning_rate &&
    a.seed === b.seed &&
    a.shift_term === b.shift_term &&
    ofA.layer_input === ofB.layer_input &&
    ofA.gradient_equation === ofB.gradient_equation &&
    a.layers.length === b.layers.length &&
    a.layers.every((size, l) => size === b.layers[l])
  );
}
