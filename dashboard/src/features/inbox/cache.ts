/** How answers of the API are woven into what the screen already holds, without reading everything again. */
import type { InfiniteData } from '@tanstack/react-query';

import type { Conversation, ConversationPage, ConversationStatus, Message, MessagePage } from './model';

export type ConversationPages = InfiniteData<ConversationPage, string | null>;
export type MessagePages = InfiniteData<MessagePage, string | null>;

/**
 * Puts one conversation, just read, into a list of a status: at its place by time, or out of it when its status is
 * another. A conversation older than everything loaded is left to the paging.
 */
export function placeConversation(pages: ConversationPages, changed: Conversation, status: ConversationStatus): ConversationPages {
  const without = pages.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== changed.id) }));
  if (changed.status !== status) return { ...pages, pages: without };
  for (const [index, page] of without.entries()) {
    const isLast = index === without.length - 1;
    const position = page.items.findIndex((item) => lastAt(item) <= lastAt(changed));
    if (position === -1 && !(isLast && page.next == null)) continue;
    const items = [...page.items];
    items.splice(position === -1 ? items.length : position, 0, changed);
    return { ...pages, pages: without.map((other, at) => (at === index ? { ...page, items } : other)) };
  }
  return { ...pages, pages: without };
}

function lastAt(conversation: Conversation): number {
  return Date.parse(conversation.last_message.at);
}

/** Replaces a conversation where it stands, without moving it. */
export function patchConversation(pages: ConversationPages, id: string, change: Partial<Conversation>): ConversationPages {
  if (!pages.pages.some((page) => page.items.some((item) => item.id === id))) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (item.id === id ? { ...item, ...change } : item)),
    })),
  };
}

/**
 * Joins the newest page, just read, with the pages already loaded. When the two do not touch, messages are missing in
 * between, and only the newest page is kept: the older ones are read again by scrolling.
 */
export function joinNewest(pages: MessagePages, newest: MessagePage): MessagePages {
  const known = new Set(pages.pages.flatMap((page) => page.items.map((item) => item.key)));
  const fresh = new Set(newest.items.map((item) => item.key));
  const first = pages.pages[0];
  if (first === undefined || newest.next == null || !newest.items.some((item) => known.has(item.key))) {
    return { pages: [newest], pageParams: [null] };
  }
  const rest = pages.pages.map((page) => ({ ...page, items: page.items.filter((item) => !fresh.has(item.key)) }));
  const head = rest[0];
  return { ...pages, pages: [{ items: [...newest.items, ...(head?.items ?? [])], next: first.next }, ...rest.slice(1)] };
}

/** Puts a message the server has just taken on at the newest end, or updates it where it stands. */
export function placeMessage(pages: MessagePages, message: Message): MessagePages {
  let found = false;
  const updated = pages.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => {
      if (item.key !== message.key) return item;
      found = true;
      return message;
    }),
  }));
  const [first, ...rest] = updated;
  if (found || first === undefined) return { ...pages, pages: updated };
  return { ...pages, pages: [{ ...first, items: [message, ...first.items] }, ...rest] };
}
