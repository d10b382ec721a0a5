// node tests/golden/fingerprints.mjs: writes the files of fingerprints again.
import { onSupportedNode } from '../../tools/setup/supported-node.mjs';

onSupportedNode(() => import('./make-fingerprints.js'));
