/**
 * Replies on their way to the server. Each has a key made here, so that trying again after a lost answer can never
 * send it twice. Replies of one conversation leave in the order they were written.
 */
import { isNetworkFailure, isTransient } from '@/api/problem';
import { uuidV7 } from '@/lib/uuid';

import type { Attachment } from './media/uploads';
import type { Message } from './model';

/** A reply the server has not confirmed yet. */
export interface PendingReply {
  readonly key: string;
  readonly conversation: string;
  readonly text: string;
  /** The file it carries; the text is then the words under it. */
  readonly attachment: Attachment | null;
  readonly at: string;
  readonly error: unknown;
  /** A file is sent first, then the message that carries it. */
  readonly state: 'uploading' | 'sending' | 'failed';
}

export interface OutboxOptions {
  readonly send: (conversation: string, key: string, text: string, attachment: Attachment | null) => Promise<Message>;
  /** Resolves when the server has the file. */
  readonly ready: (attachment: Attachment) => Promise<void>;
  readonly onTaken: (conversation: string, message: Message) => void;
  readonly now: () => number;
  readonly wait: (delayMs: number) => Promise<void>;
}

/** Waits before the second and the third attempt; after that the person decides. */
const RETRY_DELAYS_MS: readonly number[] = [1_000, 3_000];
const NONE: readonly PendingReply[] = [];

const firstState = (attachment: Attachment | null): 'uploading' | 'sending' => (attachment === null ? 'sending' : 'uploading');

/** Holds and sends the unconfirmed replies of all conversations. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #listeners = new Set<() => void>();
  readonly #queues = new Map<string, Promise<void>>();
  #replies: ReadonlyMap<string, readonly PendingReply[]> = new Map();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The unconfirmed replies of a conversation, oldest first. */
  pending(conversation: string): readonly PendingReply[] {
    return this.#replies.get(conversation) ?? NONE;
  }

  /** Whether closing the page now would lose a reply. */
  get hasUnsent(): boolean {
    return [...this.#replies.values()].some((replies) => replies.length > 0);
  }

  /** Sends a reply and gives its key. */
  send(conversation: string, text: string, attachment: Attachment | null = null): string {
    const now = this.#options.now();
    const reply: PendingReply = {
      key: uuidV7(now), conversation, text, attachment, at: new Date(now).toISOString(), error: null, state: firstState(attachment),
    };
    this.#update(conversation, (replies) => [...replies, reply]);
    this.#enqueue(reply);
    return reply.key;
  }

  /** Sends a failed reply again, under the same key. */
  retry(conversation: string, key: string): void {
    const reply = this.pending(conversation).find((candidate) => candidate.key === key && candidate.state === 'failed');
    if (reply === undefined) return;
    this.#change(reply, { state: firstState(reply.attachment), error: null });
    this.#enqueue(reply);
  }

  /** The network is back: what failed for want of it goes out without being asked. */
  networkBack(): void {
    for (const reply of [...this.#replies.values()].flat()) {
      if (reply.state === 'failed' && isNetworkFailure(reply.error)) this.retry(reply.conversation, reply.key);
    }
  }

  discard(conversation: string, key: string): void {
    this.#update(conversation, (replies) => replies.filter((reply) => reply.key !== key || reply.state !== 'failed'));
  }

  #enqueue(reply: PendingReply): void {
    const before = this.#queues.get(reply.conversation) ?? Promise.resolve();
    this.#queues.set(reply.conversation, before.then(() => this.#deliver(reply)));
  }

  async #deliver(reply: PendingReply): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        if (reply.attachment !== null) {
          await this.#options.ready(reply.attachment);
          this.#change(reply, { state: 'sending' });
        }
        const message = await this.#options.send(reply.conversation, reply.key, reply.text, reply.attachment);
        this.#options.onTaken(reply.conversation, message);
        this.#update(reply.conversation, (replies) => replies.filter((candidate) => candidate.key !== reply.key));
        return;
      } catch (error) {
        const delayMs = RETRY_DELAYS_MS[attempt];
        if (delayMs === undefined || !isTransient(error)) {
          this.#change(reply, { state: 'failed', error });
          return;
        }
        await this.#options.wait(delayMs);
      }
    }
  }

  #change(reply: PendingReply, change: Partial<PendingReply>): void {
    this.#update(reply.conversation, (replies) =>
      replies.map((candidate) => (candidate.key === reply.key ? { ...candidate, ...change } : candidate)),
    );
  }

  #update(conversation: string, change: (replies: readonly PendingReply[]) => readonly PendingReply[]): void {
    this.#replies = new Map(this.#replies).set(conversation, change(this.pending(conversation)));
    for (const listener of this.#listeners) listener();
  }
}
