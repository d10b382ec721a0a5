// npm run screenshot: takes the screenshots for the documentation.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/screenshot.mjs'));
