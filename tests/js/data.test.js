// Prepared data sets: contents and digests.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { expect, it } from 'vitest';

import { digests } from '../../tools/setup/data.mjs';

it.each(Object.entries(digests))('%s has its digest', (name, digest) => {
  const bytes = gunzipSync(readFileSync(new URL(`../../public/data/${name}.gz`, import.meta.url)));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
});
