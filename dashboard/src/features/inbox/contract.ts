/** What may be sent to a customer and what the customer has agreed to: the calls, and the rules the screens share. */
import { queryOptions } from '@tanstack/react-query';

import { bodyOf, type Api } from '@/api/client';
import type { components } from '@/api/schema';

import type { Conversation } from './model';

export type Contract = components['schemas']['Contract'];
export type ConversationContract = components['schemas']['ConversationContract'];
export type Consent = components['schemas']['Consent'];
export type ConsentEntry = components['schemas']['ConsentEntry'];

export const contractKeys = {
  contract: (id: string) => ['contract', id] as const,
  consent: (contact: string) => ['consent', contact] as const,
};

/** What the send contract says to a conversation. Asked again when the customer writes, for that opens the window. */
export function contractQuery({ client }: Api, conversation: Conversation) {
  return queryOptions({
    queryKey: [...contractKeys.contract(conversation.id), conversation.last_inbound_at, conversation.marketing_opted_out] as const,
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET('/v1/conversations/{id}/contract', { params: { path: { id: conversation.id } }, signal })),
    // Prices and windows change slowly; when something is sent, the server asks again anyway.
    staleTime: 60_000,
    retry: false,
  });
}

/** What a customer has agreed to, with the newest entries of the ledger. */
export function consentQuery({ client }: Api, conversation: Conversation) {
  const contact = conversation.contact.id;
  return queryOptions({
    queryKey: [...contractKeys.consent(contact), conversation.last_inbound_at] as const,
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET('/v1/contacts/{id}/consent', { params: { path: { id: contact }, query: { limit: 20 } }, signal })),
    staleTime: 60_000,
    retry: false,
  });
}

/** Enters that a customer refuses promotions. The key is the client's: entering it again is the same entry. */
export async function recordOptOut({ client }: Api, conversation: Conversation, key: string): Promise<void> {
  await client.POST('/v1/contacts/{id}/consent', {
    params: { path: { id: conversation.contact.id }, header: { 'Idempotency-Key': key } },
    body: { change: 'opt_out', conversation: conversation.id },
  });
}

/** An amount in paise, as money: `₹0.12`. */
export function rupees(paise: number, language: string): string {
  return new Intl.NumberFormat(`${language}-IN-u-nu-latn`, { style: 'currency', currency: 'INR' }).format(paise / 100);
}
