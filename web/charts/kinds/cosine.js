import { coolwarmReversed } from '../colormaps.js';
import { layerSpec, quantityKind } from '../quantity-kind.js';

export const kind = quantityKind(
  layerSpec('cosine', {
    title: 'Layer-wise Cos(θ) Alignment Heatmap',
    linesTitle: 'Layer-wise Cos(θ) Alignment',
    name: 'Cos(θ)',
    colormap: coolwarmReversed,
    range: () => [-1, 1],
    bounds: [-1, 1],
    marks: ['maximum'],
    growsWithRate: false,
    oneSign: false,
  }),
  {
    id: 'cosine',
    order: 2,
    caption:
      'The cosine of the angle between Z and ΔD. 1 (blue) is aligned, 0 (grey) unrelated, −1 (red) opposed. K steps give ' +
      'K − 1 columns, because the first look has nothing to compare with; the first column is always 0, because nothing has been ' +
      'learned before it.',
  },
);
