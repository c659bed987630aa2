/**
 * The live connection. Frames are only hints that something changed: what changed is always read through the API, so
 * a lost or repeated frame costs a call and never shows a wrong state.
 */

/** A hint from the server. */
export type Hint =
  | { readonly type: 'conversation.changed'; readonly conversation: string }
  | { readonly type: 'message.changed'; readonly conversation: string; readonly message: string };

/** What the header shows. `offline`: the browser has no network; `waiting`: the server could not be reached. */
export type ConnectionState = 'connecting' | 'live' | 'waiting' | 'offline';

/** The part of a WebSocket the connection uses. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export interface RealtimeOptions {
  /** Asks for a ticket and answers the whole address to connect to. */
  readonly address: () => Promise<string>;
  readonly open: (address: string) => Socket;
  readonly onHint: (hint: Hint) => void;
  /** Called after every gap: whatever was missed must be read again. */
  readonly onResync: () => void;
  readonly online: () => boolean;
  /** A number from 0 up to 1; spreads reconnections so that a restart does not bring everybody back at once. */
  readonly random: () => number;
}

/** API Gateway closes a connection after ten silent minutes. */
const PING_EVERY_MS = 5 * 60_000;
const PONG_WITHIN_MS = 10_000;
const OPEN_WITHIN_MS = 15_000;
/** API Gateway closes a connection after two hours; leaving earlier means choosing the moment. */
const PLANNED_RECONNECT_MS = 108 * 60_000;
const PLANNED_SPREAD_MS = 4 * 60_000;
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MAX_MS = 60_000;

/** Keeps one connection alive and says, after every gap, that the screens must read again. */
export class Realtime {
  readonly #options: RealtimeOptions;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = 'connecting';
  #socket: Socket | null = null;
  /** Rises with every attempt; whatever an older attempt still does is ignored. */
  #generation = 0;
  #failures = 0;
  #running = false;
  #timers = new Set<ReturnType<typeof setTimeout>>();
  #pong: ReturnType<typeof setTimeout> | null = null;
  /** False until the first connection: the screens read when they open, there is no gap yet. */
  #hadGap = false;

  constructor(options: RealtimeOptions) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): ConnectionState => this.#state;

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#connect();
  }

  stop(): void {
    this.#running = false;
    this.#drop();
  }

  /** The network is back, or the person asked: connect now instead of at the end of the wait. */
  reconnectNow(): void {
    if (!this.#running) return;
    this.#failures = 0;
    this.#hadGap = true;
    this.#connect();
  }

  /** The network is gone. */
  networkLost(): void {
    if (!this.#running) return;
    this.#hadGap = true;
    this.#drop();
    this.#set('offline');
  }

  /** The tab was asleep and is looked at again: frames may have been lost, and the socket may be dead unnoticed. */
  wake(): void {
    if (!this.#running) return;
    if (this.#state !== 'live') {
      this.reconnectNow();
      return;
    }
    this.#options.onResync();
    this.#ping();
  }

  #connect(): void {
    this.#drop();
    if (!this.#options.online()) {
      this.#set('offline');
      return;
    }
    this.#set('connecting');
    const generation = this.#generation;
    this.#after(OPEN_WITHIN_MS, () => this.#lost(generation));
    this.#options.address().then(
      (address) => this.#open(address, generation),
      () => this.#lost(generation),
    );
  }

  #open(address: string, generation: number): void {
    if (generation !== this.#generation) return;
    const socket = this.#options.open(address);
    this.#socket = socket;
    socket.onopen = () => this.#opened(generation);
    socket.onmessage = (event) => this.#received(event.data, generation);
    socket.onclose = () => this.#lost(generation);
  }

  #opened(generation: number): void {
    if (generation !== this.#generation) return;
    this.#clearTimers();
    this.#failures = 0;
    this.#set('live');
    this.#schedulePing();
    this.#after(PLANNED_RECONNECT_MS + this.#options.random() * PLANNED_SPREAD_MS, () => this.reconnectNow());
    if (this.#hadGap) this.#options.onResync();
    this.#hadGap = true;
  }

  #received(data: unknown, generation: number): void {
    if (generation !== this.#generation) return;
    // Any frame proves that the connection lives.
    if (this.#pong !== null) {
      clearTimeout(this.#pong);
      this.#timers.delete(this.#pong);
      this.#pong = null;
    }
    if (saysEverything(data)) this.#options.onResync();
    const hint = parseHint(data);
    if (hint !== null) this.#options.onHint(hint);
  }

  #lost(generation: number): void {
    if (generation !== this.#generation || !this.#running) return;
    this.#drop();
    this.#hadGap = true;
    this.#set(this.#options.online() ? 'waiting' : 'offline');
    const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#after(ceiling / 2 + (this.#options.random() * ceiling) / 2, () => this.#connect());
  }

  #schedulePing(): void {
    this.#after(PING_EVERY_MS, () => {
      this.#ping();
      this.#schedulePing();
    });
  }

  #ping(): void {
    const generation = this.#generation;
    this.#socket?.send(JSON.stringify({ action: 'ping' }));
    if (this.#pong !== null) return;
    this.#pong = this.#after(PONG_WITHIN_MS, () => {
      this.#pong = null;
      this.#lost(generation);
    });
  }

  #after(delayMs: number, run: () => void): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, delayMs);
    this.#timers.add(timer);
    return timer;
  }

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#pong = null;
  }

  #drop(): void {
    this.#generation += 1;
    this.#clearTimers();
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #set(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** Whether so much has changed at once that the server does not name it. */
export function saysEverything(data: unknown): boolean {
  if (typeof data !== 'string') return false;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === 'object' && frame !== null && (frame as Record<string, unknown>).type === 'everything.changed';
  } catch {
    return false;
  }
}

/** Reads a frame; `null` for pongs and for kinds that a newer server may send. */
export function parseHint(data: unknown): Hint | null {
  if (typeof data !== 'string') return null;
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof frame !== 'object' || frame === null) return null;
  const { type, conversation, message } = frame as Record<string, unknown>;
  if (typeof conversation !== 'string') return null;
  if (type === 'conversation.changed') return { type, conversation };
  if (type === 'message.changed' && typeof message === 'string') return { type, conversation, message };
  return null;
}
