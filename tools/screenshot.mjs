// npm run screenshot: takes the pictures in the README.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/screenshot.mjs'));
