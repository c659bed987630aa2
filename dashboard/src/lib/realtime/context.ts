import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';

import type { ConnectionState, Hint, Realtime } from './realtime';

/** What the tree below shares: the connection's state, and its hints for whoever shows the data. */
export interface Live {
  readonly connection: Realtime;
  readonly listeners: Set<LiveListener>;
}

export interface LiveListener {
  readonly onHint: (hint: Hint) => void;
  readonly onResync: () => void;
}

/** Gives the live connection to the tree below. */
export const LiveContext = createContext<Live | null>(null);

function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('useLive outside of LiveContext');
  return live;
}

/** The state of the live connection. */
export function useConnectionState(): ConnectionState {
  const { connection } = useLive();
  return useSyncExternalStore(connection.subscribe, connection.snapshot);
}

/** Connects at once instead of at the end of the wait. */
export function useReconnect(): () => void {
  const { connection } = useLive();
  return () => connection.reconnectNow();
}

/** Listens to hints for as long as the component is shown; `listener` must keep its identity. */
export function useLiveListener(listener: LiveListener): void {
  const { listeners } = useLive();
  useEffect(() => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [listeners, listener]);
}
