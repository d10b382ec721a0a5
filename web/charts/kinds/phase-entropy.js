import { phaseKind } from '../phase.js';

export const kind = phaseKind(
  {
    y: 'entropy',
    yName: 'Entropy H',
    title: 'Entropy vs ‖Z‖',
    isMarked: ({ quantity, kind }) => quantity === 'entropy' && kind === 'minimum',
    markName: 'Entropy minimum',
  },
  {
    id: 'phase-entropy',
    order: 1,
    caption: 'The ring marks the entropy minimum: the amount of knowledge at which the layer settles most strongly.',
  },
);
