/** The inbox's words: types of the API document, and the rules the screens share. */
import type { components } from '@/api/schema';

export type Conversation = components['schemas']['Conversation'];
export type ConversationStatus = components['schemas']['ConversationStatus'];
export type ConversationPage = components['schemas']['ConversationPage'];
export type Message = components['schemas']['Message'];
export type MessagePage = components['schemas']['MessagePage'];
export type MessageKind = components['schemas']['MessageKind'];
export type MessageState = components['schemas']['MessageState'];

export const STATUSES = ['open', 'pending', 'resolved', 'spam'] as const satisfies readonly ConversationStatus[];

/** WhatsApp's limit for a text message. */
export const TEXT_LIMIT = 4096;
/** WhatsApp's limit for the words under a file. */
export const CAPTION_LIMIT = 1024;

/** The status filter of an address; anything unknown is the open conversations. */
export function statusOf(value: unknown): ConversationStatus {
  return STATUSES.find((status) => status === value) ?? 'open';
}

/** Characters as WhatsApp and the server count them: code points, so that an emoji is one and not two. */
export function textLength(text: string): number {
  return Array.from(text).length;
}

export type ReplyWindow =
  | { readonly open: true; readonly leftMs: number; readonly hours: number; readonly minutes: number; readonly closingSoon: boolean }
  | { readonly open: false; readonly everOpen: boolean };

const MINUTE_MS = 60_000;
const CLOSING_SOON_MS = 2 * 60 * MINUTE_MS;

/** Whether a free reply is allowed now: WhatsApp permits it for 24 hours after the customer's last message. */
export function replyWindow(closesAt: string | null | undefined, now: number): ReplyWindow {
  if (closesAt == null) return { open: false, everOpen: false };
  const leftMs = Date.parse(closesAt) - now;
  if (leftMs <= 0) return { open: false, everOpen: true };
  // Rounded down: promising a minute that is not there would cost the reply.
  const minutesLeft = Math.floor(leftMs / MINUTE_MS);
  return { open: true, leftMs, hours: Math.floor(minutesLeft / 60), minutes: minutesLeft % 60, closingSoon: leftMs < CLOSING_SOON_MS };
}

/** The customer's first letters, for the avatar. Whole graphemes: half a Devanagari syllable is not a letter. */
export function initials(name: string): string {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return name
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word))
    .slice(0, 2)
    .map((word) => [...segmenter.segment(word)][0]?.segment ?? '')
    .join('')
    .toUpperCase();
}

/** One of the avatar's colours, always the same for the same contact. */
export function toneOf(id: string): number {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return hash % 6;
}
