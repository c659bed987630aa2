import { describe, expect, it } from 'vitest';

import { fillingOf, questions, type Template } from './template';

const TEMPLATE = {
  name: 'offer', language: 'en',
  definition: {
    header: { kind: 'image' }, body: { kind: 'text', text: 'Hi {{name}}, see {{shop}}' }, offer: { text: 'Soon', has_expiration: true },
    buttons: [{ kind: 'copy_code', example: 'X' }, { kind: 'url', text: 'Map', url: 'https://a.in/{{1}}' }, { kind: 'quick_reply', text: 'Yes' }],
    cards: [],
  },
} as unknown as Template;

describe('a template in the composer', () => {
  it('asks for everything that is to be filled, in the order in which it reads', () => {
    expect(questions(TEMPLATE).map(({ place }) => place)).toEqual(['header', 'body.name', 'body.shop', 'ends', 'button.0', 'button.1']);
  });

  it('sends what was filled in, and leaves out what was not', () => {
    const filling = fillingOf(TEMPLATE, { header: 'https://a.in/a.jpg', 'body.name': 'Asha', 'button.0': 'DIWALI', 'button.1': '42', ends: '2026-11-30T10:00:00Z' });
    expect(filling.header).toEqual({ kind: 'image', file: { link: 'https://a.in/a.jpg' } });
    expect(filling.body).toEqual([{ variable: 'name', text: 'Asha' }, { variable: 'shop', text: '' }]);
    expect(filling.buttons).toEqual([
      { index: 0, value: { kind: 'coupon', code: 'DIWALI' } }, { index: 1, value: { kind: 'url_suffix', text: '42' } },
    ]);
    expect(filling.offer_ends_at).toBe('2026-11-30T10:00:00.000Z');
    expect(fillingOf(TEMPLATE, {}).buttons).toEqual([]);
  });
});
