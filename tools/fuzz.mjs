// npm run fuzz: feeds the readers of files with inputs that libFuzzer makes up.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/fuzz.mjs'));
