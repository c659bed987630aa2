// A conversation with a message of every kind, in the shapes of the API document.
import { fileOf } from './media.mjs';

const MINUTE = 60_000;
const NOTHING_SENT = { header: null, footer: null, button: null, link: null, location: null, contacts: [], products: [], cards: [], order: null };
const AGENT = { kind: 'agent', name: 'Priya Nair' };
const option = (id, title, description = null) => ({ id, title, description });

/** What a sent message is made of beside its words. */
export const sent = (more) => ({ ...NOTHING_SENT, ...more });

const FAILED = { code: '131000', title: 'Something went wrong', details: null, advice: 'WhatsApp had a problem of its own. Send it once more.', send_again: true };

const ORDER = {
  reference_id: 'SK-41', status: null, description: null, lines: [{ name: 'Basmati rice 5 kg', quantity: 2, amount_paise: 62_500 }], tax_paise: 6_250,
  shipping_paise: 3_000, discount_paise: 5_000, total_paise: 129_250, payable_until: null,
};

/** What customers send: [kind, text, more]. */
const INBOUND = [
  ['location', 'Gandhi Chowk, Nagpur', { details: { type: 'location', latitude: '21.1458', longitude: '79.0882', name: 'Gandhi Chowk', address: 'Nagpur 440002', url: null } }],
  ['contacts', 'Ramesh Patil', { details: { type: 'contacts', requested: false, cards: [{ name: 'Ramesh Patil', work: 'Patil Transport', phones: [{ phone: '+91 98765 11111', on_whatsapp: true }], emails: ['ramesh@patil.example'], addresses: ['12 MG Road, Nagpur'], urls: [], birthday: '1980-04-01' }] } }],
  ['sticker', '', { media: [fileOf('sticker')] }],
  ['document', 'order-list.pdf', { media: [fileOf('document', { filename: 'order-list.pdf' })] }],
  ['reaction', '👍', { details: { type: 'reaction', emoji: '👍' } }],
  ['order', 'Please send this', { details: { type: 'order', total_paise: 21_400, unread_lines: 1, lines: [{ sku: 'BIS-PRG-80', quantity: 12, unit_paise: 1_000, total_paise: 12_000, price_as_written: null }, { sku: 'SUG-LS', quantity: 2, unit_paise: 4_700, total_paise: 9_400, price_as_written: null }] } }],
  ['button_reply', 'Yes, 5 packets', {}],
  ['list_reply', 'Price', { details: { type: 'list_reply', description: 'What it costs today' } }],
  ['form_reply', '', { details: { type: 'form_reply', form: 'address', as_written: null, answers: [{ field: 'name', value: 'Imran Sheikh' }, { field: 'in_pin_code', value: '440002' }, { field: 'landmark_area', value: null }] } }],
  ['call_permission', '', { details: { type: 'call_permission', accepted: true, permanent: false, until: new Date(Date.now() + 86_400_000).toISOString(), automatic: false } }],
  ['system', 'Imran changed from +91 98765 00004 to +91 98765 00044', { details: { type: 'system', change: 'number', phone: '+919876500044' } }],
  ['welcome', '', {}],
  ['unsupported', '', { details: { type: 'unsupported', name: 'poll' } }],
  ['unknown', '', { details: { type: 'unsupported', name: null } }],
];

/** What the shop sends. */
const OUTBOUND = [
  ['location', 'Sharma Kirana, Main Road', { sent: sent({ location: { latitude: '21.1467', longitude: '79.0806', name: 'Sharma Kirana', address: 'Main Road' } }) }],
  ['contacts', 'Delivery desk', { sent: sent({ contacts: [{ name: 'Delivery desk', phones: ['+91 80470 00130'] }] }) }],
  ['buttons', 'Shall we send it?', { options: [option('yes', 'Yes'), option('no', 'No')], sent: sent({ header: 'Your order', footer: 'Sharma Kirana' }) }],
  ['list', 'What may it be?', { options: [option('rice', 'Rice', 'Basmati and Sona Masoori'), option('oil', 'Oil')], sent: sent({ button: { title: 'See all', url: null } }) }],
  ['cta_url', 'See where your order is.', { sent: sent({ button: { title: 'Track it', url: 'https://sharma.example/o/41' } }) }],
  ['flow', 'Tell us how it was.', { sent: sent({ button: { title: 'Tell us', url: null } }) }],
  ['location_request', 'Where shall we bring it?', {}],
  ['contact_info_request', 'May we have your number?', {}],
  ['call_permission_request', 'May we call you about it?', {}],
  ['voice_call', 'Or call us.', { sent: sent({ button: { title: 'Call now', url: null } }) }],
  ['address', 'Where shall we bring it?', {}],
  ['product', 'New in the shop', { sent: sent({ products: ['RIC-BAS-25'] }) }],
  ['product_list', 'All sweets', { sent: sent({ header: 'Sweets', products: ['SWT-01', 'SWT-02'] }) }],
  ['catalog', 'All we have', { sent: sent({ products: ['RIC-BAS-25'] }) }],
  ['media_carousel', 'Two new things', { sent: sent({ cards: ['Rice', 'Oil'].map((words) => ({ image: `https://sharma.example/${words}.jpg`, video: null, text: words, button: { title: 'Order', url: 'https://sharma.example' }, options: [] })) }) }],
  ['product_carousel', 'Side by side', { sent: sent({ products: ['RIC-BAS-25', 'OIL-FOR-1'] }) }],
  ['order_details', 'Please pay here. (₹1,292.50)', { sent: sent({ order: ORDER }) }],
  ['order_status', 'It is on its way.', { sent: sent({ order: { ...ORDER, status: 'shipped', description: 'With Ramesh', lines: [], total_paise: null } }) }],
  ['template', 'Namaste Imran, your order 41 is packed.', { options: [{ id: 'url', title: 'Track it', description: 'https://sharma.example/o/41' }], sent: sent({ footer: 'Sharma Kirana' }) }],
];

/** What can be sent once more: files, places, choices, lists, forms and templates. */
const FAILURES = [
  ['image', 'The new packet', { caption: 'The new packet', media: [fileOf('image')] }],
  ['buttons', 'Shall we keep it?', { options: [option('yes', 'Yes'), option('no', 'No')], sent: sent({ footer: 'Sharma Kirana' }) }],
  ['list', 'What shall we keep?', { options: [option('rice', 'Rice', '5 kg'), option('oil', 'Oil')], sent: sent({ button: { title: 'See all', url: null } }) }],
  ['location', 'Sharma Kirana, Main Road', { sent: sent({ location: { latitude: '21.1467', longitude: '79.0806', name: 'Sharma Kirana', address: 'Main Road' } }) }],
  ['flow', 'Tell us what was missing.', { sent: sent({ button: { title: 'Tell us', url: null } }) }],
  ['template', 'Namaste Imran, your order 42 is packed.', { sent: sent({}) }],
];

/** Makes the conversation. `message` writes one, as the shop's other conversations are written. */
export function everyKind(message, now, name) {
  const start = now - (INBOUND.length + OUTBOUND.length + FAILURES.length + 3) * MINUTE;
  let at = start;
  const next = () => (at += MINUTE);
  const failed = { state: 'failed', failure: FAILED };
  return [
    ...INBOUND.map(([kind, words, more]) => message('inbound', next(), words, { name, kind, ...more })),
    ...OUTBOUND.map(([kind, words, more]) => message('outbound', next(), words, { kind, author: AGENT, ...more })),
    ...FAILURES.map(([kind, words, more]) => message('outbound', next(), words, { kind, author: AGENT, ...failed, ...more })),
    message('inbound', next(), 'That was everything', { name }),
  ];
}

/** Kinds whose part has a `body`, with the kind's own things. */
const FRAMED = ['buttons', 'list', 'cta_url', 'flow', 'location_request', 'contact_info_request', 'call_permission_request', 'voice_call', 'address', 'product', 'product_list', 'catalog', 'media_carousel', 'product_carousel', 'order_details', 'order_status'];
const FILES = ['image', 'video', 'audio', 'document', 'sticker'];

/** What a request to send says, as the message it makes; `shown` tells how a template reads. */
export function contentOf(body, files, shown) {
  const kind = Object.keys(body).find((name) => name !== 'reply_to' && name !== 'link_preview') ?? 'text';
  const part = body[kind];
  if (kind === 'text') return { kind, text: part };
  if (FILES.includes(kind)) return { kind, text: part.caption ?? '', caption: part.caption ?? null, media: part.media ? [files.find(part.media) ?? fileOf(kind, { id: part.media })] : [], sent: part.link ? sent({ link: part.link }) : null };
  if (kind === 'template') {
    const read = shown(part);
    const options = (read?.buttons ?? []).map((button) => option(button.kind, button.text, button.value));
    return { kind, text: read?.body ?? '', options, sent: sent({ header: read?.header?.text ?? null, footer: read?.footer ?? null }) };
  }
  if (kind === 'reaction') return { kind, text: part.emoji ?? '', target: part.message };
  if (kind === 'location') return { kind, text: [part.name, part.address].filter(Boolean).join(', '), sent: sent({ location: { ...part, latitude: String(part.latitude), longitude: String(part.longitude) } }) };
  if (!FRAMED.includes(kind)) return { kind, text: '' };
  const options = part.buttons ?? part.sections?.flatMap((section) => section.rows ?? []) ?? [];
  const button = typeof part.button === 'string' ? { title: part.button, url: null } : (part.button ?? null);
  const header = typeof part.header === 'string' ? part.header : (part.header?.text ?? null);
  return { kind, text: part.body ?? '', options: options.map(({ id, title, description }) => option(id, title, description ?? null)), sent: sent({ header, footer: part.footer ?? null, button }) };
}
