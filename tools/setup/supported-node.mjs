// Loads a program only on a supported Node; an older one would print a stack trace instead of a sentence. This file,
// and those that import nothing else, use the syntax of Node 12.

const oldest = [20, 19];

/**
 * Runs a program, or prints the required Node version and exits with code 1.
 * @param {() => Promise<unknown>} load imports the program
 */
export function onSupportedNode(load) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return void load();
  const needed = oldest.join('.');
  console.error(`Node ${process.versions.node} is too old: install Node ${needed} or newer, then run this again.`);
  process.exit(1);
}
