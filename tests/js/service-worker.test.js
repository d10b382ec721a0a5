import { createHash } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { MemoryCaches } from './memory-caches.js';

const folder = 'https://example.org/people/ada/';
const sha256 = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex');
const build = {
  version: 'two',
  files: [{ path: '', digests: [sha256('page')] }],
  lasting: [{ path: 'train.gz', digests: [sha256('digits')] }],
};

/** @type {MemoryCaches} */
let caches;
/** @type {any} */
let worker;
/** @type {Record<string, (event: any) => void>} */
let listeners;
/** Windows controlled by the worker. @type {string[]} */
let windows;

beforeEach(async () => {
  caches = new MemoryCaches();
  listeners = {};
  windows = [];
  worker = {
    skaBuild: build,
    registration: { scope: folder, installing: null, waiting: null },
    clients: { matchAll: async () => windows, claim: vi.fn(async () => {}) },
    skipWaiting: vi.fn(async () => {}),
    addEventListener: (/** @type {string} */ type, /** @type {() => void} */ listener) => {
      listeners[type] = listener;
    },
  };
  vi.stubGlobal('self', worker);
  vi.stubGlobal('caches', caches);
  const contents = /** @type {Record<string, string>} */ ({ [folder]: 'page', [`${folder}train.gz`]: 'digits' });
  vi.stubGlobal(
    'fetch',
    vi.fn(async (/** @type {string | { url: string }} */ asked) => {
      return new Response(contents[typeof asked === 'string' ? asked : asked.url] ?? 'of the host');
    }),
  );
  vi.resetModules();
  await import('../../web/offline/service-worker.js');
});
afterEach(() => vi.unstubAllGlobals());

/** Dispatches an event and awaits its `waitUntil` promises. @param {string} type @param {object} [more] */
async function dispatch(type, more = {}) {
  /** @type {Promise<unknown>[]} */
  const extended = [];
  /** @type {Promise<Response> | undefined} */
  let response;
  listeners[type]({
    waitUntil: (/** @type {Promise<unknown>} */ promise) => extended.push(promise),
    respondWith: (/** @type {Promise<Response>} */ given) => (response = given),
    ...more,
  });
  const answer = await response;
  await Promise.all(extended);
  return answer;
}

/** @param {object} request */
const ask = (request) =>
  dispatch('fetch', {
    request: {
      method: 'GET',
      url: folder,
      headers: new Headers(),
      cache: 'default',
      mode: 'navigate',
      signal: new AbortController().signal,
      ...request,
    },
  });

const oldCache = `ska-lab ${folder} one`;
const newCache = `ska-lab ${folder} two`;
const leaveOld = async () => (await caches.open(oldCache)).put(folder, new Response('old page'));

describe('the service worker', () => {
  it.each([
    ['another folder', { url: 'https://example.org/people/eve/' }],
    ['another host', { url: 'https://example.com/people/ada/' }],
    ['a part of a file', { headers: new Headers({ Range: 'bytes=0-9' }) }],
    ['anything that is sent', { method: 'POST' }],
    ['what only the browser may have', { cache: 'only-if-cached', mode: 'no-cors' }],
  ])('leaves %s to the browser', async (_, request) => expect(await ask(request)).toBeUndefined());

  it('answers from the host, with isolation, until the page has it keep the build', async () => {
    await dispatch('install');
    await dispatch('activate');
    expect(await caches.keys()).toEqual([]);
    const answer = await ask({});
    expect(await answer?.text()).toBe('page');
    expect(answer?.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');

    await dispatch('message', { data: 'keep' });
    vi.mocked(fetch).mockClear();
    expect(await (await ask({ url: `${folder}?embed=1` }))?.text()).toBe('page');
    expect(fetch).not.toHaveBeenCalled();
    expect(await (await ask({ url: `${folder}other` }))?.text()).toBe('of the host');
  });

  it('claims pages only when one asks, because a page that loads may wait in Firefox for a worker that activates', async () => {
    await dispatch('activate');
    expect(worker.clients.claim).not.toHaveBeenCalled();
    await dispatch('message', { data: 'claim' });
    expect(worker.clients.claim).toHaveBeenCalledOnce();
  });

  it('does not wait until its claim is settled, and survives its refusal', async () => {
    worker.clients.claim = vi.fn(() => new Promise(() => {}));
    await dispatch('message', { data: 'claim' });
    worker.clients.claim = vi.fn(async () => Promise.reject(new DOMException('not active', 'InvalidStateError')));
    await dispatch('message', { data: 'claim' });
    expect(worker.clients.claim).toHaveBeenCalledOnce();
  });

  it('fails to install where an old build is kept and its own cannot be, and does not otherwise', async () => {
    vi.mocked(fetch).mockImplementation(async () => new Response('another page'));
    await dispatch('install');
    await dispatch('message', { data: 'keep' });
    await leaveOld();
    await expect(dispatch('install')).rejects.toThrow(/is not the file of this build/);
    expect(await caches.keys()).toEqual([oldCache]);
  });

  it('waits to be accepted where an old build is kept, and else takes over when a page asks', async () => {
    const source = { postMessage: vi.fn() };
    await dispatch('install');
    await dispatch('message', { data: 'offer', source });
    expect(worker.skipWaiting).toHaveBeenCalledOnce();
    expect(source.postMessage).not.toHaveBeenCalled();
    expect(await caches.keys()).toEqual([newCache]); // requested once per visit, maybe from the previous worker

    await caches.delete(newCache);
    await leaveOld();
    await dispatch('install');
    expect(await caches.keys()).toEqual([oldCache, newCache]);
    await dispatch('message', { data: 'offer', source });
    expect(source.postMessage).toHaveBeenCalledWith('waits');
    expect(worker.skipWaiting).toHaveBeenCalledOnce();
    await dispatch('message', { data: 'activate' });
    expect(worker.skipWaiting).toHaveBeenCalledTimes(2);
  });

  it('removes an old build when it takes over, or when the last page of it can have gone', async () => {
    await leaveOld();
    windows = ['old', 'new'];
    await dispatch('activate');
    expect(await caches.keys()).toEqual([oldCache]);
    windows = ['new'];
    await dispatch('message', { data: 'keep' });
    expect(await caches.keys()).toEqual([newCache]);
    await leaveOld();
    await dispatch('activate');
    expect(await caches.keys()).toEqual([newCache]);
  });

  it.each(['installing', 'waiting'])('removes nothing of a build that is %s', async (state) => {
    await leaveOld(); // here it stands for the newer build
    worker.registration[state] = {};
    await dispatch('message', { data: 'keep' });
    expect(await caches.keys()).toEqual([oldCache, newCache]);
  });

  it('keeps a lasting file that was asked for', async () => {
    const url = `${folder}train.gz`;
    expect(await (await ask({ url, mode: 'cors' }))?.text()).toBe('digits');
    vi.mocked(fetch).mockClear();
    expect(await (await ask({ url, mode: 'cors' }))?.text()).toBe('digits');
    expect(fetch).not.toHaveBeenCalled();
  });

  it('says what has become of a damaged file where the host is out of reach, and fetches it where it is not', async () => {
    await dispatch('message', { data: 'keep' });
    await (await caches.open(newCache)).put(folder, new Response('damaged'));
    const answering = vi.mocked(fetch).getMockImplementation();
    vi.mocked(fetch).mockRejectedValue(new TypeError('network'));
    const page = await ask({});
    expect([page?.status, page?.headers.get('Content-Type')]).toEqual([504, 'text/html; charset=utf-8']);
    expect(await page?.text()).toContain(
      'This page was damaged on this device and has been dropped. Connect to the network, then load the page again.',
    );
    await expect(ask({ url: `${folder}other`, mode: 'cors' })).rejects.toThrow('network');
    vi.mocked(fetch).mockImplementation(/** @type {typeof fetch} */ (answering));
    expect(await (await ask({}))?.text()).toBe('page');
    vi.mocked(fetch).mockClear();
    expect(await (await ask({}))?.text()).toBe('page');
    expect(fetch).not.toHaveBeenCalled();
  });

  it('breaks off what the host has not answered or not ended when it retires, and nothing else', async () => {
    /** A response that starts and never ends. @param {AbortSignal} signal */
    const begun = (signal) =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('digi'));
            signal.addEventListener('abort', () => controller.error(signal.reason));
          },
        }),
      );
    const obtained = vi.mocked(fetch).getMockImplementation();
    vi.mocked(fetch).mockImplementation(async (asked, { signal } = {}) => {
      const { url } = /** @type {Request} */ (asked);
      if (!signal || url === folder) return new Response('page');
      if (url.endsWith('train.gz')) return begun(signal);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    const answered = ask({});
    const unanswered = expect(ask({ url: `${folder}other` })).rejects.toThrow(/abort/i);
    const unended = ask({ url: `${folder}train.gz`, mode: 'cors' }); // resolves once the copy to cache is read
    await vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(3));
    await dispatch('message', { data: 'retire' });
    expect(await (await answered)?.text()).toBe('page');
    await unanswered;
    await expect((await unended)?.text()).rejects.toThrow(/abort/i);
    expect(await (await caches.open(`ska-lab ${folder} lasting`)).match(`${folder}train.gz`)).toBeUndefined();

    vi.mocked(fetch).mockImplementation(/** @type {typeof fetch} */ (obtained)); // later requests are answered
    expect(await (await ask({ url: `${folder}train.gz`, mode: 'cors' }))?.text()).toBe('digits');
    expect(worker.skipWaiting).not.toHaveBeenCalled();
  });

  it('heeds a page that breaks off; and answers where signals cannot be joined', async () => {
    const page = new AbortController();
    await ask({ url: `${folder}other`, signal: page.signal });
    page.abort();
    expect(vi.mocked(fetch).mock.lastCall?.[1]?.signal?.aborted).toBe(true);
    vi.stubGlobal('AbortSignal', {});
    expect(await (await ask({ url: `${folder}other` }))?.text()).toBe('of the host');
    await dispatch('message', { data: 'retire' });
    expect(vi.mocked(fetch).mock.lastCall?.[1]?.signal?.aborted).toBe(true);
  });

  it('does nothing at words that it does not know', async () => {
    for (const data of ['', 'constructor', null, { keep: true }]) await dispatch('message', { data });
    expect(worker.skipWaiting).not.toHaveBeenCalled();
    expect(await caches.keys()).toEqual([]);
  });
});
