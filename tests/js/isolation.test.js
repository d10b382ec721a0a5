import { describe, expect, it } from 'vitest';

import { worthTrying } from '../../web/engine/isolation.js';

describe('isolation', () => {
  const staticHost = {
    isolated: false,
    shares: true,
    secure: true,
    framed: false,
    serviceWorkers: true,
    reloaded: false,
  };

  it('is tried once on a host that sends no headers for it', () => {
    expect(worthTrying(staticHost)).toBe(true);
    expect(worthTrying({ ...staticHost, reloaded: true })).toBe(false);
  });

  it.each([
    [{ isolated: true }],
    [{ shares: false }],
    [{ secure: false }],
    [{ framed: true }],
    [{ serviceWorkers: false }],
    [{ reloaded: null }],
  ])('is not tried where %j', (difference) => expect(worthTrying({ ...staticHost, ...difference })).toBe(false));
});
