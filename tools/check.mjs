// npm run check: types, lint and formatting of everything written in JavaScript. Formatting of the C++ too, where
// the clang-format of Debian 12 is there: other versions disagree with it.
import { requireNodePackages } from './setup/node-packages.mjs';
import { main, output, projectDir, run, say } from './setup/shell.mjs';

const bin = `${projectDir}/node_modules/.bin`;

export function check() {
  say('Checking types, lint and formatting');
  run(`${bin}/tsc`, ['--project', projectDir]);
  run(`${bin}/eslint`, [projectDir]);
  run(`${bin}/prettier`, ['--check', '--log-level=warn', projectDir]);
  if (output('clang-format', ['--version'])?.includes('version 14.')) {
    const sources = (output('git', ['ls-files', '*.cpp', '*.h']) ?? '').trim().split('\n').filter(Boolean);
    run('clang-format', ['--dry-run', '--Werror', ...sources]);
  } else {
    say('The C++ formatting was not checked: clang-format 14 is not here');
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await main(() => {
    requireNodePackages();
    check();
    say('All is in order');
  });
}
