/** What customers send beside words: types of the API document, and how their facts are written. */
import type { components } from '@/api/schema';
import { intlLocale } from '@/lib/time';

import type { Message } from './model';

export type Details = components['schemas']['Details'];
export type Circumstances = components['schemas']['Circumstances'];

/** Where a place lies on a map. */
export function mapLink(latitude: string, longitude: string): string {
  return `https://www.openstreetmap.org/?mlat=${encodeURIComponent(latitude)}&mlon=${encodeURIComponent(longitude)}#map=16/${encodeURIComponent(latitude)}/${encodeURIComponent(longitude)}`;
}

/** A web address that may be opened; anything else is no link. */
export function safeLink(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

/** Paise as rupees, grouped as in India. */
export function rupees(paise: number, language: string): string {
  return new Intl.NumberFormat(intlLocale(language), { style: 'currency', currency: 'INR' }).format(paise / 100);
}

/** Whether a message only changes another one that is here, and so has no bubble of its own. */
export function isAbsorbed(message: Message): boolean {
  const changes = message.kind === 'reaction' || message.kind === 'edit' || message.kind === 'revoke';
  const isOurs = message.author.kind === 'agent' || message.author.kind === 'bot';
  return changes && !isOurs && message.circumstances.applied_to != null;
}
