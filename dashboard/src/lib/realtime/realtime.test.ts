import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { parseHint, Realtime, saysEverything, type Hint, type Socket } from './realtime';

class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];
  closed = false;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closed = true;
  }
}

const MINUTE = 60_000;

function setUp() {
  const sockets: FakeSocket[] = [];
  const hints: Hint[] = [];
  const world = { online: true, ticket: () => Promise.resolve('wss://live.example?ticket=1'), resyncs: 0 };
  const realtime = new Realtime({
    address: () => world.ticket(),
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    onHint: (hint) => hints.push(hint),
    onResync: () => {
      world.resyncs += 1;
    },
    online: () => world.online,
    random: () => 0.5,
  });
  const newest = (): FakeSocket => sockets[sockets.length - 1]!;
  const goLive = async (): Promise<void> => {
    realtime.start();
    await vi.advanceTimersByTimeAsync(0);
    newest().onopen?.();
  };
  return { realtime, sockets, hints, world, newest, goLive };
}

describe('Realtime', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('connects and hands hints on', async () => {
    const { realtime, hints, newest, goLive, world } = setUp();
    await goLive();
    expect(realtime.snapshot()).toBe('live');
    newest().onmessage?.({ data: '{"type":"conversation.changed","conversation":"c1","lane":1,"at":"2026-11-19T10:00:00Z"}' });
    expect(hints).toEqual([{ type: 'conversation.changed', conversation: 'c1' }]);
    expect(world.resyncs).toBe(0);
  });

  it('pings every five minutes and gives a silent connection up', async () => {
    const { realtime, sockets, newest, goLive } = setUp();
    await goLive();
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(newest().sent).toEqual(['{"action":"ping"}']);
    newest().onmessage?.({ data: '{"type":"pong"}' });
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(realtime.snapshot()).toBe('waiting');
    expect(sockets[0]!.closed).toBe(true);
  });

  it('waits longer after every failure, with jitter, and resyncs when it is back', async () => {
    const { realtime, world, newest, sockets, goLive } = setUp();
    await goLive();
    const ticket = vi.fn(() => Promise.reject(new Error('away')));
    world.ticket = ticket;
    newest().onclose?.();
    expect(realtime.snapshot()).toBe('waiting');
    // A random number of one half lands at three quarters of 1, 2 and 4 seconds.
    for (const [waitMs, calls] of [[749, 0], [1, 1], [1_499, 1], [1, 2], [2_999, 2], [1, 3]] as const) {
      await vi.advanceTimersByTimeAsync(waitMs);
      expect(ticket).toHaveBeenCalledTimes(calls);
    }
    world.ticket = () => Promise.resolve('wss://live.example?ticket=2');
    await vi.advanceTimersByTimeAsync(6_000);
    newest().onopen?.();
    expect(realtime.snapshot()).toBe('live');
    expect(world.resyncs).toBe(1);
    expect(sockets).toHaveLength(2);
  });

  it('reconnects before the two hours are over', async () => {
    const { sockets, newest, goLive, world } = setUp();
    await goLive();
    for (let minute = 0; minute < 110; minute += 5) {
      await vi.advanceTimersByTimeAsync(5 * MINUTE);
      newest().onmessage?.({ data: '{"type":"pong"}' });
    }
    expect(sockets).toHaveLength(2);
    expect(sockets[0]!.closed).toBe(true);
    newest().onopen?.();
    expect(world.resyncs).toBe(1);
  });

  it('says offline at once, and connects when the network is back', async () => {
    const { realtime, world, sockets, goLive } = setUp();
    await goLive();
    world.online = false;
    realtime.networkLost();
    expect(realtime.snapshot()).toBe('offline');
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(sockets).toHaveLength(1);
    world.online = true;
    realtime.reconnectNow();
    await vi.advanceTimersByTimeAsync(0);
    expect(sockets).toHaveLength(2);
  });

  it('reads everything again when the tab wakes, and tests the connection', async () => {
    const { realtime, world, newest, goLive } = setUp();
    await goLive();
    realtime.wake();
    expect(world.resyncs).toBe(1);
    expect(newest().sent).toHaveLength(1);
  });

  it('ignores what an old socket still says, and stays stopped', async () => {
    const { realtime, sockets, hints, goLive } = setUp();
    await goLive();
    const late = sockets[0]!.onmessage;
    realtime.reconnectNow();
    late?.({ data: '{"type":"conversation.changed","conversation":"c1"}' });
    expect(hints).toEqual([]);
    realtime.stop();
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(sockets).toHaveLength(1);
  });
});

describe('parseHint', () => {
  it.each(['{"type":"pong"}', 'not json', '[]', 'null', '{"type":"message.changed","conversation":"c1"}', '{"type":"new.kind","conversation":"c1"}'])(
    'ignores %s',
    (frame) => {
      expect(parseHint(frame)).toBeNull();
    },
  );
});

describe('saysEverything', () => {
  it('knows the frame that names nothing', () => {
    expect(saysEverything('{"type":"everything.changed"}')).toBe(true);
    expect(saysEverything('{"type":"message.changed","conversation":"c1","message":"m1"}')).toBe(false);
    expect(saysEverything('not json')).toBe(false);
  });
});
