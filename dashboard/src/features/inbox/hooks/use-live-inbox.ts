import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Api } from '@/api/client';
import { useApi } from '@/api/context';
import { announce } from '@/lib/announce';
import { useLiveListener, type LiveListener } from '@/lib/realtime/context';

import { keys, refreshConversation, refreshMessages } from '../api';
import { useInboxMemory, type InboxMemory } from '../context';
import { HintQueue } from '../hint-queue';
import type { Conversation } from '../model';

type Inbox = { api: Api; queryClient: QueryClient; memory: InboxMemory; t: TFunction<'inbox'> };

/** Keeps lists and the open thread current from the live connection's hints. */
export function useLiveInbox(): void {
  const api = useApi();
  const queryClient = useQueryClient();
  const memory = useInboxMemory();
  const { t } = useTranslation('inbox');
  const queue = useMemo(() => newQueue({ api, queryClient, memory, t }), [api, queryClient, memory, t]);
  useEffect(() => () => queue.stop(), [queue]);
  const listener = useMemo<LiveListener>(
    () => ({
      onHint: (hint) => queue.add(hint),
      onResync: () => {
        void queryClient.invalidateQueries({ queryKey: keys.lists });
        void queryClient.invalidateQueries({ queryKey: ['conversation'] });
        void queryClient.invalidateQueries({ queryKey: ['messages'] });
      },
    }),
    [queue, queryClient],
  );
  useLiveListener(listener);
}

function newQueue({ api, queryClient, memory, t }: Inbox): HintQueue {
  return new HintQueue({
    mustWait: (id) => memory.outbox.pending(id).some((reply) => reply.state === 'sending'),
    refreshLists: () => queryClient.invalidateQueries({ queryKey: keys.lists }),
    refreshConversation: async (id) => {
      const before = queryClient.getQueryData<Conversation>(keys.conversation(id));
      const after = await refreshConversation(api, queryClient, id);
      const isNew = before?.last_message.at !== after.last_message.at;
      if (isNew && after.unread && after.last_message.direction === 'inbound') {
        announce(t('list.newMessageFrom', { name: after.contact.name }));
      }
    },
    refreshMessages: async (id, messageKeys) => {
      // A thread nobody looks at is read when it is opened.
      const isShown = queryClient.getQueryCache().find({ queryKey: keys.messages(id) })?.isActive() ?? false;
      if (isShown) await refreshMessages(api, queryClient, id, messageKeys);
      else await queryClient.invalidateQueries({ queryKey: keys.messages(id), refetchType: 'none' });
    },
  });
}
