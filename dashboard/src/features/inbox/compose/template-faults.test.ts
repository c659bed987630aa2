import { describe, expect, it } from 'vitest';

import { questions, type Question, type Template } from '../template';
import { faultsHere, placeOf, sortFaults, wellFormed } from './template-faults';
import { languageName, matches } from './template-list';

const NOW = Date.parse('2026-11-27T10:00:00Z');
const TEMPLATE = {
  name: 'shop_place', language: 'hi',
  definition: {
    header: { kind: 'location' }, body: { kind: 'text', text: 'Hi {{1}} and {{2}}' }, offer: { text: 'Soon', has_expiration: true },
    buttons: [{ kind: 'url', text: 'Map', url: 'https://a.in/{{1}}' }, { kind: 'flow', text: 'Tell us' }],
    cards: [{ header: { kind: 'image' }, body: { text: 'Rice for {{1}}' }, buttons: [{ kind: 'copy_code', example: 'X' }] }],
  },
} as unknown as Template;
const wanted = questions(TEMPLATE);
const codes = (values: Record<string, string>): Record<string, string> => Object.fromEntries([...faultsHere(wanted, values, NOW)].map(([place, { code }]) => [place, code]));

const fault = (place: string, code: string, subject: string | null = null) => ({ place, code, subject, message: `${place} ${code}` });

describe('what fills a template', () => {
  it('is missing at each field that needs it, and not at those that may be empty', () => {
    expect(codes({})).toEqual({
      'header.latitude': 'missing', 'header.longitude': 'missing', 'body.1': 'missing', 'body.2': 'missing', ends: 'missing', 'button.0': 'missing',
      'card.0.header': 'missing', 'card.0.body.1': 'missing', 'card.0.button.0': 'missing',
    });
  });

  it('has the shape it is to have', () => {
    const values = { 'header.latitude': '91', 'header.longitude': '79,08', ends: '2020-01-01T10:00', 'button.1': '[1]', 'card.0.header': 'http://a.in/a.jpg' };
    expect(codes(values)).toMatchObject({ 'header.latitude': 'degrees', 'header.longitude': 'degrees', ends: 'past', 'button.1': 'flow_data', 'card.0.header': 'address' });
    expect(wellFormed(values, faultsHere(wanted, values, NOW))).toEqual({});
    expect(codes({ 'header.latitude': '-21.1458', 'card.0.header.media': 'f1', 'body.1': 'Asha' })).not.toHaveProperty('header.latitude');
  });

  it('waits for a file that is on its way', () => {
    expect(codes({ 'card.0.header.waiting': 'f1' })['card.0.header']).toBe('uploading');
    expect(codes({ 'card.0.header.media': 'f1' })).not.toHaveProperty(['card.0.header']);
  });

  it('has the server\'s faults at the field they are of', () => {
    expect(['body[1]', 'buttons[0]', 'cards[0].buttons[1]', 'cards[2].body[name]', 'offer_ends_at', 'header'].map((place) => placeOf(fault(place, 'x'))))
      .toEqual(['body.1', 'button.0', 'card.0.button.1', 'card.2.body.name', 'ends', 'header']);
    const { fields, whole } = sortFaults(
      [fault('body', 'parameter_missing', '1'), fault('body[1]', 'parameter_spacing'), fault('body', 'too_long', '1024'), fault('template', 'unknown_part', 'X')], wanted,
    );
    expect([...fields].map(([place, { code }]) => `${place} ${code}`)).toEqual(['body.1 parameter_spacing', 'body.2 too_long']);
    expect(whole.map(({ code }) => code)).toEqual(['unknown_part']);
  });
});

describe('a search for a template', () => {
  it('finds by every word, in the name and in what it says', () => {
    expect(matches(TEMPLATE, '')).toBe(true);
    expect(matches(TEMPLATE, 'PLACE hi')).toBe(true);
    expect(matches(TEMPLATE, 'rice')).toBe(true);
    expect(matches(TEMPLATE, 'rice oil')).toBe(false);
  });

  it('names languages in the language of the reader', () => {
    expect(languageName('hi', 'en')).toBe('Hindi');
    expect(languageName('not a code', 'en')).toBe('not a code');
  });
});

it('asks at cards by their place', () => {
  expect((wanted.findLast(({ kind }) => kind === 'code') satisfies Question | undefined)?.place).toBe('card.0.button.0');
});
