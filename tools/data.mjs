// npm run data: prepares the data sets and checks them by digest.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/data.mjs'));
