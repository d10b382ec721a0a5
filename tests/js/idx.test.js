import { describe, expect, it } from 'vitest';

import { parseDigits } from '../../web/data/idx.js';

const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 40);
const names = { images: 'a-images', labels: 'a-labels', indices: 'a-indices' };
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 3);

describe('IDX files', () => {
  it('are read as images and their labels', () => {
    const digits = parseDigits(images, labels, null, names);
    expect(digits).toMatchObject({ count: 2, rows: 1, columns: 2 });
    expect([...digits.pixels]).toEqual([10, 20, 30, 40]);
    expect([...digits.labels]).toEqual([7, 3]);
    expect(digits.indices).toBe(null);
  });

  const indices = Uint8Array.of(0, 0, 12, 1, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 4, 81);
  it('may say which samples of a larger set they hold', () => {
    expect(parseDigits(images, labels, indices, names).indices).toEqual(Int32Array.of(5, 1105));
  });
  it.each([
    ['labels in place of indices', labels, 'a-indices is not the IDX file it should be.'],
    ['a truncated file', indices.subarray(0, 15), 'a-indices announces 8 bytes, and 7 follow.'],
    [
      'another count',
      Uint8Array.of(0, 0, 12, 1, 0, 0, 0, 1, 0, 0, 0, 5),
      'a-images has 2 images and a-indices 1 indices; they should be as many.',
    ],
  ])('with wrong indices are refused in words: %s', (_, indexFile, message) => {
    expect(() => parseDigits(images, labels, indexFile, names)).toThrow(message);
  });

  it.each([
    ['labels in place of images', labels, labels, 'a-images is not the IDX file it should be.'],
    ['an empty file', new Uint8Array(), labels, 'a-images is not the IDX file it should be.'],
    ['a truncated file', images.subarray(0, 19), labels, 'a-images announces 4 bytes, and 3 follow.'],
    [
      'too many labels',
      images,
      Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7, 3),
      'a-labels announces 1 bytes, and 2 follow.',
    ],
    [
      'another count',
      images,
      Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7),
      'a-images has 2 images and a-labels 1 labels; they should be as many.',
    ],
  ])('are refused in words: %s', (_, imageFile, labelFile, message) => {
    expect(() => parseDigits(imageFile, labelFile, null, names)).toThrow(message);
  });
});
