// Installs the npm packages of package-lock.json.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { projectDir, run, say } from './shell.mjs';

/** Installs the packages unless exactly those of the lock file are installed. */
export function requireNodePackages() {
  const stamp = `${projectDir}/node_modules/.installed-lock`;
  const lock = createHash('sha256')
    .update(readFileSync(`${projectDir}/package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing the npm packages');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, lock);
}
