import { QueryClient } from '@tanstack/react-query';

import { isTransient } from '@/api/problem';

const RETRIES_MAX = 2;

/** Makes the cache of everything read from the API. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The live connection says what changed; without it a minute is fresh enough.
        staleTime: 60_000,
        gcTime: 15 * 60_000,
        retry: (failures, error) => failures < RETRIES_MAX && isTransient(error),
        // Coming back to the tab is handled once, by the live connection's resync.
        refetchOnWindowFocus: false,
      },
    },
  });
}
