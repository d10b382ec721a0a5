// The tools work in any folder.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'ska-tools-')), 'a folder, with spaces');
  mkdirSync(folder);
  for (const name of ['tools', 'package.json', 'package-lock.json']) {
    cpSync(join(project, name), join(folder, name), { recursive: true });
  }
  // A separate folder marked as up to date. If it were a link, `npm ci` would empty the project's folder.
  const packages = join(folder, 'node_modules');
  mkdirSync(packages);
  for (const name of readdirSync(join(project, 'node_modules'))) {
    if (name !== '.installed-lock') symlinkSync(join(project, 'node_modules', name), join(packages, name));
  }
  const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json')));
  writeFileSync(join(packages, '.installed-lock'), lock.digest('hex'));
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

it('npm run data prepares all files in a folder whose path has spaces', () => {
  const told = execFileSync(process.execPath, ['tools/data.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(told).toContain('The data sets are in public/data');
  expect(readdirSync(join(folder, 'public/data'))).toEqual([
    'fashion-mnist-first-images-idx3-ubyte.gz',
    'fashion-mnist-first-indices-idx1-int.gz',
    'fashion-mnist-first-labels-idx1-ubyte.gz',
    'fashion-mnist-t10k-images-idx3-ubyte.gz',
    'fashion-mnist-t10k-labels-idx1-ubyte.gz',
    'fashion-mnist-train-images-idx3-ubyte.gz',
    'fashion-mnist-train-labels-idx1-ubyte.gz',
    'mnist-paper-images-idx3-ubyte.gz',
    'mnist-paper-indices-idx1-int.gz',
    'mnist-paper-labels-idx1-ubyte.gz',
    't10k-images-idx3-ubyte.gz',
    't10k-labels-idx1-ubyte.gz',
    'train-images-idx3-ubyte.gz',
    'train-labels-idx1-ubyte.gz',
  ]);
});

it('npm run data goes on without Fashion-MNIST, and says how to have it', () => {
  const env = { ...process.env, FASHION_MNIST: join(folder, 'nowhere') };
  const told = execFileSync(process.execPath, ['tools/data.mjs'], { cwd: folder, encoding: 'utf8', env });
  expect(told).toContain('Going on without Fashion-MNIST. To have it, put its four files, train-images-idx3-ubyte.gz');
  expect(told).toContain(`into ${join(folder, 'nowhere')}`);
  expect(told).toContain('The data sets are in public/data');
  expect(readdirSync(join(folder, 'public/data'))).toHaveLength(7);
});
