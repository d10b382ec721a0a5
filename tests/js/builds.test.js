import { describe, expect, it } from 'vitest';

import {
  chooseBuild,
  detectHost,
  sameBuild,
  sharesMemory,
  smallBuild,
  withoutThreads,
} from '../../web/engine/builds.js';
import { engineText } from '../../web/ui/words.js';

const able = { relaxedSimd: true, threads: true, isolated: true, shares: true, cores: 4 };

describe('the build', () => {
  it('computes with all cores, up to eight, where memory can be shared', () => {
    expect(chooseBuild(able, false)).toEqual({ name: 'ska-threads', threads: 4, why: '' });
    expect(chooseBuild({ ...able, cores: 64 }, false).threads).toBe(8);
    expect(chooseBuild(able, true)).toEqual({ name: 'ska-fast-threads', threads: 4, why: '' });
  });

  it.each([
    [{ isolated: false }, /not cross-origin isolated/],
    [{ threads: false }, /no WebAssembly threads/],
    [{ isolated: false, shares: false, threads: false }, /no WebAssembly threads/],
    [{ cores: 1 }, /one core/],
  ])('has one thread where %j, and says why', (lacking, why) => {
    const build = chooseBuild({ ...able, ...lacking }, false);
    expect([build.name, build.threads]).toEqual(['ska', 1]);
    expect(build.why).toMatch(why);
    expect(chooseBuild({ ...able, ...lacking }, true).name).toBe('ska-fast');
  });

  it('is exact where the browser lacks what the fast one needs', () => {
    expect(chooseBuild({ ...able, relaxedSimd: false }, true).name).toBe('ska-threads');
  });

  it('has the same kernels without threads', () => {
    for (const fast of [false, true]) {
      const alone = chooseBuild({ ...able, cores: 1 }, fast);
      expect(withoutThreads(chooseBuild(able, fast), alone.why)).toEqual(alone);
      expect(withoutThreads(alone, alone.why)).toEqual(alone);
    }
  });

  it('is the same build when name and threads are', () => {
    expect(sameBuild(smallBuild, { ...smallBuild, why: 'other words' })).toBe(true);
    expect(sameBuild(smallBuild, { ...smallBuild, threads: 2 })).toBe(false);
    expect(sameBuild(smallBuild, { ...smallBuild, name: 'ska-fast' })).toBe(false);
  });
});

it('a host is described by what it has', async () => {
  const host = await detectHost();
  expect(host).toMatchObject({ threads: true, isolated: false });
  expect(host.cores).toBeGreaterThan(0);
});

it.each([
  ['Google Inc.', 'Linux x86_64', true],
  ['', 'Linux x86_64', true], // Firefox
  ['Apple Computer, Inc.', 'MacIntel', true],
  ['Apple Computer, Inc.', 'iPhone', true],
  ['Apple Computer, Inc.', 'Linux x86_64', false], // WebKitGTK
])('of the browsers by “%s” on %s, isolated pages share memory: %s', (vendor, platform, shares) =>
  expect(sharesMemory({ vendor, platform })).toBe(shares),
);

describe('the chip', () => {
  const about = { version: '1', kernels: 'WebAssembly SIMD', exact: true, threads: 4, why: '' };
  it('says which engine runs, and why', () => {
    expect(engineText(about)).toEqual({
      title: 'Exact engine · 4 threads',
      detail: 'WebAssembly SIMD: the same bits in every browser, in Node and on the command line.',
    });
    const { threads, why } = chooseBuild({ ...able, isolated: false }, true);
    const { title, detail } = engineText({ ...about, exact: false, threads, why });
    expect(title).toBe('Fast engine · 1 thread');
    expect(detail).toBe(
      'WebAssembly SIMD: the last bits may differ from other machines’. One thread, because the page is not ' +
        'cross-origin isolated here, so the browser gives it no memory to share.',
    );
  });
});
