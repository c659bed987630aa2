/** The calls about numbers: reads as query options, writes as plain functions that return the number as it is then. */
import { queryOptions, type QueryClient } from '@tanstack/react-query';

import { bodyOf, type Api } from '@/api/client';
import type { components } from '@/api/schema';

export type WhatsAppNumber = components['schemas']['WhatsAppNumber'];
export type NumberToConnect = components['schemas']['NumberToConnect'];
export type NumberCheck = components['schemas']['NumberCheck'];
export type Finding = components['schemas']['Finding'];
export type Provider = components['schemas']['Provider'];

const KEY = ['numbers'] as const;

/** All numbers of the business. */
export function numbersQuery({ client }: Api) {
  return queryOptions({
    queryKey: KEY,
    queryFn: async ({ signal }) => bodyOf(await client.GET('/v1/numbers', { signal })).items,
  });
}

/** Connects a number. */
export async function connectNumber({ client }: Api, number: NumberToConnect): Promise<WhatsAppNumber> {
  return bodyOf(await client.POST('/v1/numbers', { body: number }));
}

/** Asks the provider what is wrong with a number. */
export async function checkNumber({ client }: Api, id: string): Promise<WhatsAppNumber> {
  return bodyOf(await client.POST('/v1/numbers/{id}/check', { params: { path: { id } } }));
}

/** Mends what a check found. */
export async function fixNumber({ client }: Api, id: string, check: NumberCheck): Promise<WhatsAppNumber> {
  return bodyOf(await client.POST('/v1/numbers/{id}/fix', { params: { path: { id } }, body: { check } }));
}

/** Gives a number a new token, and its webhooks a new secret if there is one. */
export async function rotateToken({ client }: Api, id: string, token: string, secret: string): Promise<WhatsAppNumber> {
  const body = secret === '' ? { token } : { token, webhook_secret: secret };
  return bodyOf(await client.POST('/v1/numbers/{id}/token', { params: { path: { id } }, body }));
}

/** Stops a number, or puts it in use again. */
export async function setInUse({ client }: Api, id: string, inUse: boolean): Promise<WhatsAppNumber> {
  const options = { params: { path: { id } } };
  return bodyOf(await (inUse ? client.POST('/v1/numbers/{id}/start', options) : client.POST('/v1/numbers/{id}/stop', options)));
}

/** Gives a number up. */
export async function disconnectNumber({ client }: Api, id: string): Promise<void> {
  await client.DELETE('/v1/numbers/{id}', { params: { path: { id } } });
}

/** Shows a number as it is now, without reading the list again. */
export function placeNumber(queryClient: QueryClient, number: WhatsAppNumber): void {
  queryClient.setQueryData<readonly WhatsAppNumber[]>(KEY, (numbers) => {
    if (numbers === undefined) return numbers;
    const known = numbers.some(({ id }) => id === number.id);
    return known ? numbers.map((one) => (one.id === number.id ? number : one)) : [...numbers, number];
  });
}

/** Takes a number off the list. */
export function removeNumber(queryClient: QueryClient, id: string): void {
  queryClient.setQueryData<readonly WhatsAppNumber[]>(KEY, (numbers) => numbers?.filter((one) => one.id !== id));
}
