// Downloads of the site's files: timeout, one retry, and error messages that name the file.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { obtain, orStalled, patience } from '../../web/offline/obtain.js';

/** Answers of the host, in order. @type {((signal: AbortSignal) => Promise<Response> | Response)[]} */
let answers;
/** @type {(RequestInit | undefined)[]} */
let asked;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal('fetch', async (/** @type {string} */ _, /** @type {RequestInit} */ init) => {
    asked.push(init);
    const answer = answers[asked.length - 1];
    return answer(/** @type {AbortSignal} */ (init.signal));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const text = (/** @type {Response} */ response) => response.text();

/**
 * A response that sends a chunk at intervals; it never completes if `ends` is false.
 * @param {AbortSignal} signal
 * @param {number} parts
 * @param {boolean} ends
 */
function slowly(signal, parts, ends) {
  let sent = 0;
  return new Response(
    new ReadableStream({
      start(controller) {
        signal.addEventListener('abort', () => controller.error(signal.reason));
        const timer = setInterval(() => {
          if (sent < parts) controller.enqueue(new TextEncoder().encode(String(sent)));
          else clearInterval(timer);
          if (sent === parts && ends) controller.close();
          sent += 1;
        }, 0.9 * patience);
      },
    }),
  );
}

const never = (/** @type {AbortSignal} */ signal) =>
  /** @type {Promise<Response>} */ (
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  );

/** The result of a download, with time advanced as needed. @param {Promise<string>} promise */
async function outcome(promise) {
  const settled = promise.then(
    (value) => value,
    (error) => error.message,
  );
  await vi.runAllTimersAsync();
  return settled;
}

const broken = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(3));
        queueMicrotask(() => controller.error(new TypeError('network error')));
      },
    }),
  );
const unreachable = () => Promise.reject(new TypeError('Failed to fetch'));

describe('a file', () => {
  it.each([
    ['out of reach', unreachable],
    ['broken off', broken],
    ['not answered', never],
    ['not answered to its end', (/** @type {AbortSignal} */ signal) => slowly(signal, 2, false)],
    ['answered by a host in trouble', () => new Response('', { status: 503 })],
  ])('that is %s is asked for once more, past what the browser keeps', async (_, answer) => {
    answers = [answer, () => new Response('whole')];
    expect(await outcome(obtain('a.gz', 'https://example.org/a.gz', text))).toBe('whole');
    expect(asked.map((init) => init?.cache)).toEqual([undefined, 'reload']);
  });

  it.each([
    ['is out of reach.', unreachable],
    ['broke off.', broken],
    ['stopped arriving: nothing came for 20 seconds.', never],
    ['stopped arriving: nothing came for 20 seconds.', (/** @type {AbortSignal} */ signal) => slowly(signal, 2, false)],
    ['gave 500.', () => new Response('', { status: 500 })],
  ])('that fails twice is named: a.gz %s', async (sentence, answer) => {
    answers = [answer, answer];
    expect(await outcome(obtain('a.gz', 'https://example.org/a.gz', text))).toBe(`a.gz ${sentence}`);
    expect(asked).toHaveLength(2);
  });

  it('that is not there is asked for once', async () => {
    answers = [() => new Response('', { status: 404 })];
    expect(await outcome(obtain('a.gz', 'https://example.org/a.gz', text))).toBe('a.gz gave 404.');
  });

  it('that cannot be read is damaged', async () => {
    answers = [() => new Response('{'), () => new Response('{')];
    const read = async (/** @type {Response} */ response) => String(await response.json());
    expect(await outcome(obtain('a.json', 'https://example.org/a.json', read))).toBe(
      'a.json is damaged: it is not the file it should be.',
    );
  });

  it('that was damaged on the device and is out of reach says so, and is not asked for again', async () => {
    answers = [() => new Response('', { status: 504, headers: { 'SKA-Reason': 'damaged' } })];
    expect(await outcome(obtain('a.gz', 'https://example.org/a.gz', text))).toBe(
      'a.gz was damaged on this device and has been dropped. Connect to the network, then try again.',
    );
  });

  it('may take any time while it goes on arriving', async () => {
    answers = [(signal) => slowly(signal, 8, true)];
    expect(await outcome(obtain('a.gz', 'https://example.org/a.gz', text))).toBe('01234567');
  });
});

describe('what the browser fetches by itself', () => {
  it('is given up when nothing arrives at all', async () => {
    expect(await outcome(orStalled(new Promise(() => {}), 'worker.js'))).toBe(
      'worker.js did not arrive. Check the connection, then try again.',
    );
  });

  it('is waited for while anything else arrives', async () => {
    answers = [(signal) => slowly(signal, 8, true)];
    const other = obtain('a.gz', 'https://example.org/a.gz', text);
    const late = new Promise((resolve) => setTimeout(resolve, 6 * patience, 'here'));
    expect(await outcome(orStalled(late, 'worker.js'))).toBe('here');
    await other;
  });
});
