// State of the experiments view: addresses, typing, and leaving the view.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Conductor } from '../../../web/experiments/conductor.js';
import { wholeNumber } from '../../../web/experiments/controls.js';
import { Experimenting } from '../../../web/state/experimenting.js';
import { route } from '../../../web/state/route.js';
import { defaultSettings, ranges } from '../../../web/model/settings.js';

/** @type {any} */
const experiment = {
  controls: { seed: wholeNumber({ label: 'Seed', help: 'Some help.', fallback: 42, range: ranges.seed }) },
  runs: (/** @type {{ seed: number }} */ { seed }) => [
    {
      key: `seed-${seed}`,
      name: `Seed ${seed}`,
      settings: { ...defaultSettings, config: { ...defaultSettings.config, seed } },
    },
  ],
  report: (/** @type {any} */ { declared }, /** @type {{ seed: number }} */ { seed }) => ({
    findings: [{ verdict: 'fact', text: `${declared[0]?.key} with ${seed}` }],
    sections: [],
  }),
};
const experiments = new Map([
  ['some', experiment],
  ['other', experiment],
]);

/** @param {string} hash as set by a link or by back and forward */
function visit(hash) {
  globalThis.location.hash = hash;
  route.value =
    hash.startsWith('#experiments') || hash.includes('experiment=') ? { view: 'experiments', hash } : { view: 'lab' };
}

/** @returns {any} an engine that never finishes */
const engine = () => ({
  create: async () => null,
  advance: () => new Promise(() => {}),
  pause: async () => null,
  close() {},
  onStep() {},
});

function setUp() {
  const conductor = new Conductor({
    newEngine: engine,
    samplesOf: async () => ({ pixels: Uint8Array.of(1), samples: 1 }),
    most: 1,
  });
  return { conductor, experimenting: new Experimenting(experiments, conductor) };
}

/** @param {Conductor} conductor */
const keys = ({ parts }) => parts.map(({ run }) => run.key);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('history', {
    replaceState: (/** @type {null} */ _, /** @type {string} */ __, /** @type {string} */ hash) =>
      (globalThis.location.hash = hash),
  });
});
afterEach(() => {
  route.value = { view: 'lab' };
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the state of the experiments', () => {
  it('goes on telling what is wrong with a link while its runs are made', () => {
    visit('#v=1&experiment=some&seed=x');
    const { experimenting } = setUp();
    const { value } = experimenting.notice;
    expect(value).toMatch(/^Seed must be /);
    experimenting.run();
    expect(experimenting.notice.value).toBe(value);
    expect(globalThis.location.hash).toBe('#v=1&experiment=some');
    visit('#experiments');
    expect(experimenting.notice.value).toBe('');
  });

  it('goes on telling of an experiment that there is not', () => {
    visit('#v=1&experiment=none');
    const { experimenting, conductor } = setUp();
    experimenting.run();
    expect(experimenting.notice.value).toBe('There is no experiment “none”; there are some, other.');
    expect(experimenting.name.value).toBe(null);
    expect(conductor.phase).toBe('idle');
  });

  it('leaves the fields as they are typed, when the address follows', () => {
    visit('#v=1&experiment=some');
    const { experimenting, conductor } = setUp();
    experimenting.change('seed', '07');
    vi.advanceTimersByTime(1000);
    expect(experimenting.texts.value.get('seed')).toBe('07');
    expect(globalThis.location.hash).toBe('#v=1&experiment=some&seed=7');
    expect(keys(conductor)).toEqual(['seed-7']);
    visit('#v=1&experiment=some'); // back
    expect(keys(conductor)).toEqual(['seed-42']);
    visit('#v=1&experiment=some&seed=7'); // forward
    expect(experimenting.texts.value.get('seed')).toBe('7');
    expect(keys(conductor)).toEqual(['seed-7']);
  });

  it('reports, names and keeps the runs it has, while a field makes no sense', () => {
    visit('#v=1&experiment=some&seed=7');
    const { experimenting, conductor } = setUp();
    experimenting.change('seed', 'x');
    vi.advanceTimersByTime(1000);
    expect(keys(conductor)).toEqual(['seed-7']);
    expect(experimenting.values.value).toEqual({ seed: 7 });
    expect(experimenting.hash).toBe('#v=1&experiment=some&seed=7');
    expect(experimenting.report.value?.findings[0].text).toBe('seed-7 with 7');
  });

  it('lets runs go on in the lab and in the list, or gives them up, as is wished', async () => {
    visit('#v=1&experiment=some');
    const { experimenting, conductor } = setUp();
    for (const elsewhere of ['#v=1', '#experiments']) {
      for (const staysOn of [true, false]) {
        experimenting.staysOn.value = staysOn;
        experimenting.run();
        expect(conductor.phase).toBe('running');
        visit(elsewhere);
        expect([elsewhere, conductor.phase]).toEqual([elsewhere, staysOn ? 'running' : 'idle']);
        visit('#v=1&experiment=some');
        expect(keys(conductor)).toEqual(['seed-42']);
      }
    }
    experimenting.run();
    visit('#v=1&experiment=other&seed=3');
    expect(conductor.phase).toBe('idle');
    expect(keys(conductor)).toEqual(['seed-3']);
    expect(experimenting.report.value?.findings[0].text).toBe('seed-3 with 3');
  });
});
