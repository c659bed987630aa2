import { useEffect, useState, type ReactNode } from 'react';

import { bodyOf, type Api } from '@/api/client';
import { useApi } from '@/api/context';
import { LiveContext, type Live, type LiveListener } from '@/lib/realtime/context';
import { Realtime, type Socket } from '@/lib/realtime/realtime';

/** A tab hidden for longer than this may have missed frames. */
const SLEEP_MS = 30_000;

interface Props {
  readonly websocketUrl: string | null;
  readonly children: ReactNode;
}

/** Keeps the live connection open for as long as somebody is logged in. */
export function LiveConnection({ websocketUrl, children }: Props): ReactNode {
  const api = useApi();
  const [live] = useState(() => newLive(api, websocketUrl));
  useEffect(() => {
    live.connection.start();
    const stopWatching = watchBrowser(live.connection);
    return () => {
      stopWatching();
      live.connection.stop();
    };
  }, [live]);
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

function newLive(api: Api, websocketUrl: string | null): Live {
  const listeners = new Set<LiveListener>();
  const connection = new Realtime({
    address: async () => {
      const { url, ticket } = bodyOf(await api.client.POST('/v1/realtime/ticket'));
      return `${websocketUrl ?? url}?ticket=${encodeURIComponent(ticket)}`;
    },
    open: (address) => new WebSocket(address) as Socket,
    onHint: (hint) => {
      for (const listener of listeners) listener.onHint(hint);
    },
    onResync: () => {
      for (const listener of listeners) listener.onResync();
    },
    online: () => navigator.onLine,
    random: Math.random,
  });
  return { connection, listeners };
}

function watchBrowser(connection: Realtime): () => void {
  let hiddenAt = 0;
  const onOnline = (): void => connection.reconnectNow();
  const onOffline = (): void => connection.networkLost();
  const onVisibility = (): void => {
    if (document.hidden) hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > SLEEP_MS) connection.wake();
  };
  window.addEventListener('online', onOnline);
  window.addEventListener('offline', onOffline);
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    window.removeEventListener('online', onOnline);
    window.removeEventListener('offline', onOffline);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
