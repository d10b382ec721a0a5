// npm run bench: benchmarks everything, with PyTorch for comparison if it is installed.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/bench.mjs'));
