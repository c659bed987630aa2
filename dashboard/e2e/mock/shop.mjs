// The shop the mock server plays: conversations and messages in memory, made from numbers so that every run is alike.
import { randomUUID } from 'node:crypto';

import { contentOf, everyKind } from './kinds.mjs';
import { fileOf } from './media.mjs';

/** What is known of most messages beside what they say. */
const NOTHING_KNOWN = {
  forwarded: null, product: null, referral: null, in_group: false, problems: [], reaction: null, edited_at: null, words_before: null, revoked_at: null,
  applied_to: null, history: false,
};

const NAMES = ['Asha Verma', 'Ravi Kumar', 'सुनीता देशपांडे', 'Imran Sheikh', 'Kavya Iyer', 'Harpreet Singh', 'Meena Joshi', 'Farhan Ali', 'Lakshmi Nair', 'Deepak Yadav'];
const LINES = [
  'kitna stock hai Parle-G ka', 'चीनी का भाव?', '*2 kg* sugar and _1 litre_ oil please', 'Is delivery free today?', 'Thank you! 🙏',
  'Please send the bill for yesterday, I need it for my accounts. Also tell me when the Basmati is back.', 'ok', 'price of surf excel',
];
const SHOWCASE_LAST = 'Haan, चीनी का भाव?';
const ANSWERS = [
  'Parle-G 80 g: *112 packets* in stock, ₹10 each.', 'चीनी (1 kg): ₹46, 58 kg उपलब्ध।', 'Noted. Anything else?', 'Free above ₹500, otherwise ₹30.', 'Surf Excel 1 kg: ₹142',
];
const STATUS_OF = (index) => (index % 11 === 7 ? 'resolved' : index % 13 === 5 ? 'pending' : 'open');
export const NUMBER = { id: '210000000000009', display_phone: '918047000123' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NO_STAGES = { queued_at: null, accepted_at: null, sent_at: null, delivered_at: null, read_at: null, failed_at: null };
const iso = (at) => new Date(at).toISOString();
const pad = (number) => String(number).padStart(5, '0');

function message(direction, at, text, more = {}) {
  const outbound = direction === 'outbound';
  const stages = outbound ? { ...NO_STAGES, queued_at: iso(at), accepted_at: iso(at + 400), sent_at: iso(at + 900), delivered_at: iso(at + 1500), read_at: iso(at + 60_000) } : NO_STAGES;
  const author = outbound ? { kind: 'bot', name: 'Assistant' } : { kind: 'contact', name: more.name ?? '' };
  const base = { key: `M#${iso(at)}#${randomUUID().slice(0, 8)}`, direction, at: iso(at), lane: 0, kind: 'text', text, caption: null, options: [], media: [], author, state: outbound ? 'read' : 'received', stages, waits: null, pricing: null, failure: null, possibly_twice: false, details: null, circumstances: NOTHING_KNOWN, quoted: null, contract: null, sent: null };
  const { name: _name, ...rest } = more;
  return { ...base, ...rest };
}

/** The first conversation shows every kind of bubble. */
function showcase(now, name) {
  const agent = { kind: 'agent', name: 'Priya Nair' };
  const list = [
    { id: 'stock', title: 'Stock', description: 'How much is left' }, { id: 'price', title: 'Price', description: 'What it costs today' }, { id: 'order', title: 'Order', description: null },
  ];
  return [
    message('inbound', now - 26 * HOUR, 'Namaste', { name }),
    message('outbound', now - 26 * HOUR + 2000, 'Namaste Asha ji! How can we help you?', { kind: 'list', options: list }),
    message('inbound', now - 26 * HOUR + 60_000, 'Stock', { name, kind: 'list_reply' }),
    message('outbound', now - 26 * HOUR + 62_000, 'Which article?'),
    message('inbound', now - 3 * HOUR, 'Photo of the old packet', { name, kind: 'image', caption: 'Photo of the old packet', media: [fileOf('image')] }),
    message('inbound', now - 3 * HOUR + 5_000, '', { name, kind: 'audio', media: [fileOf('audio')] }),
    message('inbound', now - 3 * HOUR + 6_000, 'old-bill.pdf', { name, kind: 'document', media: [fileOf('document', { filename: 'old-bill.pdf' })] }),
    message('inbound', now - 3 * HOUR + 7_000, '', { name, kind: 'video', media: [fileOf('video', { state: 'pending', size: null, reason: 'unreachable', retry_at: iso(now + 300_000), may_retry: true })] }),
    message('inbound', now - 3 * HOUR + 8_000, '', { name, kind: 'image', media: [fileOf('image', { state: 'expired', size: null, reason: 'expired' })] }),
    message('inbound', now - 3 * HOUR + 20_000, 'kitna stock hai *Parle-G* ka? See https://parle.example/g', { name }),
    message('outbound', now - 3 * HOUR + 22_000, 'Parle-G 80 g: *112 packets*, ₹10 each. Shall we keep some for you?', { kind: 'buttons', options: [{ id: 'yes', title: 'Yes, 5 packets', description: null }, { id: 'no', title: 'No, thanks', description: null }] }),
    message('inbound', now - 3 * HOUR + 90_000, 'Yes, 5 packets', { name, kind: 'button_reply' }),
    message('outbound', now - 2 * HOUR, 'Your packets are at the counter. ```Token 41```', { author: agent, state: 'delivered' }),
    message('outbound', now - HOUR, 'New: Diwali offers!', {
      author: agent, state: 'failed', stages: { ...NO_STAGES, queued_at: iso(now - HOUR), failed_at: iso(now - HOUR + 3000) },
      failure: { code: '131049', title: 'WhatsApp held this message back', details: null, send_again: false, advice: 'The customer has received enough marketing messages for now. Wait a day, or write without an offer.' },
    }),
    message('outbound', now - 50 * MINUTE, 'Anything else for today?', { author: agent, possibly_twice: true, state: 'sent' }),
    message('inbound', now - 4 * MINUTE, SHOWCASE_LAST, { name }),
  ];
}

/** Imran's conversation has a message of every kind; Kavya has not written for more than a day. */
const EVERY_KIND = 3;
const SILENT = 4;

function thread(index, now, lastAt) {
  if (index === EVERY_KIND) return everyKind(message, now, nameOf(index));
  const count = index === 1 ? 400 : 6 + (index % 5);
  return Array.from({ length: count }, (_, position) => {
    const at = lastAt - (count - 1 - position) * 7 * MINUTE;
    const inbound = (count - position) % 2 === 1;
    return inbound ? message('inbound', at, LINES[(index + position) % LINES.length], { name: nameOf(index) }) : message('outbound', at, ANSWERS[(index + position) % ANSWERS.length]);
  });
}

function nameOf(index) {
  const name = NAMES[index % NAMES.length];
  return index < NAMES.length ? name : `${name} ${Math.floor(index / NAMES.length) + 1}`;
}

/** Makes a shop with `count` conversations. */
export function newShop(count, now = Date.now()) {
  const conversations = new Map();
  const threads = new Map();
  for (let index = 0; index < count; index += 1) {
    const id = `conversation-${pad(index)}`;
    const lastAt = index === SILENT ? now - 26 * HOUR : now - (index === 0 ? 4 : 11 * index + (index % 7) * 3 + (index > 20 ? 29 * index : 0)) * MINUTE;
    const phone = index === 6 ? null : `9198765${pad(index + 1)}`;
    const contact = { id: `contact-${index}`, name: nameOf(index), phone };
    conversations.set(id, {
      id, number: NUMBER, contact, status: STATUS_OF(index), assignee: index % 3 === 0 ? { id: 'priya', name: 'Priya Nair' } : null,
      last_message: { preview: index === 0 ? SHOWCASE_LAST : LINES[index % LINES.length], kind: 'text', direction: 'inbound', at: iso(lastAt), failure_code: null },
      last_inbound_at: iso(lastAt), read_up_to: null, unread: index < 4 && index !== 1, window_closes_at: iso(lastAt + 24 * HOUR), lane: 1, marketing_opted_out: index % 9 === 2,
    });
  }
  const shop = {
    conversations,
    messages(id) {
      if (!threads.has(id)) {
        const conversation = conversations.get(id);
        const index = Number(id.slice(-5));
        threads.set(id, index === 0 ? showcase(now, conversation.contact.name) : thread(index, now, Date.parse(conversation.last_message.at)));
      }
      return threads.get(id);
    },
    /** What customers have said about promotions, by contact. */
    consent: new Map(),
    list(status) {
      return [...conversations.values()].filter((one) => one.status === status).toSorted((a, b) => b.last_message.at.localeCompare(a.last_message.at));
    },
    add(id, added) {
      shop.messages(id).push(added);
      const conversation = conversations.get(id);
      conversation.last_message = { preview: added.text, kind: added.kind, direction: added.direction, at: added.at, failure_code: null };
      if (added.direction === 'inbound') Object.assign(conversation, { last_inbound_at: added.at, unread: true, status: 'open', window_closes_at: iso(Date.parse(added.at) + 24 * HOUR) });
    },
    /** A customer's message, as the simulator's webhook value carries it. */
    receive(value) {
      const [incoming] = value.messages;
      const phone = incoming.from;
      let conversation = [...conversations.values()].find((one) => one.contact.phone === phone);
      if (!conversation) {
        const id = `conversation-${pad(conversations.size)}`;
        conversation = { ...conversations.get('conversation-00000'), id, contact: { id: `contact-${id}`, name: value.contacts?.[0]?.profile?.name ?? phone, phone }, status: 'open' };
        conversations.set(id, conversation);
        threads.set(id, []);
      }
      const added = message('inbound', Date.now(), incoming.text.body, { name: conversation.contact.name });
      shop.add(conversation.id, added);
      return { id: conversation.id, added };
    },
    /** An agent's reply, on its way. */
    reply(id, body, files, shown) {
      const at = Date.now();
      const earlier = body.again ? shop.messages(id).find((one) => one.key === body.again.message) : null;
      const { text, target, ...carried } = earlier ? { kind: earlier.kind, text: earlier.text, options: earlier.options, media: earlier.media, sent: earlier.sent } : contentOf(body, files, shown);
      const answered = body.reply_to === undefined ? null : shop.messages(id).find((one) => one.key === body.reply_to);
      const quoted = answered ? { key: answered.key, direction: answered.direction, kind: answered.kind, text: answered.text.slice(0, 80) } : null;
      const circumstances = { ...NOTHING_KNOWN, applied_to: target ?? null };
      const added = message('outbound', at, text, { ...carried, quoted, circumstances, author: { kind: 'agent', name: 'Priya Nair' }, state: 'queued', stages: { ...NO_STAGES, queued_at: iso(at) } });
      shop.add(id, added);
      return added;
    },
  };
  return shop;
}
