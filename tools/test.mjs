// npm test and npm run test:full: build, and run the tests.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/test.mjs'));
