/** The message each conversation's next reply answers, while it is being written. */
import type { Message } from '../model';

/** Which message is quoted, by conversation. */
export class Quotes {
  readonly #listeners = new Set<() => void>();
  readonly #bound = new Map<string, string>();
  #quoted: ReadonlyMap<string, Message> = new Map();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  of(conversation: string): Message | null {
    return this.#quoted.get(conversation) ?? null;
  }

  set(conversation: string, message: Message): void {
    this.#change((quoted) => quoted.set(conversation, message));
  }

  clear(conversation: string): void {
    if (this.#quoted.has(conversation)) this.#change((quoted) => quoted.delete(conversation));
  }

  /** The reply of this key is on its way and answers what was quoted, however often it is tried. */
  bind(conversation: string, replyKey: string): void {
    const message = this.of(conversation);
    if (message !== null) this.#bound.set(replyKey, message.key);
    this.clear(conversation);
  }

  /** The key of the message that a reply answers. */
  answeredBy(replyKey: string): string | null {
    return this.#bound.get(replyKey) ?? null;
  }

  #change(change: (quoted: Map<string, Message>) => unknown): void {
    const next = new Map(this.#quoted);
    change(next);
    this.#quoted = next;
    for (const listener of this.#listeners) listener();
  }
}
