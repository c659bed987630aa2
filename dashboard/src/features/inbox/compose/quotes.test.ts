import { describe, expect, it, vi } from 'vitest';

import { messageOf } from '../fixtures';
import { Quotes } from './quotes';

describe('Quotes', () => {
  it('keeps one message for each conversation until its reply leaves', () => {
    const quotes = new Quotes();
    const listener = vi.fn();
    quotes.subscribe(listener);
    quotes.set('c1', messageOf('a'));
    quotes.set('c2', messageOf('b'));
    quotes.set('c1', messageOf('c'));
    quotes.bind('c1', 'reply');
    expect(quotes.answeredBy('reply')).toBe('c');
    expect(quotes.of('c1')).toBeNull();
    quotes.bind('c1', 'another');
    expect(quotes.answeredBy('another')).toBeNull();
    expect(quotes.of('c2')?.key).toBe('b');
    quotes.clear('c1');
    expect(listener).toHaveBeenCalledTimes(4);
  });
});
