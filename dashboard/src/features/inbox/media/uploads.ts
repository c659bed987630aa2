/** Files on their way to the server: sent as soon as they are chosen, so that the message need not wait when it is sent. */
import { isTransient } from '@/api/problem';
import { uuidV7 } from '@/lib/uuid';

import type { Prepared } from './prepare';

/** A file chosen for a message. */
export interface Attachment {
  /** Its id, made here; the server's too. */
  readonly id: string;
  readonly file: Prepared;
  /** Shows a picture or film before anybody has it. */
  readonly previewUrl: string | null;
}

export interface Upload {
  readonly state: 'sending' | 'done' | 'failed';
  /** 0 to 1. */
  readonly share: number;
  readonly error: unknown;
}

export interface UploadsOptions {
  readonly send: (id: string, file: Prepared, onProgress: (share: number) => void, signal: AbortSignal) => Promise<unknown>;
  readonly now: () => number;
  readonly wait: (delayMs: number) => Promise<void>;
  readonly preview: (content: Blob) => string;
  readonly forgetPreview: (url: string) => void;
}

const RETRY_DELAYS_MS: readonly number[] = [1_000, 3_000];
const WAITING: Upload = { state: 'sending', share: 0, error: null };

interface Running {
  readonly attachment: Attachment;
  readonly abort: AbortController;
  upload: Upload;
  done: Promise<void>;
}

/** Holds and sends the files of all conversations. */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #listeners = new Set<() => void>();
  readonly #running = new Map<string, Running>();

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** How far a file is. */
  state(id: string): Upload {
    return this.#running.get(id)?.upload ?? WAITING;
  }

  /** Begins to send a file. */
  start(file: Prepared): Attachment {
    const shows = file.kind === 'image' || file.kind === 'video' || file.kind === 'sticker';
    const attachment: Attachment = { id: uuidV7(this.#options.now()), file, previewUrl: shows ? this.#options.preview(file.content) : null };
    const running: Running = { attachment, abort: new AbortController(), upload: WAITING, done: Promise.resolve() };
    this.#running.set(attachment.id, running);
    this.#run(running);
    return attachment;
  }

  /** Resolves when the server has the file; a failed one is sent again. Rejects when it cannot be sent. */
  async ready(id: string): Promise<void> {
    const running = this.#running.get(id);
    if (running === undefined) throw new Error('there is no such file');
    if (running.upload.state === 'failed') this.#run(running);
    await running.done;
    if (running.upload.state === 'failed') throw running.upload.error;
  }

  /** Sends a failed file again. */
  retry(id: string): void {
    const running = this.#running.get(id);
    if (running?.upload.state === 'failed') this.#run(running);
  }

  /** Stops sending a file and forgets it. */
  drop(id: string): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    running.abort.abort();
    if (running.attachment.previewUrl !== null) this.#options.forgetPreview(running.attachment.previewUrl);
    this.#running.delete(id);
    this.#tell();
  }

  #run(running: Running): void {
    this.#change(running, WAITING);
    running.done = this.#send(running);
  }

  async #send(running: Running): Promise<void> {
    const { attachment, abort } = running;
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.#options.send(attachment.id, attachment.file, (share) => this.#change(running, { state: 'sending', share, error: null }), abort.signal);
        this.#change(running, { state: 'done', share: 1, error: null });
        return;
      } catch (error) {
        const delayMs = RETRY_DELAYS_MS[attempt];
        if (delayMs === undefined || abort.signal.aborted || !isTransient(error)) {
          this.#change(running, { state: 'failed', share: 0, error });
          return;
        }
        await this.#options.wait(delayMs);
      }
    }
  }

  #change(running: Running, upload: Upload): void {
    running.upload = upload;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
