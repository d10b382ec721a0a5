// npm run screenshot: takes the pictures of the documents.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/screenshot.mjs'));
