import { viridis } from '../colormaps.js';
import { layerSpec, quantityKind } from '../quantity-kind.js';

export const kind = quantityKind(
  layerSpec('lagrangian', {
    title: 'Lagrangian Heatmap',
    linesTitle: 'Lagrangian',
    name: 'Lagrangian',
    colormap: viridis,
    range: (least) => [Math.min(least, 0), 0],
    marks: ['minimum'],
    growsWithRate: false,
    oneSign: true,
  }),
  {
    id: 'lagrangian',
    order: 8,
    caption: '−Σ Z·D·(1−D)·ΔZ/η: what entropy per time becomes as η goes to 0, times ln 2.',
  },
);
