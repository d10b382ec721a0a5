// Are the npm packages of package-lock.json installed?
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { Problem, projectDir, run, say } from './shell.mjs';

const oldestNode = [20, 19];

/** Installs the packages unless exactly those of the lock file are there. */
export function requireNodePackages() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new Problem(
      `Node ${process.versions.node} is too old for this project.\n` +
        `Install Node ${oldestNode.join('.')} or newer, then run this again.`,
    );
  }
  const stamp = `${projectDir}/node_modules/.installed-lock`;
  const lock = createHash('sha256')
    .update(readFileSync(`${projectDir}/package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing the npm packages');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}
