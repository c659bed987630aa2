/** Made-up conversations and messages for tests. */
import { Uploads, type UploadsOptions } from './media/uploads';
import type { Conversation, Message } from './model';

export function conversationOf(more: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1', number: { id: '1', display_phone: '918047000123' }, contact: { id: 'k1', name: 'Asha Verma', phone: '919876500001' }, status: 'open',
    assignee: null, last_message: { preview: 'hello', kind: 'text', direction: 'inbound', at: '2026-11-19T10:00:00Z', failure_code: null }, last_inbound_at: '2026-11-19T10:00:00Z',
    read_up_to: null, unread: false, window_closes_at: null, lane: 1, marketing_opted_out: false, ...more,
  };
}

/** What is known of most messages beside what they say. */
export const NOTHING_KNOWN: Message['circumstances'] = {
  forwarded: null, product: null, referral: null, in_group: false, problems: [], reaction: null, edited_at: null, words_before: null, revoked_at: null,
  applied_to: null, history: false,
};

export function messageOf(key: string, more: Partial<Message> = {}): Message {
  return {
    key, direction: 'inbound', at: '2026-11-19T10:00:00Z', lane: 1, kind: 'text', text: key, caption: null, options: [], media: [], author: { kind: 'contact', name: 'Asha Verma' },
    state: 'received', stages: { queued_at: null, accepted_at: null, sent_at: null, delivered_at: null, read_at: null, failed_at: null },
    waits: null, pricing: null, failure: null, possibly_twice: false, details: null, circumstances: NOTHING_KNOWN, quoted: null, contract: null, sent: null, ...more,
  };
}

/** Files that arrive at once, unless a test says otherwise. */
export function uploadsOf(more: Partial<UploadsOptions> = {}): Uploads {
  return new Uploads({
    send: () => Promise.resolve(), now: () => Date.now(), wait: () => Promise.resolve(), preview: () => 'blob:preview', forgetPreview: () => undefined, ...more,
  });
}
