import { coolwarmReversed } from '../colormaps.js';
import { layerSpec, quantityKind } from '../quantity-kind.js';

export const kind = quantityKind(
  layerSpec('tensor_net', {
    title: 'Tensor Net Heatmap',
    linesTitle: 'Tensor Net',
    name: 'Tensor net',
    colormap: coolwarmReversed,
    range: (least, greatest) => {
      const size = Math.max(Math.abs(least), Math.abs(greatest));
      return [-size, size];
    },
    marks: ['crossing', 'maximum', 'minimum'],
    growsWithRate: true,
    oneSign: false,
  }),
  {
    id: 'tensor-net',
    order: 6,
    caption:
      'Σ ΔZ·(D − ∇H): what decisions gain less what entropy takes, at each step. Where it crosses zero, the papers see a ' +
      'layer pass from taking in structure to settling.',
  },
);
