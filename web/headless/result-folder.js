// Where does a result go? Into a folder that appears whole or not at all, in the place of nothing but a former result.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { Problem } from './problem.js';

/** The file by which a result is known. */
const mark = 'experiment.json';

/** What the system says about a file, from "EACCES: permission denied, mkdir …". @param {Error} error */
const systemWords = ({ message }) => message.split(': ')[1].split(', ')[0];

export class ResultFolder {
  /** @param {string} given @param {boolean} force whether a result that is there may be replaced */
  constructor(given, force) {
    this.given = given;
    this.force = force;
    const path = resolve(given);
    this.path = existsSync(path) ? realpathSync(path) : path; // a link to a folder stays one
  }

  /** @throws {Problem} where there is something that may not be replaced */
  requireFree() {
    const { given, force, path } = this;
    if (!existsSync(path)) return;
    if (!statSync(path).isDirectory()) throw new Problem(`${given} is not a folder.`);
    if (readdirSync(path).length === 0) return;
    if (!force) throw new Problem(`${given} is not empty; --force replaces a result that is there.`);
    if (!existsSync(join(path, mark)))
      throw new Problem(`${given} holds no result of an experiment, so --force does not replace it.`);
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
      this.requireFree();
      mkdirSync(dirname(this.path), { recursive: true });
      folder = mkdtempSync(join(dirname(this.path), `.${basename(this.path)}-`));
      return await work(folder);
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      throw new Problem(`${this.given} cannot be written: ${systemWords(error)}.`);
    } finally {
      if (folder) rmSync(folder, { recursive: true, force: true });
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
      writeFileSync(join(whole, name), content);
    }
    this.requireFree(); // somebody else may have put something there meanwhile
    const replaced = existsSync(this.path);
    if (replaced) renameSync(this.path, former);
    try {
      renameSync(whole, this.path);
    } catch (error) {
      if (replaced) renameSync(former, this.path);
      throw error;
    }
  }
}
