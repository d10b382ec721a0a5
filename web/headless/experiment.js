// ska experiment …: starts the experiments on a Node that can run them.
import { onSupportedNode } from '../../tools/setup/supported-node.mjs';

onSupportedNode(() => import('./experiment-command.js'));
