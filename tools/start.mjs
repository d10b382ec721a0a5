// npm start: installs and builds what is missing, serves the page and prints its address.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/start.mjs'));
