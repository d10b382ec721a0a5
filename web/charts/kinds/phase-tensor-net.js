import { phaseKind } from '../phase.js';

export const kind = phaseKind(
  {
    y: 'tensor_net',
    yName: 'Tensor net',
    title: 'Tensor Net vs ‖Z‖',
    isMarked: ({ quantity, kind }) => quantity === 'tensor_net' && kind === 'crossing',
    markName: 'Zero crossing',
  },
  { id: 'phase-tensor-net', order: 3, caption: 'Rings mark where the tensor net crosses zero, between two steps.' },
);
