/** The open session of this tab: the access token lives here, in memory, and nowhere else. */
import type { components } from './schema';

export type Session = components['schemas']['Session'];

/** Why there is no session: nobody logged in, the person left, or the server ended it. */
export type SessionEnd = 'none' | 'logged_out' | 'expired';

export type SessionState = { readonly session: Session } | { readonly session: null; readonly reason: SessionEnd };

/** Refresh this long before the token ends, so that a call made now does not die on the way. */
const REFRESH_MARGIN_MS = 30_000;

/** Holds the session and renews it, at most one renewal at a time. */
export class SessionStore {
  #state: SessionState = { session: null, reason: 'none' };
  #refreshing: Promise<Session | null> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #renew: () => Promise<Session | null>;

  /** `renew` trades the cookie for a session; `null` means that the cookie is no longer good. */
  constructor(renew: () => Promise<Session | null>) {
    this.#renew = renew;
  }

  get state(): SessionState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): SessionState => this.#state;

  open(session: Session): void {
    this.#set({ session });
  }

  end(reason: SessionEnd): void {
    this.#set({ session: null, reason });
  }

  /** The token to send now; renews first when it is about to end. */
  async token(nowMs: number): Promise<string | null> {
    const { session } = this.#state;
    if (session === null) return null;
    if (Date.parse(session.expires_at) - nowMs > REFRESH_MARGIN_MS) return session.access_token;
    return (await this.refresh())?.access_token ?? null;
  }

  /**
   * Renews the session. Calls that arrive while one is under way share its result. A renewal that fails because the
   * network is away throws and keeps the session: being offline is not being logged out.
   */
  refresh(): Promise<Session | null> {
    this.#refreshing ??= this.#refreshOnce().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refreshOnce(): Promise<Session | null> {
    const before = this.#state;
    const session = await this.#renew();
    // The person may have logged out, or in again, while the answer was on its way.
    if (this.#state !== before) return this.#state.session;
    if (session !== null) this.open(session);
    else this.end(before.session === null ? before.reason : 'expired');
    return session;
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
