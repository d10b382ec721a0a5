// The place of an experiment's result: a folder that appears as a whole or not at all, in the place of nothing but a former result.
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

/** As many links may follow one another, as on Linux. */
const mostLinks = 40;

/** What is at the end of a chain of links, whether it exists or not. @param {string} given */
function targetOf(given) {
  let path = resolve(given);
  for (let i = 0; i < mostLinks && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink(); ++i)
    path = resolve(dirname(path), readlinkSync(path));
  return path;
}

/** What the system says about a file, from "EACCES: permission denied, mkdir …". @param {Error} error */
const systemWords = ({ message }) => message.split(': ')[1].split(', ')[0];

export class ResultFolder {
  /** @param {string} given @param {boolean} force whether a result that is there may be replaced */
  constructor(given, force) {
    this.given = given;
    this.force = force;
    this.path = resolve(given);
  }

  /** @throws {Problem} where there is something that may not be replaced */
  requireFree() {
    const { given, force, path } = this;
    if (!existsSync(path)) return;
    if (!statSync(path).isDirectory()) throw new Problem(`${given} is not a folder.`);
    if (readdirSync(path).length === 0) return;
    if (!force) throw new Problem(`${given} is not empty; --force replaces a result that is there.`);
    this.#requireResult(formerResult(path));
  }

  /** @param {import('./former-result.js').FormerResult} former @throws {Problem} where there is more than a result */
  #requireResult({ foreign }) {
    const { given } = this;
    if (foreign === null) return;
    if (foreign === mark)
      throw new Problem(`${given} holds no result of an experiment, so --force does not replace it.`);
    const name = join(given, foreign);
    throw new Problem(`${name} is not part of a result, so --force does not replace ${given}; move it elsewhere.`);
  }

  /**
   * Does something with a folder beside it, which is then removed.
   * @template T
   * @param {(folder: string) => Promise<T>} work
   * @returns {Promise<T>}
   * @throws {Problem} among others, where the system refuses
   */
  async besides(work) {
    let folder;
    try {
      this.path = targetOf(this.given); // a link stays one
      this.requireFree();
      mkdirSync(dirname(this.path), { recursive: true });
      folder = mkdtempSync(join(dirname(this.path), '.ska-'));
      return await work(folder);
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      throw new Problem(`${this.given} cannot be written: ${systemWords(error)}.`);
    } finally {
      // A former result that could not be put back stays.
      if (folder && !existsSync(join(folder, 'former'))) rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * Writes all files, or none.
   * @param {string} folder beside it
   * @param {import('../keep/csv-files.js').TextFile[]} files
   */
  write(folder, files) {
    const [whole, former] = [join(folder, 'result'), join(folder, 'former')];
    for (const { name, content } of files) {
      mkdirSync(dirname(join(whole, name)), { recursive: true });
      writeFileSync(join(whole, name), content, { flag: 'wx' });
    }
    this.requireFree(); // somebody else may have put something there meanwhile
    const replaced = existsSync(this.path) && readdirSync(this.path).length > 0;
    if (!replaced) return void this.#place(whole);
    renameSync(this.path, former);
    const result = this.#restoring(former, () => {
      const found = formerResult(former); // what was proven before may have been replaced since
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

  /** Gives the folder its name, unless there is a folder with something in it. @param {string} whole */
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
   * Puts the former result back where something fails.
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
