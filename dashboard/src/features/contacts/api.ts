/** Questions whether two contacts are one: the calls. */
import { queryOptions } from '@tanstack/react-query';

import { bodyOf, type Api } from '@/api/client';
import type { components } from '@/api/schema';

export type ContactReview = components['schemas']['ContactReview'];
export type ContactCard = components['schemas']['ContactCard'];
export type Verdict = 'keep_separate' | 'same_person';

export const reviewsKey = ['contact-reviews'] as const;

/** The questions nobody has answered; the first hundred, and answering makes room for more. */
export function reviewsQuery({ client }: Api) {
  return queryOptions({
    queryKey: reviewsKey,
    queryFn: async ({ signal }) => bodyOf(await client.GET('/v1/contact-reviews', { params: { query: { limit: 100 } }, signal })),
  });
}

/** Answers a question; the same answer again changes nothing. */
export async function resolveReview({ client }: Api, id: string, verdict: Verdict): Promise<void> {
  await client.POST('/v1/contact-reviews/{id}/resolve', { params: { path: { id } }, body: { verdict } });
}
