import { expect, it } from 'vitest';

import { uuidV7 } from './uuid';

it('carries the moment, the version and the variant', () => {
  const random = new Uint8Array(10).fill(0xff);
  expect(uuidV7(0x0123456789ab, random)).toBe('01234567-89ab-7fff-bfff-ffffffffffff');
});

it('sorts by time and differs within a moment', () => {
  expect(uuidV7(1_000) < uuidV7(2_000)).toBe(true);
  expect(uuidV7(1_000)).not.toBe(uuidV7(1_000));
});
