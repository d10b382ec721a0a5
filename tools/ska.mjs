// npm run ska -- run …: builds the native command where that is needed, then becomes it.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/ska.mjs'));
