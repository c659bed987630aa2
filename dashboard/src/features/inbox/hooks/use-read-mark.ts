import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { useApi } from '@/api/context';

import { markRead } from '../api';
import type { Conversation, Message } from '../model';

/** Marks the conversation read once its newest message is really in sight. */
export function useReadMark(conversation: Conversation | undefined, messages: readonly Message[], inSight: boolean): void {
  const api = useApi();
  const queryClient = useQueryClient();
  const marked = useRef<string | null>(null);
  const newestInbound = messages.find((message) => message.direction === 'inbound')?.at ?? null;
  const id = conversation?.id;
  const unread = conversation?.unread ?? false;
  useEffect(() => {
    if (id === undefined || !unread || newestInbound === null || !inSight || marked.current === newestInbound) return undefined;
    const mark = (): void => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', mark);
      marked.current = newestInbound;
      // A mark that fails is made again when the conversation is next read.
      markRead(api, queryClient, id, newestInbound).catch(() => {
        marked.current = null;
      });
    };
    document.addEventListener('visibilitychange', mark);
    mark();
    return () => document.removeEventListener('visibilitychange', mark);
  }, [api, queryClient, id, unread, newestInbound, inSight]);
}
