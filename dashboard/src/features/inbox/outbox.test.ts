import { describe, expect, it, vi } from 'vitest';

import { ApiError } from '@/api/problem';

import { messageOf } from './fixtures';
import { Outbox } from './outbox';

function setUp(send: (conversation: string, key: string, text: string) => Promise<ReturnType<typeof messageOf>>) {
  const sent = vi.fn(send);
  const taken: string[] = [];
  const outbox = new Outbox({ send: sent, ready: () => Promise.resolve(), onTaken: (_, message) => taken.push(message.text), now: () => 1_000, wait: () => Promise.resolve() });
  return { outbox, sent, taken };
}
const network = () => Promise.reject(new TypeError('network'));

describe('Outbox', () => {
  it('shows a reply at once and lets it go when the server has it', async () => {
    const { outbox, taken } = setUp((_, key, text) => Promise.resolve(messageOf(key, { text })));
    outbox.send('c1', 'hello');
    expect(outbox.pending('c1')).toMatchObject([{ text: 'hello', state: 'sending' }]);
    expect(outbox.hasUnsent).toBe(true);
    await vi.waitFor(() => expect(outbox.pending('c1')).toEqual([]));
    expect(taken).toEqual(['hello']);
    expect(outbox.hasUnsent).toBe(false);
  });

  it('tries again by itself, then by the person, always under the same key', async () => {
    const { outbox, sent, taken } = setUp(network);
    outbox.send('c1', 'hello');
    await vi.waitFor(() => expect(outbox.pending('c1')).toMatchObject([{ state: 'failed' }]));
    expect(sent).toHaveBeenCalledTimes(3);
    sent.mockImplementation((_, key, text) => Promise.resolve(messageOf(key, { text })));
    outbox.retry('c1', outbox.pending('c1')[0]!.key);
    await vi.waitFor(() => expect(taken).toEqual(['hello']));
    expect(new Set(sent.mock.calls.map(([, key]) => key)).size).toBe(1);
  });

  it('does not repeat what the server refused', async () => {
    const { outbox, sent } = setUp(() => Promise.reject(new ApiError(409, { code: 'window_closed' }, null)));
    outbox.send('c1', 'hello');
    await vi.waitFor(() => expect(outbox.pending('c1')).toMatchObject([{ state: 'failed' }]));
    expect(sent).toHaveBeenCalledTimes(1);
    outbox.networkBack();
    expect(outbox.pending('c1')).toMatchObject([{ state: 'failed' }]);
    outbox.discard('c1', outbox.pending('c1')[0]!.key);
    expect(outbox.pending('c1')).toEqual([]);
  });

  it('sends what failed for want of a network once it is back', async () => {
    const { outbox, sent, taken } = setUp(network);
    outbox.send('c1', 'hello');
    await vi.waitFor(() => expect(outbox.pending('c1')).toMatchObject([{ state: 'failed' }]));
    sent.mockImplementation((_, key, text) => Promise.resolve(messageOf(key, { text })));
    outbox.networkBack();
    await vi.waitFor(() => expect(taken).toEqual(['hello']));
  });

  it('keeps the order of one conversation, without holding up another', async () => {
    const finish: (() => void)[] = [];
    const { outbox, sent } = setUp((_, key, text) => new Promise((resolve) => finish.push(() => resolve(messageOf(key, { text })))));
    outbox.send('c1', 'first');
    outbox.send('c1', 'second');
    outbox.send('c2', 'other');
    await vi.waitFor(() => expect(sent).toHaveBeenCalledTimes(2));
    expect(sent.mock.calls.map(([, , text]) => text)).toEqual(['first', 'other']);
    finish[0]!();
    await vi.waitFor(() => expect(sent.mock.calls.map(([, , text]) => text)).toEqual(['first', 'other', 'second']));
  });
});
