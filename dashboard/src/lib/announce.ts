import { useSyncExternalStore } from 'react';

/** What screen readers are told; the count makes a repeated text a new announcement. */
interface Announcement {
  readonly text: string;
  readonly count: number;
}

let current: Announcement = { text: '', count: 0 };
const listeners = new Set<() => void>();

/** Tells screen readers something, politely. */
export function announce(text: string): void {
  current = { text, count: current.count + 1 };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The latest announcement, for the one live region of the page. */
export function useAnnouncement(): Announcement {
  return useSyncExternalStore(subscribe, () => current);
}
