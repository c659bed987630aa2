/** What can be answered and reacted to, and what the shop has put on which message. */
import type { Message, MessagePage } from '../model';

/** WhatsApp takes reactions to messages of the last 30 days. */
const REACTION_AGE_MS = 30 * 24 * 60 * 60_000;

/** The emoji offered first; any other can be typed as a reply. */
export const REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

/** Whether WhatsApp knows the message, so that another one can name it. */
export function isKnownToWhatsApp({ direction, state }: Message): boolean {
  if (direction === 'inbound') return true;
  return state === 'accepted' || state === 'sent' || state === 'delivered' || state === 'read';
}

/** Whether a reply can quote the message. */
export function mayQuote(message: Message): boolean {
  return message.kind !== 'reaction' && message.kind !== 'system' && isKnownToWhatsApp(message);
}

/** Whether the shop can put an emoji on the message. */
export function mayReact(message: Message, now: number): boolean {
  return mayQuote(message) && now - Date.parse(message.at) < REACTION_AGE_MS;
}

/** Whether it is a reaction of the shop that is shown on its message and needs no bubble. One that failed keeps its bubble. */
export function isOwnReaction(message: Message): boolean {
  return message.kind === 'reaction' && message.direction === 'outbound' && message.state !== 'failed' && message.circumstances.applied_to != null;
}

/** The shop's emoji by the key of the message it is on. Pages are newest first, so the first word counts. */
export function ownReactions(pages: readonly MessagePage[]): ReadonlyMap<string, string> {
  const seen = new Map<string, string>();
  for (const message of pages.flatMap((page) => page.items)) {
    const target = message.circumstances.applied_to;
    if (isOwnReaction(message) && target != null && !seen.has(target)) seen.set(target, message.text);
  }
  return new Map([...seen].filter(([, emoji]) => emoji !== ''));
}
