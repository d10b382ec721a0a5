// Writes an experiment's result folder atomically. Overwrites only an existing result folder.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { formerResult, mark, removeResult } from './former-result.js';
import { Problem } from './problem.js';

/** Maximum length of a chain of symbolic links, as on Linux. */
const mostLinks = 40;

/** The target of a chain of symbolic links, whether it exists or not. @param {string} given */
function targetOf(given) {
  let path = resolve(given);
  for (let i = 0; i < mostLinks && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink(); ++i)
    path = resolve(dirname(path), readlinkSync(path));
  return path;
}

/** The system's message within a Node error such as "EACCES: permission denied, mkdir …". @param {Error} error */
const systemWords = ({ message }) => message.split(': ')[1].split(', ')[0];

export class ResultFolder {
  /** @param {string} given @param {boolean} force whether an existing result may be overwritten */
  constructor(given, force) {
    this.given = given;
    this.force = force;
    this.path = resolve(given);
  }

  /** @throws {Problem} if the path holds something that may not be overwritten */
  requireFree() {
    const { given, force, path } = this;
    if (!existsSync(path)) return;
    if (!statSync(path).isDirectory()) throw new Problem(`${given} is not a folder.`);
    if (readdirSync(path).length === 0) return;
    if (!force) throw new Problem(`${given} is not empty; --force replaces a result that is there.`);
    this.#requireResult(formerResult(path));
  }

  /**
   * @param {import('./former-result.js').FormerResult} former
   * @throws {Problem} if the folder holds anything besides a result
   */
  #requireResult({ foreign }) {
    const { given } = this;
    if (foreign === null) return;
    if (foreign === mark)
      throw new Problem(`${given} holds no result of an experiment, so --force does not replace it.`);
    const name = join(given, foreign);
    throw new Problem(`${name} is not part of a result, so --force does not replace ${given}; move it elsewhere.`);
  }

  /**
   * Runs `work` with a temporary folder next to the result, and removes that folder afterwards.
   * @template T
   * @param {(folder: string) => Promise<T>} work
   * @returns {Promise<T>}
   * @throws {Problem} for example if the system refuses access
   */
  async besides(work) {
    let folder;
    try {
      this.path = targetOf(this.given); // keeps a symbolic link a link
      this.requireFree();
      mkdirSync(dirname(this.path), { recursive: true });
      folder = mkdtempSync(join(dirname(this.path), '.ska-'));
      return await work(folder);
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      throw new Problem(`${this.given} cannot be written: ${systemWords(error)}.`);
    } finally {
      // Keep the folder if it holds a former result that could not be put back.
      if (folder && !existsSync(join(folder, 'former'))) rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * Writes all files or none.
   * @param {string} folder the temporary folder next to the result
   * @param {import('../files/csv-files.js').TextFile[]} files
   */
  write(folder, files) {
    const [whole, former] = [join(folder, 'result'), join(folder, 'former')];
    for (const { name, content } of files) {
      mkdirSync(dirname(join(whole, name)), { recursive: true });
      writeFileSync(join(whole, name), content, { flag: 'wx' });
    }
    this.requireFree(); // another process may have created something in the meantime
    const replaced = existsSync(this.path) && readdirSync(this.path).length > 0;
    if (!replaced) return void this.#place(whole);
    renameSync(this.path, former);
    const result = this.#restoring(former, () => {
      const found = formerResult(former); // the folder may have changed since the first check
      this.#requireResult(found);
      this.#place(whole);
      return found;
    });
    try {
      removeResult(former, result);
    } catch {
      throw new Problem(`${this.given} is written. What else was in it is in ${former} now.`);
    }
  }

  /** Renames the folder to its final path; fails if that is a non-empty folder. @param {string} whole */
  #place(whole) {
    try {
      renameSync(whole, this.path);
    } catch (error) {
      this.force = false;
      this.requireFree(); // another command was faster
      throw error;
    }
  }

  /**
   * Runs `work`, and puts the former result back if it fails.
   * @template T
   * @param {string} former
   * @param {() => T} work
   * @returns {T}
   */
  #restoring(former, work) {
    try {
      return work();
    } catch (error) {
      try {
        renameSync(former, this.path);
      } catch {
        throw new Problem(`${this.given} cannot be written. Its former result is in ${former} now.`);
      }
      throw error;
    }
  }
}
