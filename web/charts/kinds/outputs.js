import { mostOutputSeries } from '../../model/recording.js';
import { viridis } from '../colormaps.js';
import { quantityKind } from '../quantity-kind.js';

export const kind = quantityKind(
  {
    curves: (recording) =>
      Array.from({ length: Math.min(recording.outputs, mostOutputSeries) }, (_, neuron) =>
        recording.outputSeries(neuron),
      ),
    rows: (recording) => recording.outputs,
    rowName: (row) => `Neuron ${row}`,
    rowsName: 'Neurons of the last layer',
    first: 0,
    title: 'Output Decision Probability Heatmap',
    linesTitle: 'Output Decision Probability Evolution Across Steps (Single Pass)',
    name: 'Mean Sigmoid Output',
    colormap: viridis,
    range: () => [0, 1],
    bounds: [0, 1],
    growsWithRate: false,
    oneSign: false,
  },
  {
    id: 'outputs',
    order: 3,
    wide: true,
    papers: 'lines',
    caption:
      'The mean of each output neuron over all samples. These are neurons, not classes: nothing in the run has seen a label.',
  },
);
