import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import { json, renderWith } from '@/test-render';

import { OpenConversation } from '../compose/open-conversation';
import { messageOf } from '../fixtures';
import type { Message } from '../model';
import { MessageBubble } from './MessageBubble';

const NO_STAGES = messageOf('').stages;
const outbound = (more: Partial<Message>): Message =>
  messageOf('m1', { direction: 'outbound', author: { kind: 'agent', name: 'Priya Nair' }, state: 'sent', text: 'hello', ...more });

describe('MessageBubble', () => {
  it('tells states and their times', async () => {
    const stages = { ...NO_STAGES, queued_at: '2026-11-19T10:00:00Z', delivered_at: '2026-11-19T10:00:05Z' };
    renderWith(<MessageBubble message={outbound({ state: 'delivered', stages })} startsGroup />);
    const times = screen.getByRole('button', { name: 'Delivered, 15:30. Times of this message' });
    await userEvent.hover(times);
    const tip = await screen.findByRole('tooltip');
    expect(within(tip).getByText('Delivered')).toBeVisible();
    expect(within(tip).getAllByText('19 Nov 2026, 15:30')).toHaveLength(2);
    expect(within(tip).queryByText('Read')).toBeNull();
  });

  it('tells a failure with what to do about it', () => {
    renderWith(<MessageBubble message={outbound({ state: 'failed', failure: { code: '131049', title: 'Held back', details: 'Too many offers', advice: 'Wait a day.', send_again: false } })} startsGroup />);
    expect(screen.getByText('Held back')).toBeVisible();
    expect(screen.getByText('Wait a day.')).toBeVisible();
    expect(screen.getByText('Too many offers')).toBeVisible();
    expect(screen.getByText('Code 131049')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull();
  });

  it('offers to send again what may arrive the second time', async () => {
    const failure = { code: '131000', title: 'Something went wrong', details: null, advice: 'Send it again.', send_again: true };
    const sent: unknown[] = [];
    const open = { id: 'c1', mayWrite: true, write: () => undefined };
    renderWith(<OpenConversation value={open}><MessageBubble message={outbound({ state: 'failed', failure })} startsGroup /></OpenConversation>, {
      'POST /v1/conversations/c1/messages': async (request) => {
        sent.push(await request.json());
        return json(202, messageOf('m2'));
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Send again' }));
    expect(await screen.findByText('It has been sent again.')).toBeVisible();
    expect(sent).toEqual([{ again: { message: 'm1' } }]);
  });

  it('offers a template again outside of the window, and nothing else', async () => {
    const failure = { code: '131000', title: 'Something went wrong', details: null, advice: 'Send it again.', send_again: true };
    const open = { id: 'c1', mayWrite: false, write: () => undefined };
    const failed = outbound({ state: 'failed', failure });
    renderWith(<OpenConversation value={open}><MessageBubble message={failed} startsGroup /><MessageBubble message={{ ...failed, kind: 'template' }} startsGroup /></OpenConversation>);
    expect(await screen.findByRole('button', { name: 'Send again' })).toBeVisible();
    expect(screen.getAllByRole('button', { name: 'Send again' })).toHaveLength(1);
  });

  it('warns of a message that may have arrived twice', () => {
    renderWith(<MessageBubble message={outbound({ possibly_twice: true })} startsGroup />);
    expect(screen.getByText(/may have received this twice/)).toBeVisible();
  });

  it('shows what the customer can choose, as a list and not as buttons', () => {
    const options = [{ id: '1', title: 'Stock', description: 'How much is left' }, { id: '2', title: 'Price', description: null }];
    renderWith(<MessageBubble message={outbound({ kind: 'list', options, author: { kind: 'bot', name: 'Assistant' } })} startsGroup />);
    expect(within(screen.getByRole('list', { name: 'Rows the customer can choose' })).getAllByRole('listitem')).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Stock' })).toBeNull();
    expect(screen.getByText('Assistant')).toBeVisible();
  });

  it('says what kind of message it is', () => {
    renderWith(<MessageBubble message={messageOf('m1', { kind: 'image', text: 'Photo of a packet' })} startsGroup />);
    expect(screen.getByText('Photo')).toBeVisible();
  });

  it('formats the text and never makes HTML of it', () => {
    const { container } = renderWith(<MessageBubble message={messageOf('m1', { text: '*2 kg* <img src=x>' })} startsGroup />);
    expect(screen.getByText('2 kg').tagName).toBe('STRONG');
    expect(container.querySelector('img')).toBeNull();
  });
});
