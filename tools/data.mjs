// npm run data: prepares the data sets and verifies their digests.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/data.mjs'));
