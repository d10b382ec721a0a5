import { plasma } from '../colormaps.js';
import { layerSpec, quantityKind } from '../quantity-kind.js';

export const kind = quantityKind(
  layerSpec('flow', {
    title: 'Knowledge Flow Heatmap',
    linesTitle: 'Knowledge Flow',
    name: 'Flow ‖ΔZ‖/η',
    colormap: plasma,
    range: (_, greatest) => [0, greatest],
    marks: ['maximum'],
    growsWithRate: false,
    oneSign: true,
  }),
  { id: 'flow', order: 7, caption: 'How fast knowledge moves: ‖ΔZ‖ divided by η, which plays the part of time.' },
);
