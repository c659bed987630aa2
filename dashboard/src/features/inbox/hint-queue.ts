/** Collects hints and acts on them together, so that a burst of frames costs a handful of calls. */
import type { Hint } from '@/lib/realtime/realtime';

export interface HintActions {
  readonly refreshConversation: (id: string) => Promise<void>;
  readonly refreshMessages: (id: string, messageKeys: readonly string[]) => Promise<void>;
  readonly refreshLists: () => Promise<void>;
  /** While a reply is being sent its thread waits: reading in between would show the reply twice. */
  readonly mustWait: (id: string) => boolean;
}

const FIRST_DELAY_MS = 100;
const MIN_INTERVAL_MS = 1_000;
/** Past this many conversations at once, reading the lists is cheaper than reading each. */
const SINGLE_READS_MAX = 10;

/** The waiting hints. */
export class HintQueue {
  readonly #actions: HintActions;
  #conversations = new Set<string>();
  #messages = new Map<string, Set<string>>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #flushing = false;
  #delayMs = FIRST_DELAY_MS;

  constructor(actions: HintActions) {
    this.#actions = actions;
  }

  add(hint: Hint): void {
    switch (hint.type) {
      case 'conversation.changed':
        this.#conversations.add(hint.conversation);
        break;
      case 'message.changed':
        this.#addMessages(hint.conversation, [hint.message]);
        break;
    }
    this.#schedule();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#conversations.clear();
    this.#messages.clear();
  }

  #addMessages(conversation: string, messageKeys: Iterable<string>): void {
    const known = this.#messages.get(conversation) ?? new Set();
    for (const key of messageKeys) known.add(key);
    this.#messages.set(conversation, known);
  }

  #schedule(): void {
    if (this.#timer !== null || this.#flushing) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#flush();
    }, this.#delayMs);
  }

  async #flush(): Promise<void> {
    this.#flushing = true;
    const conversations = [...this.#conversations];
    const messages = [...this.#messages];
    this.#conversations = new Set();
    this.#messages = new Map();
    const calls: Promise<void>[] = [];
    if (conversations.length > SINGLE_READS_MAX) calls.push(this.#actions.refreshLists());
    else calls.push(...conversations.map((id) => this.#actions.refreshConversation(id)));
    for (const [id, messageKeys] of messages) {
      if (this.#actions.mustWait(id)) this.#addMessages(id, messageKeys);
      else calls.push(this.#actions.refreshMessages(id, [...messageKeys]));
    }
    // A hint whose call fails is not repeated: the next hint or the next resync reads the same data.
    await Promise.allSettled(calls);
    this.#flushing = false;
    const isQuiet = this.#conversations.size === 0 && this.#messages.size === 0;
    this.#delayMs = isQuiet ? FIRST_DELAY_MS : MIN_INTERVAL_MS;
    if (!isQuiet) this.#schedule();
  }
}
