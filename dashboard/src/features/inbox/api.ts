/** The inbox's calls: reads as query options, writes as plain functions. */
import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query';

import { bodyOf, type Api } from '@/api/client';
import type { components } from '@/api/schema';

import { joinNewest, patchConversation, placeConversation, placeMessage, type ConversationPages, type MessagePages } from './cache';
import { bodyOfFile } from './media/body';
import type { Attachment } from './media/uploads';
import { STATUSES, type Conversation, type ConversationStatus, type Message } from './model';

const PAGE = 50;

export const keys = {
  lists: ['conversations'] as const,
  list: (status: ConversationStatus) => ['conversations', status] as const,
  conversation: (id: string) => ['conversation', id] as const,
  messages: (id: string) => ['messages', id] as const,
};

/** The conversations of a status, latest message first. */
export function conversationsQuery({ client }: Api, status: ConversationStatus) {
  return infiniteQueryOptions({
    queryKey: keys.list(status),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { status, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return bodyOf(await client.GET('/v1/conversations', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next ?? null,
  });
}

/** One conversation; starts from the list's row, so that the header is there at once. */
export function conversationQuery({ client }: Api, queryClient: QueryClient, id: string) {
  return queryOptions<Conversation, Error, Conversation, ReturnType<typeof keys.conversation>>({
    queryKey: keys.conversation(id),
    queryFn: async ({ signal }) => bodyOf(await client.GET('/v1/conversations/{id}', { params: { path: { id } }, signal })),
    placeholderData: () => rowOf(queryClient, id),
  });
}

function rowOf(queryClient: QueryClient, id: string): Conversation | undefined {
  for (const status of STATUSES) {
    for (const page of queryClient.getQueryData<ConversationPages>(keys.list(status))?.pages ?? []) {
      const row = page.items.find((item) => item.id === id);
      if (row !== undefined) return row;
    }
  }
  return undefined;
}

/** The messages of a conversation, newest first; further pages are older. */
export function messagesQuery({ client }: Api, id: string) {
  return infiniteQueryOptions({
    queryKey: keys.messages(id),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return bodyOf(await client.GET('/v1/conversations/{id}/messages', { params: { path: { id }, query }, signal }));
    },
    getNextPageParam: (page) => page.next ?? null,
  });
}

/** Sends whatever the API takes. The key is the client's: sending it again is the same message, not a second one. */
export async function sendBody({ client }: Api, id: string, key: string, body: components['schemas']['NewMessage']): Promise<Message> {
  return bodyOf(await client.POST('/v1/conversations/{id}/messages', { params: { path: { id }, header: { 'Idempotency-Key': key } }, body }));
}

/** Sends a reply: words, or a file with words under it. */
export function sendMessage(
  api: Api, id: string, key: string, text: string, attachment: Attachment | null = null, answers: string | null = null,
): Promise<Message> {
  return sendBody(api, id, key, { ...(attachment === null ? { text } : bodyOfFile(attachment, text)), ...(answers === null ? {} : { reply_to: answers }) });
}

/** Puts an emoji on a message, or with `null` takes it back. */
export function sendReaction(api: Api, id: string, key: string, message: string, emoji: string | null): Promise<Message> {
  return sendBody(api, id, key, { reaction: { message, ...(emoji === null ? {} : { emoji }) } });
}

/** Has the customer see that an answer is being written. */
export async function showTyping({ client }: Api, id: string, upTo: string): Promise<void> {
  await client.POST('/v1/conversations/{id}/read', { params: { path: { id } }, body: { up_to: upTo, typing: true } });
}

/** Marks a conversation read, on the screen at once. */
export async function markRead({ client }: Api, queryClient: QueryClient, id: string, upTo: string): Promise<void> {
  patchEverywhere(queryClient, id, { unread: false, read_up_to: upTo });
  await client.POST('/v1/conversations/{id}/read', { params: { path: { id } }, body: { up_to: upTo } });
}

/** Reads one conversation again and puts it where it now belongs in every loaded list. */
export async function refreshConversation({ client }: Api, queryClient: QueryClient, id: string): Promise<Conversation> {
  const changed = bodyOf(await client.GET('/v1/conversations/{id}', { params: { path: { id } } }));
  queryClient.setQueryData(keys.conversation(id), changed);
  for (const status of STATUSES) {
    queryClient.setQueryData<ConversationPages>(keys.list(status), (pages) => pages && placeConversation(pages, changed, status));
  }
  return changed;
}

/** Reads the newest messages again, and older pages only when `messageKey` is in one of those. */
export async function refreshMessages({ client }: Api, queryClient: QueryClient, id: string, messageKeys: readonly string[]): Promise<void> {
  const newest = bodyOf(await client.GET('/v1/conversations/{id}/messages', { params: { path: { id }, query: { limit: PAGE } } }));
  queryClient.setQueryData<MessagePages>(keys.messages(id), (pages) => pages && joinNewest(pages, newest));
  const fresh = new Set(newest.items.map((item) => item.key));
  const loaded = queryClient.getQueryData<MessagePages>(keys.messages(id))?.pages.flatMap((page) => page.items) ?? [];
  const olderChanged = messageKeys.some((key) => !fresh.has(key) && loaded.some((item) => item.key === key));
  if (olderChanged) await queryClient.invalidateQueries({ queryKey: keys.messages(id) });
}

/** Shows a message the server has just taken on. */
export function showMessage(queryClient: QueryClient, id: string, message: Message): void {
  queryClient.setQueryData<MessagePages>(keys.messages(id), (pages) => pages && placeMessage(pages, message));
}

function patchEverywhere(queryClient: QueryClient, id: string, change: Partial<Conversation>): void {
  queryClient.setQueryData<Conversation>(keys.conversation(id), (known) => known && { ...known, ...change });
  for (const status of STATUSES) {
    queryClient.setQueryData<ConversationPages>(keys.list(status), (pages) => pages && patchConversation(pages, id, change));
  }
}
