import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';

import type { Api } from '@/api/client';
import { useApi } from '@/api/context';

import { sendMessage, showMessage } from './api';
import { Quotes } from './compose/quotes';
import { attachMedia } from './media/api';
import { Uploads, type Attachment, type Upload } from './media/uploads';
import { Outbox, type PendingReply } from './outbox';

/** What the inbox keeps while conversations are opened and closed: replies on their way, and unfinished texts. */
export interface InboxMemory {
  readonly outbox: Outbox;
  readonly drafts: Map<string, string>;
  readonly quotes: Quotes;
  /** Files chosen and not sent yet, by conversation. */
  readonly files: Map<string, readonly Attachment[]>;
  readonly uploads: Uploads;
}

/** Gives the inbox's memory to the tree below. */
export const InboxContext = createContext<InboxMemory | null>(null);

const memories = new WeakMap<Api, { readonly user: string; readonly memory: InboxMemory }>();

/**
 * The memory of the person logged in. It outlives the screens: a session that ends in the middle of a sentence gives
 * the sentence back after logging in again. Somebody else, or logging out, starts anew.
 */
export function useNewInboxMemory(user: string): InboxMemory {
  const api = useApi();
  const queryClient = useQueryClient();
  const memory = useMemo(() => {
    const known = memories.get(api);
    if (known?.user === user) return known.memory;
    const made = newMemory(api, queryClient);
    memories.set(api, { user, memory: made });
    return made;
  }, [api, queryClient, user]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if (memory.outbox.hasUnsent) event.preventDefault();
    };
    const retry = (): void => memory.outbox.networkBack();
    window.addEventListener('beforeunload', warn);
    window.addEventListener('online', retry);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('online', retry);
    };
  }, [memory]);
  useEffect(
    () =>
      api.session.subscribe(() => {
        const state = api.session.snapshot();
        if (state.session === null && state.reason === 'logged_out') memories.delete(api);
      }),
    [api],
  );
  return memory;
}

function newMemory(api: Api, queryClient: QueryClient): InboxMemory {
  const uploads = new Uploads({
    send: (id, file, onProgress, signal) => attachMedia(api, id, file, onProgress, signal),
    now: () => Date.now(),
    wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
    preview: (content) => URL.createObjectURL(content),
    forgetPreview: (url) => URL.revokeObjectURL(url),
  });
  const quotes = new Quotes();
  return {
    drafts: new Map(),
    quotes,
    files: new Map(),
    uploads,
    outbox: new Outbox({
      send: async (conversation, key, text, attachment) => {
        const message = await sendMessage(api, conversation, key, text, attachment, quotes.answeredBy(key));
        // The message shows the server's copy from now on.
        if (attachment !== null) uploads.drop(attachment.id);
        return message;
      },
      ready: (attachment) => uploads.ready(attachment.id),
      onTaken: (conversation, message) => showMessage(queryClient, conversation, message),
      now: () => Date.now(),
      wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
    }),
  };
}

/** The inbox's memory. */
export function useInboxMemory(): InboxMemory {
  const memory = useContext(InboxContext);
  if (memory === null) throw new Error('useInboxMemory outside of InboxContext');
  return memory;
}

/** The unconfirmed replies of a conversation, kept current. */
export function usePendingReplies(conversation: string): readonly PendingReply[] {
  const { outbox } = useInboxMemory();
  return useSyncExternalStore(outbox.subscribe, useCallback(() => outbox.pending(conversation), [outbox, conversation]));
}

/** How far a chosen file is, kept current. */
export function useUpload(id: string): Upload {
  const { uploads } = useInboxMemory();
  return useSyncExternalStore(uploads.subscribe, useCallback(() => uploads.state(id), [uploads, id]));
}
