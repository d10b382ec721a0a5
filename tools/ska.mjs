// npm run ska -- run …: builds the native command if needed, then runs it.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/ska.mjs'));
