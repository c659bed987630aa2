import type { ReactNode } from 'react';

import { InboxContext, useNewInboxMemory } from './context';
import { useLiveInbox } from './hooks/use-live-inbox';

interface Props {
  readonly user: string;
  readonly children: ReactNode;
}

/** Keeps the inbox's memory and its live updates while other pages are shown. */
export function InboxProvider({ user, children }: Props): ReactNode {
  const memory = useNewInboxMemory(user);
  return (
    <InboxContext.Provider value={memory}>
      <LiveUpdates />
      {children}
    </InboxContext.Provider>
  );
}

function LiveUpdates(): null {
  useLiveInbox();
  return null;
}
