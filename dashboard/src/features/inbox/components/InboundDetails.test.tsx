import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { renderWith } from '@/test-render';

import { NOTHING_KNOWN, messageOf } from '../fixtures';
import type { Circumstances, Details } from '../inbound';
import type { Message } from '../model';
import { MessageBubble } from './MessageBubble';

const show = (kind: Message['kind'], details: Details | null, more: Partial<Circumstances> = {}, text = ''): void => {
  renderWith(<MessageBubble message={messageOf('m1', { kind, details, text, circumstances: { ...NOTHING_KNOWN, ...more } })} startsGroup />);
};

describe('what came in', () => {
  it('shows a place with a map', () => {
    show('location', { type: 'location', latitude: '18.5204', longitude: '73.8567', name: 'Shaniwar Wada', address: 'Pune 411030', url: null });
    expect(screen.getByText('Shaniwar Wada')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open the map' })).toHaveAttribute('href', expect.stringContaining('mlat=18.5204&mlon=73.8567'));
  });

  it('shows cards of people', () => {
    const card = {
      name: 'Ravi K', phones: [{ phone: '+91 98765 00002', kind: 'CELL', on_whatsapp: true }], emails: ['ravi@example.in'], work: 'Example LLP', addresses: [],
      urls: [], birthday: null,
    };
    show('contacts', { type: 'contacts', cards: [card], requested: true });
    for (const words of ['Ravi K', 'ravi@example.in', 'Example LLP', 'on WhatsApp', 'Shared because you asked for it']) expect(screen.getByText(words)).toBeVisible();
  });

  it('adds a cart up, and says when it cannot', () => {
    const line = { sku: 'SKU-77', quantity: 2, price_paise: 49950, price_as_written: null, total_paise: 99900 };
    show('order', { type: 'order', lines: [line], total_paise: 99900, unread_lines: 0 });
    expect(within(screen.getByRole('row', { name: /Total/ })).getByText('₹999.00')).toBeVisible();
    show('order', { type: 'order', lines: [{ ...line, price_paise: null, price_as_written: '4.99 USD', total_paise: null }], total_paise: null, unread_lines: 2 });
    expect(screen.getByText('4.99 USD')).toBeVisible();
    expect(screen.getByText('Cannot be added up')).toBeVisible();
    expect(screen.getByText('2 lines could not be read')).toBeVisible();
  });

  it('shows the answers of a form as a table, and as written when they do not read', () => {
    show('form_reply', { type: 'form_reply', form: 'flow', answers: [{ field: 'pincode', value: '411001' }], as_written: null });
    expect(within(screen.getByRole('row', { name: /pincode/ })).getByText('411001')).toBeVisible();
    show('form_reply', { type: 'form_reply', form: 'flow', answers: [], as_written: '{oops' });
    expect(screen.getByText('{oops')).toBeVisible();
  });

  it('says whether the customer may be called', () => {
    show('call_permission', { type: 'call_permission', accepted: true, permanent: false, until: '2026-11-19T10:00:00Z', automatic: false });
    expect(screen.getByText('The customer allows calls until 19 Nov 2026, 15:30.')).toBeVisible();
    show('call_permission', { type: 'call_permission', accepted: false, permanent: false, until: null, automatic: false });
    expect(screen.getByText('The customer does not want to be called.')).toBeVisible();
  });

  it('explains what WhatsApp does not pass on', () => {
    show('unsupported', { type: 'unsupported', name: 'poll' }, { problems: ['Message type unknown'] });
    expect(screen.getByText(/does not pass this on to businesses \(poll\)/)).toBeVisible();
    expect(screen.getByText('Message type unknown')).toBeVisible();
  });

  it('tells where a message came from, and makes no link of what is no web address', () => {
    const referral = { kind: 'ad', headline: '3 BHK in Pune', body: 'Site visit free', url: 'javascript:alert(1)' };
    show('text', null, { referral, forwarded: 'often', in_group: true }, 'I saw your ad');
    expect(screen.getByText('Came from an advertisement')).toBeVisible();
    expect(screen.getByText('Forwarded many times')).toBeVisible();
    expect(screen.getByText('Written in a group')).toBeVisible();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('puts a reaction on the message it is about', () => {
    show('text', null, { reaction: '👍' }, 'hello');
    expect(screen.getByRole('img', { name: 'Reacted 👍' })).toBeVisible();
  });

  it('shows what a deleted message said only to who asks', async () => {
    show('text', null, { revoked_at: '2026-11-19T10:00:00Z', words_before: 'my secret' });
    expect(screen.getByText('The customer deleted this message.')).toBeVisible();
    expect(screen.queryByText('my secret')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show what it said' }));
    expect(screen.getByText('my secret')).toBeVisible();
  });

  it('shows a changed message as it is now', () => {
    show('text', null, { edited_at: '2026-11-19T10:00:00Z', words_before: 'two packets' }, 'three packets');
    expect(screen.getByText('three packets')).toBeVisible();
    expect(screen.getByText('Changed by the customer.')).toBeVisible();
  });
});
