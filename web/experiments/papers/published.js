// The published numbers, as printed: the number of digits determines the tolerance.

/** The run of the papers' figures; its author also publishes its numbers. */
export const authorsRun = 'the authors’ run for seed 42';
export const firstPaper = 'arXiv 2503.13942';
export const secondPaper = 'arXiv 2504.03214';
/** Not published: computed by this project's double-precision reference from the papers' algorithm. */
export const reference = 'reference in double precision';

/**
 * A quantity of every layer of the default run.
 * @typedef {object} Published
 * @property {string} figure the figure it belongs to
 * @property {string} name follows "layer 1,"
 * @property {import('./measures.js').LayerMeasure} measure
 * @property {string[]} printed for layers 1, 2, …; empty if the curve is said never to reach this point
 * @property {string} source
 */

const source = authorsRun;

/** @type {Published[]} */
export const layerNumbers = [
  {
    figure: 'entropy',
    name: 'entropy minimum',
    measure: 'entropyMinimum',
    printed: ['-6931.37', '-8234.07', '-3828.72', '-254.17'],
    source,
  },
  {
    figure: 'entropy',
    name: 'record of the entropy minimum',
    measure: 'entropyMinimumRecord',
    printed: ['29', '16', '25', '48'],
    source,
  },
  {
    figure: 'entropy',
    name: 'last entropy',
    measure: 'entropyLast',
    printed: ['-3182.15', '-228.64', '-257.24', '-252.31'],
    source,
  },
  {
    figure: 'cosine',
    name: 'cosine maximum',
    measure: 'cosineMaximum',
    printed: ['0.9731', '0.9997', '0.9980', '0.9992'],
    source,
  },
  {
    figure: 'cosine',
    name: 'record of the cosine maximum',
    measure: 'cosineMaximumRecord',
    printed: ['15', '4', '2', '2'],
    source,
  },
  {
    figure: 'cosine',
    name: 'last cosine',
    measure: 'cosineLast',
    printed: ['0.5080', '0.9550', '0.8223', '0.9127'],
    source,
  },
  {
    figure: 'tensor-net',
    name: 'zero of the tensor net, at record',
    measure: 'tensorNetCrossing',
    printed: ['24.48', '', '23.79', ''],
    source,
  },
  {
    figure: 'tensor-net',
    name: 'sum of the tensor net',
    measure: 'tensorNetSum',
    printed: ['61142.6', '182932.4', '32362.1', '-3244.4'],
    source,
  },
  {
    figure: 'flow',
    name: 'flow maximum',
    measure: 'flowMaximum',
    printed: ['5241.8', '7863.7', '5318.4', '881.1'],
    source,
  },
  {
    figure: 'flow',
    name: 'record of the flow maximum',
    measure: 'flowMaximumRecord',
    printed: ['30', '17', '25', '48'],
    source,
  },
  {
    figure: 'lagrangian',
    name: 'Lagrangian minimum',
    measure: 'lagrangianMinimum',
    printed: ['-462358', '-527086', '-245407', '-17052'],
    source,
  },
  {
    figure: 'lagrangian',
    name: 'record of the Lagrangian minimum',
    measure: 'lagrangianMinimumRecord',
    printed: ['29', '16', '24', '48'],
    source,
  },
  {
    figure: 'norms',
    name: 'first ‖Z‖',
    measure: 'knowledgeNormFirst',
    printed: ['46.362', '27.375', '14.380', '4.455'],
    source,
  },
  {
    figure: 'norms',
    name: 'last ‖Z‖',
    measure: 'knowledgeNormLast',
    printed: ['1631.88', '1929.84', '1151.41', '160.61'],
    source,
  },
  {
    figure: 'norms',
    name: 'last ‖W‖',
    measure: 'weightNormLast',
    printed: ['9.5341', '6.5691', '4.4175', '1.0092'],
    source,
  },
];

/** The tensor net's sums from the reference. A sum accumulates the rounding errors of all its records. */
export const referenceTensorNetSums = [61142.4345, 182932.3551, 32362.0892, -3244.3571];

/** All layers of the default run together. */
export const totalEntropyNumbers = { minimum: '-14283.83', record: '23', mean: '-7734.12', source };

/** Mean of every output neuron at the default run's last step, neurons 0, 1, … */
export const outputNumbers = {
  printed: ['.1307', '.1229', '.5299', '.1326', '.8354', '.4845', '.9165', '.1627', '.2083', '.1984'],
  source,
};

/** The time t = η·k of layer 2's entropy minimum, over all six published pairs: the earliest and the latest. */
export const secondLayerMinima = { earliest: '0.16', latest: '0.18', source: secondPaper };

/** Published results on the default run that need more than its records, and where this page shows them. */
export const notInRecords = [
  {
    name: '‖W‖ at the start, layers 1 to 4',
    printed: '4.4975, 1.8111, 0.8938, 0.2624',
    why: 'records hold ‖W‖ after an update, and step 0 has none',
    where: 'the weights themselves in “Inside the network” at step 0; their norms nowhere',
  },
  {
    name: '1-nearest-neighbour accuracy on D of layers 1 to 4, before and after',
    printed: '87.5, 84.7, 81.1, 49.3 % and 63.7, 26.9, 14.1, 13.7 %; raw pixels 88.0 %',
    why: 'it needs D of every image',
    where: '“Inside the network”, where floats move the last layer’s by a per cent',
  },
  {
    name: 'Standard deviation of the last layer’s D over the images, after',
    printed: '≈ 3e-6',
    why: 'it needs D of every image',
    where: '“Inside the network”',
  },
];

/**
 * Reference results for runs whose numbers are not published individually: every layer's entropy minimum and its
 * record, by the key of the run.
 * @type {Record<string, { minimum: number[], record: number[] }>}
 */
export const referenceMinima = {
  'eta-0.02-steps-25': { minimum: [-15482.4885, -19783.94957, -9062.451477, -559.580193], record: [15, 9, 13, 24] },
  'eta-0.01-steps-50': { minimum: [-6931.365926, -8234.068649, -3828.717094, -254.1734435], record: [29, 16, 25, 48] },
  'eta-0.005-steps-100': {
    minimum: [-3288.783307, -3763.327801, -1754.215905, -121.3452626],
    record: [59, 32, 48, 96],
  },
  'eta-0.0033-steps-150': {
    minimum: [-2132.210492, -2410.80166, -1122.945767, -78.92960958],
    record: [90, 49, 73, 145],
  },
  'eta-0.0025-steps-200': {
    minimum: [-1601.774829, -1800.829703, -838.4905814, -59.39117286],
    record: [119, 65, 97, 192],
  },
  'eta-0.001-steps-500': {
    minimum: [-630.7311304, -701.7080951, -326.2251488, -23.46565543],
    record: [300, 163, 243, 480],
  },
  'no-shift-term': { minimum: [-6320.935518, -7032.880763, -3233.47771, -224.5827461], record: [33, 19, 28, 49] },
  'digit-0': { minimum: [-1589.374101, -1161.882353, -388.0995776, -24.83831659], record: [15, 16, 24, 48] },
  'digit-1': { minimum: [-616.7077662, -843.1734203, -378.2901918, -26.25732434], record: [34, 16, 24, 47] },
  'digit-2': { minimum: [-1065.5459, -974.3981932, -407.90456, -25.3800631], record: [19, 16, 24, 48] },
  'digit-3': { minimum: [-1144.115754, -1022.647595, -404.5651768, -25.38484528], record: [19, 16, 24, 48] },
  'digit-4': { minimum: [-762.5198229, -821.4031054, -373.3119038, -25.43186092], record: [27, 16, 24, 48] },
  'digit-5': { minimum: [-714.3519462, -842.8478916, -385.3998616, -25.41516647], record: [28, 16, 24, 48] },
  'digit-6': { minimum: [-1221.396779, -1004.574425, -391.3912848, -25.35301369], record: [18, 16, 24, 48] },
  'digit-7': { minimum: [-797.0811512, -798.2903908, -373.6670929, -25.44296587], record: [26, 17, 25, 48] },
  'digit-8': { minimum: [-1168.081101, -1025.529773, -394.5311555, -25.38257098], record: [19, 16, 24, 48] },
  'digit-9': { minimum: [-873.0366587, -833.9684596, -379.1898727, -25.41732529], record: [26, 17, 25, 48] },
};
