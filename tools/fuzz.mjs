// npm run fuzz: fuzzes the file readers with libFuzzer.
import { onSupportedNode } from './setup/supported-node.mjs';

onSupportedNode(() => import('./commands/fuzz.mjs'));
