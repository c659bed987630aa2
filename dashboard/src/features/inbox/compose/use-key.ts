import { useCallback, useRef } from 'react';

import { uuidV7 } from '@/lib/uuid';

/** Gives what is sent its key: the same content again has the same one, so that a lost answer does not send it twice. */
export function useKey(): (content: unknown) => string {
  const last = useRef({ content: '', key: '' });
  return useCallback((content) => {
    const text = JSON.stringify(content);
    if (last.current.content !== text) last.current = { content: text, key: uuidV7(Date.now()) };
    return last.current.key;
  }, []);
}
