// Entry point of `ska experiment`: checks the Node version before it loads the command.
import { onSupportedNode } from '../../tools/setup/supported-node.mjs';

onSupportedNode(() => import('./experiment-command.js'));
