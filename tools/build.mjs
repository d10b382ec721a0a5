// npm run build: writes the static site to dist/.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/build.mjs'));
