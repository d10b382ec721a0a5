// npm run dev: serves the page from source, with hot reload.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/dev.mjs'));
