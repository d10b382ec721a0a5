import { viridis } from '../colormaps.js';
import { layerSpec, quantityKind } from '../quantity-kind.js';

export const kind = quantityKind(
  layerSpec('weight_norm', {
    title: 'Weight Norm ‖W‖ Heatmap',
    linesTitle: 'Weight Norm ‖W‖',
    name: '‖W‖',
    colormap: viridis,
    range: (_, greatest) => [0, greatest],
    growsWithRate: false,
    oneSign: true,
  }),
  {
    id: 'weights',
    order: 5,
    caption: 'How large the weights of a layer are after the step’s update (Frobenius norm).',
  },
);
