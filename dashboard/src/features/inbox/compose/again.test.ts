import { describe, expect, it } from 'vitest';

import { messageOf, NOTHING_KNOWN } from '../fixtures';
import type { Message } from '../model';
import { againOf } from './again';

type Sent = NonNullable<Message['sent']>;
const sent = (more: Partial<Sent>): Sent => ({ header: null, footer: null, button: null, link: null, location: null, contacts: [], products: [], cards: [], order: null, ...more });
const failed = (more: Partial<Message>): Message => messageOf('m1', { direction: 'outbound', state: 'failed', ...more });
const file = (kind: Message['media'][number]['kind'], more: Partial<Message['media'][number]> = {}): Message['media'][number] => ({
  id: 'f1', kind, mime_type: 'image/png', filename: null, size: 1, voice: false, state: 'stored', reason: null, retry_at: null, may_retry: false, ...more,
});
const bodyOf = (message: Message): unknown => {
  const again = againOf(message);
  return again.way === 'same' ? again.body : again.way;
};

describe('sending again', () => {
  it('repeats words with what they answered', () => {
    const quoted = { key: 'm0', direction: 'inbound', kind: 'text', text: 'hi' } as const;
    expect(bodyOf(failed({ text: 'hello', quoted }))).toEqual({ text: 'hello', reply_to: 'm0' });
  });

  it('repeats files we keep and files at an address, and not what never arrived', () => {
    expect(bodyOf(failed({ kind: 'image', caption: 'new', media: [file('image')] }))).toEqual({ image: { media: 'f1', caption: 'new' } });
    expect(bodyOf(failed({ kind: 'document', text: 'a.pdf', media: [file('document', { filename: 'a.pdf' })] }))).toEqual({ document: { media: 'f1', filename: 'a.pdf' } });
    expect(bodyOf(failed({ kind: 'audio', media: [file('audio', { voice: true })] }))).toEqual({ audio: { media: 'f1', voice: true } });
    expect(bodyOf(failed({ kind: 'video', sent: sent({ link: 'https://a.in/a.mp4' }) }))).toEqual({ video: { link: 'https://a.in/a.mp4' } });
    expect(bodyOf(failed({ kind: 'sticker', media: [file('sticker', { state: 'expired' })] }))).toBe('none');
    expect(bodyOf(failed({ kind: 'image' }))).toBe('none');
  });

  it('repeats reactions and places', () => {
    const circumstances = { ...NOTHING_KNOWN, applied_to: 'm0' };
    expect(bodyOf(failed({ kind: 'reaction', text: '👍', circumstances }))).toEqual({ reaction: { message: 'm0', emoji: '👍' } });
    expect(bodyOf(failed({ kind: 'reaction', text: '', circumstances }))).toEqual({ reaction: { message: 'm0' } });
    const location = { latitude: '21.1467', longitude: '79.08', name: 'Shop', address: null };
    expect(bodyOf(failed({ kind: 'location', sent: sent({ location }) }))).toEqual({ location: { latitude: 21.1467, longitude: 79.08, name: 'Shop' } });
  });

  it('repeats buttons with the ids that come back, and a header that is a file', () => {
    const options = [{ id: 'yes', title: 'Yes', description: null }];
    expect(bodyOf(failed({ kind: 'buttons', text: 'Keep it?', options, sent: sent({ header: 'Order', footer: 'Shop' }) }))).toEqual({
      buttons: { body: 'Keep it?', buttons: [{ id: 'yes', title: 'Yes' }], header: { text: 'Order' }, footer: 'Shop' },
    });
    expect(bodyOf(failed({ kind: 'buttons', text: 'Keep it?', options, media: [file('image')], sent: sent({}) }))).toMatchObject({ buttons: { header: { image: { media: 'f1' } } } });
    // A file at an address: of which kind, nobody tells.
    expect(bodyOf(failed({ kind: 'buttons', text: 'Keep it?', options, sent: sent({ link: 'https://a.in/a' }) }))).toBe('none');
  });

  it('repeats links, requests, the catalogue, cards and the state of an order', () => {
    expect(bodyOf(failed({ kind: 'cta_url', text: 'See', sent: sent({ button: { title: 'Track', url: 'https://a.in' } }) }))).toEqual({ cta_url: { body: 'See', button: { title: 'Track', url: 'https://a.in' } } });
    expect(bodyOf(failed({ kind: 'location_request', text: 'Where?' }))).toEqual({ location_request: { body: 'Where?' } });
    expect(bodyOf(failed({ kind: 'catalog', text: 'All', sent: sent({ products: ['R-1'] }) }))).toEqual({ catalog: { body: 'All', thumbnail_product_id: 'R-1' } });
    const card = { image: 'https://a.in/a.jpg', video: null, text: 'Rice', button: null, options: [{ id: 'a', title: 'Want', description: null }] };
    expect(bodyOf(failed({ kind: 'media_carousel', text: 'Two', sent: sent({ cards: [card] }) }))).toEqual({
      media_carousel: { body: 'Two', cards: [{ image: 'https://a.in/a.jpg', body: 'Rice', buttons: [{ id: 'a', title: 'Want' }] }] },
    });
    const order = { reference_id: 'SK-1', status: 'shipped', description: null, lines: [], tax_paise: 0, shipping_paise: 0, discount_paise: 0, total_paise: null, payable_until: null };
    expect(bodyOf(failed({ kind: 'order_status', text: 'On its way', sent: sent({ order }) }))).toEqual({ order_status: { body: 'On its way', reference_id: 'SK-1', status: 'shipped' } });
  });

  it('has a list looked at, a template filled anew, and leaves alone what is not all told', () => {
    const options = [{ id: 'rice', title: 'Rice', description: 'Basmati' }];
    expect(againOf(failed({ kind: 'list', text: 'What?', options, sent: sent({ button: { title: 'See all', url: null } }) }))).toEqual({
      way: 'look', draft: { kind: 'list', header: '', body: 'What?', footer: '', opens: 'See all', choices: [{ id: 'rice', title: 'Rice', description: 'Basmati' }] },
    });
    expect(bodyOf(failed({ kind: 'template' }))).toBe('template');
    for (const kind of ['flow', 'product', 'product_list', 'order_details', 'contacts', 'voice_call', 'address'] as const) expect(bodyOf(failed({ kind, sent: sent({}) }))).toBe('none');
  });
});
