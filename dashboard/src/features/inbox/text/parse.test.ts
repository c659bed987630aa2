import { describe, expect, it } from 'vitest';

import { parseText, plainText } from './parse';

const text = (value: string) => ({ kind: 'text', text: value }) as const;

describe('parseText', () => {
  it('reads every kind of mark', () => {
    expect(parseText('*a* _b_ ~c~ `d` ```e\nf```')).toEqual([
      { kind: 'bold', children: [text('a')] }, text(' '),
      { kind: 'italic', children: [text('b')] }, text(' '),
      { kind: 'strike', children: [text('c')] }, text(' '),
      { kind: 'code', text: 'd' }, text(' '),
      { kind: 'mono', text: 'e\nf' },
    ]);
  });

  it('reads marks inside of marks', () => {
    expect(parseText('*very _good_*')).toEqual([{ kind: 'bold', children: [text('very '), { kind: 'italic', children: [text('good')] }] }]);
  });

  it.each(['2 * 3 * 4', 'snake_case_name', '* open', '*not closed', '**', 'a*b*c', '*line\nbreak*', '``', '` `', 'चीनी_भाव_क्या'])(
    'leaves %j as it was typed',
    (source) => {
      expect(parseText(source)).toEqual([text(source)]);
    },
  );

  it('does not read marks inside of code', () => {
    expect(parseText('`*a*`')).toEqual([{ kind: 'code', text: '*a*' }]);
  });

  it('makes links of web addresses only, without the full stop behind them', () => {
    expect(parseText('See https://parle.example/g.')).toEqual([text('See '), { kind: 'link', href: 'https://parle.example/g' }, text('.')]);
    expect(parseText('javascript:alert(1)')).toEqual([text('javascript:alert(1)')]);
  });

  it('keeps HTML as text', () => {
    expect(parseText('<img src=x onerror=alert(1)>')).toEqual([text('<img src=x onerror=alert(1)>')]);
  });

  it('never loses a character of a long unclosed text', () => {
    const source = '*a _b ~c '.repeat(400);
    expect(plainText(source)).toBe(source);
  });
});

describe('plainText', () => {
  it('drops the marks and keeps the words', () => {
    expect(plainText('*2 kg* sugar and _1 litre_ oil')).toBe('2 kg sugar and 1 litre oil');
  });
});
