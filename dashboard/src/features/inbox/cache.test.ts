import { describe, expect, it } from 'vitest';

import { joinNewest, placeConversation, placeMessage, type ConversationPages, type MessagePages } from './cache';
import { conversationOf, messageOf } from './fixtures';

const conversationAt = (id: string, minute: number, more = {}) =>
  conversationOf({ id, last_message: { preview: '', kind: 'text', direction: 'inbound', at: `2026-11-19T10:${String(minute).padStart(2, '0')}:00Z`, failure_code: null }, ...more });
const idsOf = (pages: ConversationPages) => pages.pages.map((page) => page.items.map((item) => item.id));
const keysOf = (pages: MessagePages) => pages.pages.map((page) => page.items.map((item) => item.key));
const messages = (...keys: string[]) => keys.map((key) => messageOf(key));

describe('placeConversation', () => {
  const pages: ConversationPages = {
    pages: [{ items: [conversationAt('a', 30), conversationAt('b', 20)], next: '2' }, { items: [conversationAt('c', 10)], next: '3' }],
    pageParams: [null, '2'],
  };

  it('moves a conversation up to its time', () => {
    expect(idsOf(placeConversation(pages, conversationAt('c', 40), 'open'))).toEqual([['c', 'a', 'b'], []]);
    expect(idsOf(placeConversation(pages, conversationAt('a', 15), 'open'))).toEqual([['b'], ['a', 'c']]);
  });

  it('takes it out when its status is another', () => {
    expect(idsOf(placeConversation(pages, conversationAt('b', 40, { status: 'resolved' }), 'open'))).toEqual([['a'], ['c']]);
  });

  it('leaves one that is older than everything loaded to the paging, unless there is nothing more to load', () => {
    expect(idsOf(placeConversation(pages, conversationAt('z', 1), 'open'))).toEqual([['a', 'b'], ['c']]);
    const whole: ConversationPages = { pages: [{ items: [conversationAt('a', 30)], next: null }], pageParams: [null] };
    expect(idsOf(placeConversation(whole, conversationAt('z', 1), 'open'))).toEqual([['a', 'z']]);
  });

  it('fills an empty list', () => {
    const empty: ConversationPages = { pages: [{ items: [], next: null }], pageParams: [null] };
    expect(idsOf(placeConversation(empty, conversationAt('a', 1), 'open'))).toEqual([['a']]);
  });
});

describe('joinNewest', () => {
  const pages: MessagePages = { pages: [{ items: messages('5', '4'), next: 'x' }, { items: messages('3', '2'), next: 'y' }], pageParams: [null, 'x'] };

  it('adds what is new and keeps what is older', () => {
    expect(keysOf(joinNewest(pages, { items: messages('7', '6', '5'), next: 'n' }))).toEqual([['7', '6', '5', '4'], ['3', '2']]);
  });

  it('takes new states over', () => {
    const joined = joinNewest(pages, { items: [messageOf('5', { state: 'failed' })], next: 'n' });
    expect(joined.pages[0]?.items[0]?.state).toBe('failed');
  });

  it('keeps only the newest page when messages are missing in between', () => {
    expect(keysOf(joinNewest(pages, { items: messages('99', '98'), next: 'n' }))).toEqual([['99', '98']]);
  });

  it('never shows a message twice', () => {
    const keys = keysOf(joinNewest(pages, { items: messages('6', '5', '4', '3'), next: 'n' })).flat();
    expect(keys).toEqual(['6', '5', '4', '3', '2']);
  });
});

describe('placeMessage', () => {
  it('adds a message once and then updates it', () => {
    const pages: MessagePages = { pages: [{ items: messages('1'), next: null }], pageParams: [null] };
    const added = placeMessage(pages, messageOf('2', { state: 'queued' }));
    const updated = placeMessage(added, messageOf('2', { state: 'sent' }));
    expect(keysOf(updated)).toEqual([['2', '1']]);
    expect(updated.pages[0]?.items[0]?.state).toBe('sent');
  });
});
