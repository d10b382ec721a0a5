import { phaseKind } from '../phase.js';

export const kind = phaseKind(
  {
    y: 'flow',
    yName: 'Flow ‖ΔZ‖/η',
    title: 'Knowledge Flow vs ‖Z‖',
    isMarked: ({ quantity, kind }) => quantity === 'entropy' && kind === 'minimum',
    markName: 'Entropy minimum',
  },
  {
    id: 'phase-flow',
    order: 2,
    caption: 'The ring marks the step of the entropy minimum, which the papers set beside the peak of the flow.',
  },
);
