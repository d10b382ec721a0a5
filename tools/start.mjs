// npm start: sets up and builds what is missing, then serves the page and prints its address.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/start.mjs'));
