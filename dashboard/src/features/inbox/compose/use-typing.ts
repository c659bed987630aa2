import { useCallback, useRef } from 'react';

import { useApi } from '@/api/context';

import { showTyping } from '../api';
import type { Conversation } from '../model';

/** WhatsApp shows for 25 seconds that an answer is being written; it is told again a little before. */
const AGAIN_MS = 20_000;

/** Has the customer see that an answer is being written, for as long as something is being written. */
export function useTyping({ id, last_inbound_at: newest }: Conversation): () => void {
  const api = useApi();
  const told = useRef(0);
  return useCallback(() => {
    const now = Date.now();
    if (newest == null || now - told.current < AGAIN_MS) return;
    told.current = now;
    // A courtesy: if it is lost, nothing else is.
    showTyping(api, id, newest).catch(() => undefined);
  }, [api, id, newest]);
}
