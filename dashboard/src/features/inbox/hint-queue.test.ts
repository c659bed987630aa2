import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { HintQueue } from './hint-queue';

function setUp() {
  const world = { sending: false };
  const actions = {
    refreshConversation: vi.fn(() => Promise.resolve()), refreshMessages: vi.fn(() => Promise.resolve()),
    refreshLists: vi.fn(() => Promise.resolve()), mustWait: () => world.sending,
  };
  return { queue: new HintQueue(actions), actions, world };
}
const conversation = (id: string) => ({ type: 'conversation.changed', conversation: id }) as const;
const message = (id: string, key: string) => ({ type: 'message.changed', conversation: id, message: key }) as const;

describe('HintQueue', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('reads once for a burst', async () => {
    const { queue, actions } = setUp();
    for (let repeat = 0; repeat < 20; repeat += 1) queue.add(conversation('c1'));
    queue.add(message('c1', 'm1'));
    queue.add(message('c1', 'm2'));
    await vi.advanceTimersByTimeAsync(100);
    expect(actions.refreshConversation.mock.calls).toEqual([['c1']]);
    expect(actions.refreshMessages.mock.calls).toEqual([['c1', ['m1', 'm2']]]);
  });

  it('reads the lists instead of very many conversations', async () => {
    const { queue, actions } = setUp();
    for (let index = 0; index < 11; index += 1) queue.add(conversation(`c${index}`));
    await vi.advanceTimersByTimeAsync(100);
    expect(actions.refreshLists).toHaveBeenCalledTimes(1);
    expect(actions.refreshConversation).not.toHaveBeenCalled();
  });

  it('lets a thread wait while a reply is on its way, and reads it afterwards', async () => {
    const { queue, actions, world } = setUp();
    world.sending = true;
    queue.add(message('c1', 'm1'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(actions.refreshMessages).not.toHaveBeenCalled();
    world.sending = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(actions.refreshMessages.mock.calls).toEqual([['c1', ['m1']]]);
  });

  it('goes on after a call that failed', async () => {
    const { queue, actions } = setUp();
    actions.refreshConversation.mockRejectedValueOnce(new Error('away'));
    queue.add(conversation('c1'));
    await vi.advanceTimersByTimeAsync(100);
    queue.add(conversation('c2'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(actions.refreshConversation.mock.calls).toEqual([['c1'], ['c2']]);
  });
});
