// Checks types, lint and formatting of the JavaScript. Checks the formatting of the C++ only with clang-format 14
// (Debian 12), because other versions format differently.
import { output, projectDir, run, runTogether, say } from './shell.mjs';

/** One project for each set of globals: the page, its workers, Node, and tests, some of whose functions run in a page. */
const typeProjects = ['web', 'web/tsconfig.workers.json', 'tools', 'tests'];

const bin = `${projectDir}/node_modules/.bin`;

export async function check() {
  say('Checking types, lint and formatting');
  /** @type {[string, ...string[]][]} */
  const types = typeProjects.map((project) => [`${bin}/tsc`, '--project', `${projectDir}/${project}`]);
  await runTogether([
    ...types,
    [`${bin}/eslint`, projectDir],
    [`${bin}/prettier`, '--check', '--log-level=warn', projectDir],
  ]);
  if (output('clang-format', ['--version'])?.includes('version 14.')) {
    const sources = (output('git', ['ls-files', '*.cpp', '*.h']) ?? '').trim().split('\n').filter(Boolean);
    run('clang-format', ['--dry-run', '--Werror', ...sources]);
  } else {
    say('The C++ formatting was not checked: clang-format 14 is not here');
  }
}
