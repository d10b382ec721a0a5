import { bluesReversed } from '../colormaps.js';
import { layerSpec, quantityKind } from '../quantity-kind.js';

export const kind = quantityKind(
  layerSpec('entropy', {
    title: 'Layer-wise Entropy Heatmap',
    linesTitle: 'Layer-wise Entropy',
    name: 'Entropy H',
    colormap: bluesReversed,
    range: (least) => [Math.min(least, 0), 0],
    marks: ['minimum'],
    growsWithRate: true,
    oneSign: true,
  }),
  {
    id: 'entropy',
    order: 1,
    caption:
      'Entropy H = −(1/ln 2) Σ Z·ΔD of each layer. The lower (and in the heatmap darker), the more strongly knowledge Z and ' +
      'the shift of decisions ΔD move together at that step.',
  },
);
