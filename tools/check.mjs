// npm run check: types, lint and formatting.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/check.mjs'));
