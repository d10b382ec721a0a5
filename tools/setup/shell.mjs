// Runs programs and prints messages, for the tools.
import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The project's folder. Tools work from here, regardless of the current directory. */
export const projectDir = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** An error that the user can fix. Its message is printed without a stack trace. */
export class Problem extends Error {}

/**
 * Prints one line about the current activity.
 * @param {string} text
 */
export function say(text) {
  console.log(`• ${text}`);
}

/**
 * Runs a program and waits for it, with its output on the terminal.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] `quiet` shows the output only if it fails
 * @throws {Problem} if it cannot be started or exits with a nonzero code
 */
export function run(command, args, { env, quiet = false } = {}) {
  const result = spawnSync(command, args, {
    cwd: projectDir,
    env: { ...process.env, ...env },
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (result.error) throw new Problem(`${command} could not be started: ${result.error.message}`);
  if (result.status !== 0) {
    if (quiet) process.stderr.write(result.stdout + result.stderr);
    const end = result.status === null ? `was ended by ${result.signal}` : `failed with exit code ${result.status}`;
    throw new Problem(`\`${[command, ...args].join(' ')}\` ${end}.`);
  }
}

/**
 * Runs programs in parallel, and prints their outputs when all have ended.
 * @param {[command: string, ...args: string[]][]} commands
 * @throws {Problem} if one cannot be started or exits with a nonzero code
 */
export async function runTogether(commands) {
  const results = await Promise.all(
    commands.map(async ([command, ...args]) => {
      const child = spawn(command, args, { cwd: projectDir, stdio: ['ignore', 'pipe', 'pipe'] });
      const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
      const [printed, complaints, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]).catch(
        (error) => {
          throw new Problem(`${command} could not be started: ${error.message}`);
        },
      );
      return { line: [command, ...args].join(' '), output: printed + complaints, status };
    }),
  );
  for (const { output } of results) process.stdout.write(output);
  const failed = results.filter(({ status }) => status !== 0);
  if (failed.length > 0) throw new Problem(failed.map(({ line }) => `\`${line}\` failed.`).join('\n'));
}

/**
 * Standard output of a program; null if it is missing or fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options] `env` replaces this process's environment
 */
export function output(command, args, { env = process.env } = {}) {
  const result = spawnSync(command, args, {
    cwd: projectDir,
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return result.status === 0 ? result.stdout : null;
}

/**
 * Whether a program of this name is on the PATH.
 * @param {string} command
 */
export function onPath(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' }).status === 0;
}

/**
 * Runs a program in the foreground, forwards signals to it, and exits with its exit status.
 * @param {string} command
 * @param {string[]} args
 */
export function become(command, args) {
  const child = spawn(command, args, { cwd: process.cwd(), stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

/**
 * Runs a tool's work. A Problem ends it with its message and exit code 1.
 * @param {() => void | Promise<void>} work
 */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
