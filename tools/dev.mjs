// npm run dev: serves the page from its sources and shows every change at once.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/dev.mjs'));
