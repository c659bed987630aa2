import { expect, it } from 'vitest';

import { formatPhone } from './phone';

it.each([
  ['919876500001', '+91 98765 00001'],
  ['+919876500001', '+91 98765 00001'],
  ['+91 80470 00123', '+91 80470 00123'],
  ['14155550123', '+14155550123'],
  ['unknown', 'unknown'],
])('formats %s', (stored, shown) => {
  expect(formatPhone(stored)).toBe(shown);
});
