/** Every call of the dashboard goes through this client, generated from the API document: drift is a compile error. */
import createClient, { type Client, type Middleware } from 'openapi-fetch';

import { ApiError } from './problem';
import type { paths } from './schema';
import { SessionStore, type Session } from './session';

export interface Api {
  readonly client: Client<paths>;
  readonly session: SessionStore;
}

const CALL_TIMEOUT_MS = 20_000;

/** A 401 from these is an answer, not a token that ran out. */
function isSessionCall(request: Request): boolean {
  return new URL(request.url).pathname.includes('/v1/session');
}

/** Makes the client for an API at `apiBase` (empty: this origin). */
export function createApi(apiBase: string, fetchCall: (request: Request) => Promise<Response> = (request) => fetch(request)): Api {
  const baseUrl = new URL(apiBase, location.origin).href.replace(/\/$/, '');
  const send = (request: Request): Promise<Response> =>
    fetchCall(new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]) }));

  const plain = createClient<paths>({ baseUrl, fetch: send, credentials: 'same-origin' });
  const session = new SessionStore(() => renew(plain));

  const authorised = async (request: Request): Promise<Response> => {
    if (isSessionCall(request)) return send(request);
    // Advice about a message is written by the server, in the language of the screen.
    if (document.documentElement.lang !== '') request.headers.set('Accept-Language', document.documentElement.lang);
    const token = await session.token(Date.now());
    // A request's body can be read once: the copy is for the second attempt.
    const again = request.clone();
    if (token !== null) request.headers.set('Authorization', `Bearer ${token}`);
    const response = await send(request);
    if (response.status !== 401) return response;
    // Another call may have renewed the token while this one was under way; then no new renewal is needed.
    const current = session.state.session?.access_token ?? null;
    const renewed = current !== null && current !== token ? current : ((await session.refresh())?.access_token ?? null);
    if (renewed === null) return response;
    again.headers.set('Authorization', `Bearer ${renewed}`);
    return send(again);
  };

  const client = createClient<paths>({ baseUrl, fetch: authorised, credentials: 'same-origin' });
  client.use(problems);
  return { client, session };
}

/** Turns every refusal into an `ApiError`, so that no caller can forget to look. */
const problems: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined;
    throw await problemOf(response);
  },
};

async function problemOf(response: Response): Promise<ApiError> {
  const content: unknown = await response.json().catch(() => null);
  return new ApiError(response.status, content, response.headers.get('x-request-id'));
}

async function renew(client: Client<paths>): Promise<Session | null> {
  const { data, response } = await client.POST('/v1/session/refresh');
  if (data) return data;
  if (response.status === 401 || response.status === 403) return null;
  throw new ApiError(response.status, null, response.headers.get('x-request-id'));
}

/** The body of an answer that always has one. */
export function bodyOf<T>(result: { data?: T; response: Response }): T {
  if (result.data === undefined) throw new ApiError(result.response.status, { code: 'empty_answer' }, null);
  return result.data;
}
