/** Dead letters: what the queues of the business have given up. */
import { infiniteQueryOptions } from '@tanstack/react-query';

import { bodyOf, type Api } from '@/api/client';
import type { components } from '@/api/schema';

export type DeadLetter = components['schemas']['DeadLetter'];
/** What can become of one. */
export type Decision = 'redrive' | 'discard';

const PAGE = 50;

export const keys = { deadLetters: ['dead-letters'] as const };

/** The dead letters, newest first. */
export function deadLettersQuery({ client }: Api) {
  return infiniteQueryOptions({
    queryKey: keys.deadLetters,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return bodyOf(await client.GET('/v1/dead-letters', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next ?? null,
  });
}

/** Decides about a dead letter; deciding twice is deciding once. */
export async function decide({ client }: Api, id: string, decision: Decision): Promise<DeadLetter> {
  const params = { path: { id } };
  return bodyOf(
    decision === 'redrive'
      ? await client.POST('/v1/dead-letters/{id}/redrive', { params })
      : await client.POST('/v1/dead-letters/{id}/discard', { params }),
  );
}
