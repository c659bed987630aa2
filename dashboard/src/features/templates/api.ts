/** The calls about templates: reads as query options, writes as plain functions that return the template as it is then. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { bodyOf, type Api } from '@/api/client';

import type { Definition, Fault, Template } from './model';

const PAGE = 50;

export interface Which {
  readonly number: string;
  readonly name: string;
  readonly language: string;
}

export interface Filter {
  readonly status: string | null;
  readonly category: string | null;
}

export const keys = {
  all: ['templates'] as const,
  list: (number: string, filter: Filter) => ['templates', number, filter] as const,
  one: ({ number, name, language }: Which) => ['template', number, name, language] as const,
};

/** The numbers whose accounts have templates. */
export function numbersQuery({ client }: Api) {
  return queryOptions({
    queryKey: ['template-numbers'] as const,
    queryFn: async ({ signal }) => bodyOf(await client.GET('/v1/numbers', { signal })).items,
  });
}

/** The templates of a number's account, by name. */
export function templatesQuery({ client }: Api, number: string, filter: Filter) {
  return infiniteQueryOptions({
    queryKey: keys.list(number, filter),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        limit: PAGE,
        ...(filter.status === null ? {} : { status: filter.status }),
        ...(filter.category === null ? {} : { category: filter.category }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      };
      return bodyOf(await client.GET('/v1/numbers/{number}/templates', { params: { path: { number }, query }, signal }));
    },
    getNextPageParam: (page) => page.next ?? null,
  });
}

/** One template. */
export function templateQuery({ client }: Api, which: Which) {
  return queryOptions({
    queryKey: keys.one(which),
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET('/v1/numbers/{number}/templates/{name}/{language}', { params: { path: { ...which } }, signal })),
  });
}

/** What WhatsApp would refuse: the same rules that decide when a template is kept. */
export function faultsQuery({ client }: Api, definition: Definition) {
  return queryOptions({
    queryKey: ['template-faults', definition] as const,
    queryFn: async ({ signal }): Promise<readonly Fault[]> =>
      bodyOf(await client.POST('/v1/templates/check', { body: definition, signal })).faults,
    placeholderData: (before) => before,
    staleTime: Infinity,
  });
}

/** Keeps a draft. */
export async function createTemplate({ client }: Api, number: string, definition: Definition): Promise<Template> {
  return bodyOf(await client.POST('/v1/numbers/{number}/templates', { params: { path: { number } }, body: definition }));
}

function over(which: Which, version: number) {
  return { params: { path: { ...which }, header: { 'If-Match': `"${version}"` } } };
}

/** Changes a template over the version that was read. */
export async function saveTemplate({ client }: Api, which: Which, version: number, definition: Definition): Promise<Template> {
  return bodyOf(await client.PUT('/v1/numbers/{number}/templates/{name}/{language}', { ...over(which, version), body: definition }));
}

/** Submits a draft to WhatsApp. */
export async function submitTemplate({ client }: Api, which: Which, version: number): Promise<Template> {
  return bodyOf(await client.POST('/v1/numbers/{number}/templates/{name}/{language}/submit', over(which, version)));
}

/** Takes note that WhatsApp has made marketing of a template. */
export async function acknowledgeTemplate({ client }: Api, which: Which, version: number): Promise<Template> {
  return bodyOf(await client.POST('/v1/numbers/{number}/templates/{name}/{language}/acknowledge', over(which, version)));
}

/** Deletes a template, here and at WhatsApp. */
export async function deleteTemplate({ client }: Api, which: Which, version: number): Promise<void> {
  await client.DELETE('/v1/numbers/{number}/templates/{name}/{language}', over(which, version));
}

/** Has the list read anew from WhatsApp. */
export async function syncTemplates({ client }: Api, number: string): Promise<void> {
  await client.POST('/v1/numbers/{number}/templates/sync', { params: { path: { number } } });
}

/** Uploads a file that shows WhatsApp's reviewer what a header may hold. */
export async function uploadSample({ client }: Api, number: string, file: File): Promise<string> {
  const answer = await client.POST('/v1/numbers/{number}/templates/samples', {
    params: { path: { number } },
    headers: { 'Content-Type': file.type },
    body: [],
    bodySerializer: () => file,
  });
  return bodyOf(answer).sample;
}
