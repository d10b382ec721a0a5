// npm run bench: times everything, beside PyTorch where that is installed.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/bench.mjs'));
