import { describe, expect, it } from 'vitest';

import { messageOf, NOTHING_KNOWN } from '../fixtures';
import { mayQuote, mayReact, ownReactions } from './rules';

const NOW = Date.parse('2026-11-19T10:00:00Z');

function reaction(key: string, target: string, emoji: string, state: 'sent' | 'failed' = 'sent') {
  return messageOf(key, { direction: 'outbound', kind: 'reaction', text: emoji, state, circumstances: { ...NOTHING_KNOWN, applied_to: target } });
}

describe('what can be answered', () => {
  it('is what WhatsApp knows', () => {
    expect(mayQuote(messageOf('a'))).toBe(true);
    expect(mayQuote(messageOf('a', { direction: 'outbound', state: 'queued' }))).toBe(false);
    expect(mayQuote(messageOf('a', { direction: 'outbound', state: 'failed' }))).toBe(false);
    expect(mayQuote(messageOf('a', { direction: 'outbound', state: 'sent' }))).toBe(true);
    expect(mayQuote(reaction('a', 'b', '👍'))).toBe(false);
  });

  it('takes a reaction for thirty days', () => {
    expect(mayReact(messageOf('a', { at: '2026-10-20T10:00:01Z' }), NOW)).toBe(true);
    expect(mayReact(messageOf('a', { at: '2026-10-20T10:00:00Z' }), NOW)).toBe(false);
  });
});

describe('the reactions of the shop', () => {
  it('are the last on each message, without what was taken back or failed', () => {
    const items = [reaction('5', 'a', '', 'failed'), reaction('4', 'b', ''), reaction('3', 'a', '🙏'), reaction('2', 'b', '👍'), reaction('1', 'a', '😂')];
    expect([...ownReactions([{ items: items.slice(0, 2), next: 'x' }, { items: items.slice(2), next: null }])]).toEqual([['a', '🙏']]);
  });
});
