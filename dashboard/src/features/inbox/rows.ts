/** The rows of a thread, oldest first: messages, unconfirmed replies, and the headings of days. */
import { dayKey } from '@/lib/time';

import { isOwnReaction, ownReactions } from './compose/rules';
import { isAbsorbed } from './inbound';
import type { Message, MessagePage } from './model';
import type { PendingReply } from './outbox';

export type ThreadRow =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly startsGroup: boolean; readonly reaction: string | null }
  | { readonly kind: 'pending'; readonly key: string; readonly reply: PendingReply };

/** Lays a thread out. `pages` are as the API gives them: newest first, in pages from newest to oldest. */
export function threadRows(pages: readonly MessagePage[], pending: readonly PendingReply[]): ThreadRow[] {
  const rows: ThreadRow[] = [];
  let day = '';
  let before: Message | null = null;
  const reactions = ownReactions(pages);
  const startDay = (at: string): boolean => {
    const next = dayKey(at);
    if (next === day) return false;
    day = next;
    rows.push({ kind: 'day', key: `day-${next}`, at });
    return true;
  };
  for (const message of pages.flatMap((page) => page.items).reverse()) {
    // What only changes another message is shown there.
    if (isAbsorbed(message) || isOwnReaction(message)) continue;
    const isNewDay = startDay(message.at);
    const startsGroup = isNewDay || before === null || !sameAuthor(before, message);
    rows.push({ kind: 'message', key: message.key, message, startsGroup, reaction: reactions.get(message.key) ?? null });
    before = message;
  }
  for (const reply of pending) {
    startDay(reply.at);
    rows.push({ kind: 'pending', key: reply.key, reply });
  }
  return rows;
}

function sameAuthor(one: Message, other: Message): boolean {
  return one.direction === other.direction && one.author.kind === other.author.kind && one.author.name === other.author.name;
}
