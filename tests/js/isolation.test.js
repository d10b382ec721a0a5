import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

import { describe, expect, it } from 'vitest';

import { worthTrying } from '../../web/engine/isolation.js';

describe('isolation', () => {
  const staticHost = { isolated: false, secure: true, framed: false, serviceWorkers: true, reloaded: false };

  it('is tried once on a host that sends no headers for it', () => {
    expect(worthTrying(staticHost)).toBe(true);
    expect(worthTrying({ ...staticHost, reloaded: true })).toBe(false);
  });

  it.each([
    [{ isolated: true }],
    [{ secure: false }],
    [{ framed: true }],
    [{ serviceWorkers: false }],
    [{ reloaded: null }],
  ])('is not tried where %j', (difference) => expect(worthTrying({ ...staticHost, ...difference })).toBe(false));
});

describe('the service worker', () => {
  const scope = 'https://example.org/people/ada/';

  /**
   * What it makes of a request that the host answers so; undefined where it leaves the request to the browser.
   * @param {Response} answer
   * @param {{ url?: string, cache?: string, mode?: string }} [request]
   * @returns {Promise<Response> | undefined}
   */
  function answered(answer, request) {
    /** @type {Record<string, (event: object) => void>} */
    const listeners = {};
    /** @type {Promise<Response> | undefined} */
    let response;
    runInNewContext(readFileSync(new URL('../../public/isolation-worker.js', import.meta.url), 'utf8'), {
      self: {
        registration: { scope },
        addEventListener: (/** @type {string} */ type, /** @type {() => void} */ listener) => {
          listeners[type] = listener;
        },
      },
      fetch: async () => answer,
      Headers,
      Response,
    });
    listeners.fetch({
      request: { url: `${scope}index.html`, cache: 'default', mode: 'navigate', ...request },
      respondWith: (/** @type {Promise<Response>} */ given) => (response = given),
    });
    return response;
  }

  it.each([200, 206, 304, 404])('adds the headers to an answer %d, and changes nothing else', async (status) => {
    const body = status === 304 ? null : 'what was asked for';
    const headers = { 'Content-Type': 'text/plain', 'Content-Range': 'bytes 0-17/99' };
    const response = await answered(new Response(body, { status, headers, statusText: 'so' }));
    expect([response?.status, response?.statusText, await response?.text()]).toEqual([status, 'so', body ?? '']);
    expect(Object.fromEntries(response?.headers ?? [])).toEqual({
      'content-range': 'bytes 0-17/99',
      'content-type': 'text/plain',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('hands on what it cannot look into', async () => {
    const opaque = Response.error(); // status 0 too
    expect(await answered(opaque)).toBe(opaque);
  });

  it('leaves the requests of others to the browser', () => {
    expect(answered(new Response(), { url: 'https://example.org/people/eve/' })).toBeUndefined();
    expect(answered(new Response(), { cache: 'only-if-cached', mode: 'no-cors' })).toBeUndefined();
  });
});
