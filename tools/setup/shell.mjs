// How do the tools run other programs and speak to a person?
import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The project's folder. Every tool works from here, wherever it was started. */
export const projectDir = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Something a person has to put right: told in its own words, without a stack trace. */
export class Problem extends Error {}

/**
 * One line about what is being done now.
 * @param {string} text
 */
export function say(text) {
  console.log(`• ${text}`);
}

/**
 * Runs a program and waits for it, its output going to the terminal.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] `quiet` shows the output only if it fails
 * @throws {Problem} when it cannot be started or exits with another code than 0
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
 * Runs programs at the same time, and prints what each of them printed when all have ended.
 * @param {[command: string, ...args: string[]][]} commands
 * @throws {Problem} when one cannot be started or exits with another code than 0
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
 * What a program prints on its standard output, or null when it is missing or fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options] `env` in place of this process's own
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
 * Runs a program in the foreground until it ends, with the terminal's signals going to it, and exits as it did.
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
 * Runs a tool's work; a Problem ends it with its words and exit code 1.
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
