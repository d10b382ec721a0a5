import { magma } from '../colormaps.js';
import { layerSpec, quantityKind } from '../quantity-kind.js';

export const kind = quantityKind(
  layerSpec('knowledge_norm', {
    title: 'Knowledge Norm ‖Z‖ Heatmap',
    linesTitle: 'Knowledge Norm ‖Z‖',
    name: '‖Z‖',
    colormap: magma,
    range: (_, greatest) => [0, greatest],
    growsWithRate: false,
    oneSign: true,
  }),
  {
    id: 'knowledge',
    order: 4,
    caption: 'How large the knowledge Z = A·W + b of a layer is, over all samples and neurons (Frobenius norm).',
  },
);
