/** What the queues of the business have given up, and what WhatsApp told that nothing handles yet. */
import { infiniteQueryOptions } from '@tanstack/react-query';

import { bodyOf, type Api } from '@/api/client';
import type { components } from '@/api/schema';

export type DeadLetter = components['schemas']['DeadLetter'];
export type ParkedEvent = components['schemas']['ParkedEvent'];
/** What can become of one. */
export type Decision = 'redrive' | 'discard';

const PAGE = 50;

export const keys = { deadLetters: ['dead-letters'] as const, parkedEvents: ['parked-events'] as const };

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

/** The parked events, newest first. */
export function parkedEventsQuery({ client }: Api) {
  return infiniteQueryOptions({
    queryKey: keys.parkedEvents,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return bodyOf(await client.GET('/v1/parked-events', { params: { query }, signal }));
    },
    getNextPageParam: (page) => page.next ?? null,
  });
}

/** Decides about a parked event; what is tried again and not handled waits on. */
export async function decideParked({ client }: Api, id: string, decision: Decision): Promise<ParkedEvent> {
  const params = { path: { id } };
  return bodyOf(
    decision === 'redrive'
      ? await client.POST('/v1/parked-events/{id}/retry', { params })
      : await client.POST('/v1/parked-events/{id}/discard', { params }),
  );
}
