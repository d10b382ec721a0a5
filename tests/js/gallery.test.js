// Layout of the gallery and its keyboard navigation.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { samplesCsv } from '../../web/files/samples-csv.js';
import { groupsOf, ledBy, onPage, pagesOf, pageWith, perPage, perRow } from '../../web/ui/gallery-layout.js';

const anyLabels = fc
  .array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 400 })
  .map((labels) => Uint8Array.from(labels));

describe('the gallery', () => {
  it('has a group for every class', () => {
    expect(groupsOf(Uint8Array.of(5, 0, 5, 9))).toEqual([
      { label: 0, positions: [1] },
      { label: 5, positions: [0, 2] },
      { label: 9, positions: [3] },
    ]);
  });

  it('has every sample on one page, once', () => {
    fc.assert(
      fc.property(anyLabels, (labels) => {
        const groups = groupsOf(labels);
        const pages = Array.from({ length: pagesOf(groups) }, (_, page) => onPage(groups, page));
        const shown = pages.flatMap((page) => page.flatMap(({ positions }) => positions));
        expect(shown.sort((a, b) => a - b)).toEqual([...labels.keys()]);
        for (const [p, page] of pages.entries()) {
          for (const { label, positions } of page) {
            expect(positions.length).toBeLessThanOrEqual(perPage);
            for (const position of positions)
              expect([labels[position], pageWith(groups, position)]).toEqual([label, p]);
          }
        }
      }),
    );
  });

  // Class 0 has 45 samples, in rows of 20, 20 and 5; class 1 has 3 samples.
  const shown = onPage(groupsOf(Uint8Array.from({ length: 48 }, (_, i) => Number(i >= 45))), 0);
  it.each([
    ['ArrowRight', 0, 1],
    ['ArrowRight', 44, 45],
    ['ArrowRight', 47, 47],
    ['ArrowLeft', 45, 44],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 3, 3 + perRow],
    ['ArrowDown', 30, 44], // the row below has only five
    ['ArrowDown', 41, 46],
    ['ArrowDown', 44, 47],
    ['ArrowDown', 46, 46],
    ['ArrowUp', 46, 41],
    ['ArrowUp', 41, 21],
    ['ArrowUp', 7, 7],
    ['Home', 30, 0],
    ['End', 30, 47],
    ['x', 30, null],
  ])('%s leads from %i to %i', (key, from, to) => {
    expect(ledBy(shown, from, key)).toBe(to);
  });

  it('is never left by a key', () => {
    const keys = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End');
    fc.assert(
      fc.property(anyLabels, fc.array(keys), (labels, pressed) => {
        const page = onPage(groupsOf(labels), 0);
        const all = page.flatMap(({ positions }) => positions);
        let at = all[0];
        for (const key of pressed) {
          at = Number(ledBy(page, at, key));
          expect(all).toContain(at);
        }
      }),
    );
  });
});

it('indices are told in the order of the batch', () => {
  const csv = samplesCsv({ indices: [13830, 7], labels: Uint8Array.of(0, 3) });
  expect(csv).toBe('position,index,label\n0,13830,0\n1,7,3\n');
});
