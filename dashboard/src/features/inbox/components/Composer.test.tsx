import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { describe, expect, it, vi } from 'vitest';

import { json, renderWith, type Answers } from '@/test-render';

import { Quotes } from '../compose/quotes';
import { InboxContext } from '../context';
import { conversationOf, messageOf, uploadsOf } from '../fixtures';
import { Outbox } from '../outbox';
import { Composer } from './Composer';

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000 + 30_000).toISOString();

const listPrice = { basis: 'at_most', paise: 12, micro_rupees: 115_000, free_because: null };
const verdict = (decision: string, reason: string, cost: object) => ({ decision, reason, detail: reason, until: null, category: 'service', cost });
const contract = (decision: string, reason: string, cost: object = listPrice): Answers => ({
  'GET /v1/conversations/c1/contract': () => json(200, { own_words: verdict(decision, reason, cost), templates: [], free_service_messages_left: 12 }),
});

function setUp(windowClosesAt: string | null, drafts = new Map<string, string>(), answers: Answers = {}) {
  const send = vi.fn((_: string, key: string, text: string) => Promise.resolve(messageOf(key, { text })));
  const outbox = new Outbox({ send, ready: () => Promise.resolve(), onTaken: () => undefined, now: () => Date.now(), wait: () => Promise.resolve() });
  const quotes = new Quotes();
  const show = () =>
    renderWith(
      <InboxContext.Provider value={{ outbox, drafts, quotes, uploads: uploadsOf(), files: new Map() }}>
        <Composer conversation={conversationOf({ window_closes_at: windowClosesAt })} input={createRef()} />
      </InboxContext.Provider>,
      answers,
    );
  return { ...show(), show, send, quotes, sent: () => send.mock.calls.map(([, , text]) => text) };
}
const box = (): HTMLElement => screen.getByRole('textbox', { name: 'Reply to Asha Verma' });

describe('Composer', () => {
  it('sends by Enter and by Ctrl+Enter, and starts a line by Shift+Enter', async () => {
    const user = userEvent.setup();
    const { sent } = setUp(inHours(5));
    await user.type(box(), 'one{Shift>}{Enter}{/Shift}two{Enter}');
    await user.type(box(), 'three{Control>}{Enter}{/Control}');
    await vi.waitFor(() => expect(sent()).toEqual(['one\ntwo', 'three']));
    expect(box()).toHaveValue('');
  });

  it('does not send while a word is being composed', () => {
    const { send } = setUp(inHours(5));
    fireEvent.change(box(), { target: { value: 'चीनी' } });
    fireEvent.keyDown(box(), { key: 'Enter', code: 'Enter', isComposing: true });
    expect(send).not.toHaveBeenCalled();
  });

  it('does not send blanks', async () => {
    const { send } = setUp(inHours(5));
    await userEvent.type(box(), '   {Enter}');
    expect(send).not.toHaveBeenCalled();
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
  });

  it('counts to the limit and refuses what is longer', () => {
    const { send } = setUp(inHours(5));
    fireEvent.change(box(), { target: { value: 'x'.repeat(4095) } });
    expect(screen.getByText('1 character left')).toBeVisible();
    fireEvent.change(box(), { target: { value: 'x'.repeat(4098) } });
    expect(screen.getByText('2 characters too many. WhatsApp takes at most 4096.')).toBeVisible();
    fireEvent.keyDown(box(), { key: 'Enter', code: 'Enter' });
    expect(send).not.toHaveBeenCalled();
  });

  it('shows how long replies are free, and warns near the end', () => {
    const { unmount } = setUp(inHours(5));
    expect(screen.getByText('You can reply for another 5 h 0 min')).toBeVisible();
    unmount();
    setUp(inHours(1));
    expect(screen.getByText('Closes in 1 h 0 min: answer now')).toBeVisible();
  });

  it('explains a closed window instead of a box', () => {
    setUp(inHours(-1));
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.getByText('The 24-hour window is closed')).toBeVisible();
    expect(screen.getByText(/As soon as Asha Verma writes again/)).toBeVisible();
  });

  it('tells what a reply costs before it is sent', async () => {
    setUp(inHours(5), undefined, contract('allow', 'window_open'));
    expect(await screen.findByText(/Costs up to ₹\s?0\.12/)).toBeVisible();
  });

  it('says that it only estimates what is free', async () => {
    setUp(inHours(5), undefined, contract('allow', 'window_open', { ...listPrice, basis: 'estimated' }));
    expect(await screen.findByText(/Probably ₹\s?0\.12/)).toBeVisible();
  });

  it('says that a reply is probably free', async () => {
    const free = { basis: 'estimated', paise: 0, micro_rupees: 0, free_because: 'monthly_allowance' };
    setUp(inHours(5), undefined, contract('allow', 'window_open', free));
    expect(await screen.findByText('Probably free')).toBeVisible();
  });

  it('is locked with the reason when the number cannot send', async () => {
    setUp(inHours(5), undefined, contract('deny', 'number_stopped'));
    expect(await screen.findByText('This number has been stopped. The owner can connect it again.')).toBeVisible();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('keeps an unfinished text when another conversation is opened in between', async () => {
    const { unmount, show } = setUp(inHours(5));
    await userEvent.type(box(), 'not yet');
    unmount();
    show();
    expect(box()).toHaveValue('not yet');
  });

  it('quotes a message until it is let go of or the reply leaves', async () => {
    const user = userEvent.setup();
    const { quotes, sent, send } = setUp(inHours(5));
    act(() => quotes.set('c1', messageOf('m1', { text: 'sugar price?' })));
    expect(screen.getByText('Reply to Asha Verma', { selector: 'strong' })).toBeVisible();
    await user.type(box(), 'Ji{Escape}');
    expect(screen.queryByText('sugar price?')).toBeNull();
    act(() => quotes.set('c1', messageOf('m1', { text: 'sugar price?' })));
    await user.type(box(), ' haan{Enter}');
    expect(sent()).toEqual(['Ji haan']);
    expect(quotes.answeredBy(send.mock.calls[0]?.[1] ?? '')).toBe('m1');
    expect(screen.queryByText('sugar price?')).toBeNull();
  });
});
