import { describe, expect, it, vi } from 'vitest';

import { createApi } from './client';
import { ApiError } from './problem';
import type { Session } from './session';

const sessionOf = (token: string, expiresInMs = 900_000): Session => ({
  access_token: token, expires_at: new Date(Date.now() + expiresInMs).toISOString(),
  user: { id: 'u', name: 'Priya', email: 'priya@shop.example', role: 'agent' }, tenant: { id: 't', name: 'Shop' },
});
const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
const problem = (status: number, code: string) => answer(status, { type: 'about:blank', title: code, status, code, detail: 'why', request_id: 'r-1' });

/** A server that accepts one token and gives it out on refresh. */
function server(options: { readonly good: string; readonly refresh?: () => Response | Promise<Response> }) {
  const seen: { path: string; authorization: string | null; key: string | null; body: string }[] = [];
  const refresh = vi.fn(options.refresh ?? (() => answer(200, sessionOf(options.good))));
  const call = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname;
    seen.push({ path, authorization: request.headers.get('authorization'), key: request.headers.get('idempotency-key'), body: await request.clone().text() });
    if (path === '/v1/session/refresh') return refresh();
    if (request.headers.get('authorization') !== `Bearer ${options.good}`) return problem(401, 'token_expired');
    return answer(200, { items: [], next: null });
  };
  return { call, seen, refresh };
}

describe('createApi', () => {
  it('renews once for many calls that are refused together, and makes each again', async () => {
    const { call, seen, refresh } = server({ good: 'new' });
    const { client, session } = createApi('', call);
    session.open(sessionOf('old'));
    const results = await Promise.all([1, 2, 3].map(() => client.GET('/v1/conversations')));
    expect(results.map(({ response }) => response.status)).toEqual([200, 200, 200]);
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(seen.filter(({ authorization }) => authorization === 'Bearer new')).toHaveLength(3);
  });

  it('renews before sending when the token is about to end', async () => {
    const { call, seen, refresh } = server({ good: 'new' });
    const { client, session } = createApi('', call);
    session.open(sessionOf('old', 10_000));
    await client.GET('/v1/conversations');
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(seen.map(({ authorization }) => authorization)).toEqual([null, 'Bearer new']);
  });

  it('repeats a refused reply with the same key and the same body', async () => {
    const { call, seen } = server({ good: 'new' });
    const { client, session } = createApi('', call);
    session.open(sessionOf('old'));
    const key = '019a9bc5-a100-7000-8000-000000000000';
    await client.POST('/v1/conversations/{id}/messages', { params: { path: { id: 'c1' }, header: { 'Idempotency-Key': key } }, body: { text: 'ok' } });
    const sends = seen.filter(({ path }) => path.endsWith('/messages'));
    expect(sends).toHaveLength(2);
    expect(new Set(sends.map((one) => `${one.key} ${one.body}`))).toEqual(new Set([`${key} {"text":"ok"}`]));
  });

  it('ends the session when the cookie is no longer good', async () => {
    const { call } = server({ good: 'new', refresh: () => problem(401, 'session_expired') });
    const { client, session } = createApi('', call);
    session.open(sessionOf('old'));
    await expect(client.GET('/v1/conversations')).rejects.toMatchObject({ status: 401, code: 'token_expired', requestId: 'r-1' });
    expect(session.state).toEqual({ session: null, reason: 'expired' });
  });

  it('keeps the session when the renewal cannot reach the server', async () => {
    const { call } = server({ good: 'new', refresh: () => Promise.reject(new TypeError('network')) });
    const { client, session } = createApi('', call);
    session.open(sessionOf('old'));
    await expect(client.GET('/v1/conversations')).rejects.toThrow('network');
    expect(session.state.session?.access_token).toBe('old');
  });

  it('does not bring back a session that ended while it was renewed', async () => {
    let finish: ((response: Response) => void) | undefined;
    const { call } = server({ good: 'new', refresh: () => new Promise<Response>((resolve) => { finish = resolve; }) });
    const { session } = createApi('', call);
    session.open(sessionOf('old'));
    const renewal = session.refresh();
    await vi.waitFor(() => expect(finish).toBeDefined());
    session.end('logged_out');
    finish?.(answer(200, sessionOf('new')));
    await expect(renewal).resolves.toBeNull();
    expect(session.state).toEqual({ session: null, reason: 'logged_out' });
  });

  it('turns a refusal that is not JSON into an error with the status', async () => {
    const { client } = createApi('', () => Promise.resolve(new Response('<html>', { status: 502, headers: { 'x-request-id': 'edge-1' } })));
    const failure = await client.POST('/v1/session', { body: { email: 'a@b', password: 'c' } }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ status: 502, code: 'unknown', requestId: 'edge-1' });
  });
});
