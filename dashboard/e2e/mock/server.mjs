// Serves the built dashboard with an API and live connection of its own, for browser tests without a backend.
//   MOCK_PORT           where to listen (4180)
//   MOCK_CONVERSATIONS  how many conversations the shop has (40)
import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { WebSocketServer } from 'ws';

import { newFiles } from './media.mjs';
import { newNumbers } from './numbers.mjs';
import { newShop } from './shop.mjs';
import { newTemplates } from './templates.mjs';

const PORT = Number(process.env.MOCK_PORT ?? 4180);
const COUNT = Number(process.env.MOCK_CONVERSATIONS ?? 40);
const DIST = join(dirname(fileURLToPath(import.meta.url)), '../../dist');
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.map': 'application/json' };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ws://127.0.0.1:*; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const USER = { id: 'priya', name: 'Priya Nair', email: 'priya@sharmakirana.example', role: 'agent' };
const PASSWORD = 'mock-password';
const TOKEN_LIFE_MS = 15 * 60_000;

let shop = newShop(COUNT);
let numbers = newNumbers();
let templates = newTemplates();
let rules = newRules();
/** What the send contract says of templates, where a test has it say something else: `{ marketing: { decision, reason } }`. */
let verdicts = {};
/** What the colleague may do; tests say otherwise. */
let role = USER.role;
let sentByKey = new Map();
let files = newFiles(`http://127.0.0.1:${PORT}`);
/** What the next calls are refused with: [{ method, path, status, times, delay_ms }]. */
let faults = [];
const sockets = new Set();

const announce = (frame) => {
  for (const socket of sockets) socket.send(JSON.stringify(frame));
};
const changed = (id, key) => {
  announce({ type: 'message.changed', conversation: id, message: key });
  announce({ type: 'conversation.changed', conversation: id, lane: 1, at: new Date().toISOString() });
};

/** What the shop lays down about sending, before anybody has changed it. */
function newRules() {
  return { quiet_hours: null, marketing_needs_opt_in: false, marketing_cap: { messages: 2, hours: 24 }, billing: { free_service_messages: 1_000, utc_offset_minutes: 330 } };
}

class Refusal extends Error {
  constructor(status, code, detail, field) {
    super(detail);
    this.problem = { type: 'about:blank', title: code, status, code, detail, request_id: `mock-${randomUUID().slice(0, 8)}`, ...(field ? { field } : {}) };
  }
}

function send(response, status, content, headers = {}) {
  response.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json', ...headers });
  response.end(content === undefined ? undefined : JSON.stringify(content));
}

function page(all, query, limitMax = 100) {
  const limit = Math.min(limitMax, Number(query.get('limit') ?? 50));
  const start = Number(query.get('cursor') ?? 0);
  return { items: all.slice(start, start + limit), next: start + limit < all.length ? String(start + limit) : null };
}

function session() {
  return { access_token: `token-${randomUUID()}`, expires_at: new Date(Date.now() + TOKEN_LIFE_MS).toISOString(), user: { ...USER, role }, tenant: { id: 'sharma', name: 'Sharma Kirana' } };
}

/** The way of a reply through WhatsApp, told step by step. */
function deliver(id, reply) {
  const steps = [['sending', null, 150], ['accepted', 'accepted_at', 350], ['sent', 'sent_at', 600], ['delivered', 'delivered_at', 1000]];
  for (const [state, stage, delay] of steps) {
    setTimeout(() => {
      reply.state = state;
      if (stage) reply.stages = { ...reply.stages, [stage]: new Date().toISOString() };
      announce({ type: 'message.changed', conversation: id, message: reply.key });
    }, delay);
  }
}

function sessionRoutes(request, path, body) {
  if (path === '/v1/session' && request.method === 'POST') {
    if (body.email !== USER.email || body.password !== PASSWORD) throw new Refusal(401, 'invalid_credentials', 'Email and password do not match.');
    return [200, session(), { 'set-cookie': 'tarun_session=mock; Path=/v1/session; HttpOnly; SameSite=Strict' }];
  }
  if (path === '/v1/session' && request.method === 'DELETE') return [204, undefined, { 'set-cookie': 'tarun_session=; Path=/v1/session; Max-Age=0' }];
  if (path === '/v1/session/refresh') {
    if (!/tarun_session=mock/.test(request.headers.cookie ?? '')) throw new Refusal(401, 'session_expired', 'Log in again.');
    return [200, session()];
  }
  return null;
}

/** One answer of the send contract. */
const verdict = (decision, reason, category, paise) => ({ decision, reason, detail: reason, until: null, category, cost: { basis: paise === 0 ? 'free' : 'exact', paise, micro_rupees: paise * 10_000, free_because: null } });

/** What the send contract says: own words while the window is open. */
function contract(conversation) {
  const open = conversation.window_closes_at !== null && Date.parse(conversation.window_closes_at) > Date.now();
  return {
    own_words: open ? verdict('allow', 'window_open', 'service', 12) : verdict('template_only', 'window_closed', 'service', 0),
    free_service_messages_left: 940,
    templates: [['utility', 12], ['marketing', 86], ['authentication', 12]].map(([category, paise]) => ({ ...verdict('allow', 'template', category, paise), ...verdicts[category] })),
  };
}

/** What customers have agreed to, and questions about who they are. */
function contactRoutes(request, path, body) {
  if (path === '/v1/contact-reviews') return [200, { items: [], next: null }];
  const [, id] = /^\/v1\/contacts\/([^/]+)\/consent$/.exec(path) ?? [];
  if (id === undefined) return null;
  if (request.method === 'POST') {
    shop.consent.set(id, body.change === 'opt_out' ? 'refused' : 'given');
    return [200, { marketing: shop.consent.get(id), since: new Date().toISOString() }];
  }
  return [200, { marketing: shop.consent.get(id) ?? 'unasked', since: null, held_until: null, entries: [], next: null }];
}

function conversationRoutes(request, path, query, body) {
  if (path === '/v1/conversations') return [200, page(shop.list(query.get('status') ?? 'open'), query)];
  const [, id, rest] = /^\/v1\/conversations\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  if (id === undefined) return null;
  const conversation = shop.conversations.get(id);
  if (!conversation) throw new Refusal(404, 'not_found', 'There is no such conversation.');
  if (rest === '') return [200, conversation];
  if (rest === 'read') {
    Object.assign(conversation, { unread: conversation.last_inbound_at > body.up_to, read_up_to: body.up_to });
    return [204];
  }
  if (rest === 'contract') return [200, contract(conversation)];
  if (request.method === 'GET') return [200, page(shop.messages(id).toReversed(), query)];
  const key = request.headers['idempotency-key'];
  if (sentByKey.has(key)) return [200, sentByKey.get(key)];
  refuseOutsideWindow(conversation, body);
  const reply = shop.reply(id, body, files, templates.shown);
  sentByKey.set(key, reply);
  deliver(id, reply);
  return [202, { ...reply }];
}

function refuseOutsideWindow(conversation, body) {
  if (body.template === undefined && contract(conversation).own_words.decision !== 'allow') throw new Refusal(409, 'window_closed', 'The customer last wrote more than 24 hours ago. Send an approved template.');
}

function rulesRoutes(request, path, body) {
  if (path !== '/v1/sending-rules') return null;
  if (request.method === 'PUT') {
    if (role === 'agent') throw new Refusal(403, 'forbidden', 'Only those who run the business may change this.');
    if (body.quiet_hours !== null && body.quiet_hours.from === body.quiet_hours.to) throw new Refusal(422, 'invalid', 'must be two different times of the day, like 21:00 and 09:00', 'quiet_hours');
    if (body.marketing_cap.messages < 1 || body.marketing_cap.messages > 10) throw new Refusal(422, 'invalid', 'must be 1 to 10', 'marketing_cap.messages');
    rules = body;
  }
  return [200, rules];
}

/** What only tests call: the simulator's inbound message, faults, and a fresh shop. */
function testRoutes(path, body) {
  if (path === '/inbound') {
    const { id, added } = shop.receive(body);
    changed(id, added.key);
    return [200, {}];
  }
  if (path === '/mock/faults') {
    faults = body;
    return [204];
  }
  if (path === '/mock/contract') {
    verdicts = body;
    return [204];
  }
  if (path === '/mock/drop') {
    for (const socket of sockets) socket.terminate();
    return [204];
  }
  if (path === '/mock/reset') {
    shop = newShop(body.conversations ?? COUNT);
    numbers = newNumbers();
    templates = newTemplates();
    rules = newRules();
    verdicts = {};
    role = body.role ?? USER.role;
    sentByKey = new Map();
    files = newFiles(`http://127.0.0.1:${PORT}`);
    faults = [];
    return [204];
  }
  return null;
}

async function fault(request, path) {
  const hit = faults.find((one) => one.times > 0 && one.method === request.method && new RegExp(one.path).test(path));
  if (!hit) return;
  hit.times -= 1;
  if (hit.delay_ms) await new Promise((resolve) => setTimeout(resolve, hit.delay_ms));
  if (hit.status) throw new Refusal(hit.status, hit.code ?? 'internal', hit.detail ?? 'Something failed.', hit.field);
}

async function api(request, path, query) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const isFile = path.endsWith('/templates/samples');
  const body = chunks.length === 0 || isFile ? {} : JSON.parse(Buffer.concat(chunks).toString());
  const forTests = testRoutes(path, body);
  if (forTests) return forTests;
  await fault(request, path);
  const forSession = sessionRoutes(request, path, body);
  if (forSession) return forSession;
  if (!request.headers.authorization?.startsWith('Bearer token-')) throw new Refusal(401, 'unauthenticated', 'Log in first.');
  if (path === '/v1/realtime/ticket') return [200, { url: `ws://127.0.0.1:${PORT}/live`, ticket: randomUUID(), expires_at: new Date(Date.now() + 30_000).toISOString() }];
  if (path === '/v1/parked-events') return [200, { items: [], next: null }];
  if (path === '/v1/dead-letters') return [200, { items: [], queues: [], next: null }];
  return files.routes(request, path, body) ?? templates.routes(request, path, query, body, role, page) ?? rulesRoutes(request, path, body) ?? numbers(request.method, path, body) ?? conversationRoutes(request, path, query, body) ?? contactRoutes(request, path, body) ?? [404, new Refusal(404, 'not_found', 'There is no such path.').problem];
}

async function objectStore(request, id, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  files.store(request, id, response, chunks);
}

function file(path, response) {
  const wanted = join(DIST, normalize(path));
  const isFile = wanted.startsWith(DIST) && existsSync(wanted) && statSync(wanted).isFile();
  if (!isFile && extname(path) !== '') return send(response, 404);
  const served = isFile ? wanted : join(DIST, 'index.html');
  response.writeHead(200, { 'content-type': TYPES[extname(served)] ?? 'application/octet-stream', 'content-security-policy': POLICY, 'cache-control': 'no-cache' });
  createReadStream(served).pipe(response);
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', `http://127.0.0.1:${PORT}`);
  if (pathname === '/runtime-config.json') return send(response, 200, { api_base: '', websocket_url: '', stage: 'mock' });
  if (pathname.startsWith('/files/')) return objectStore(request, pathname.slice('/files/'.length), response);
  if (!/^\/(v1|mock|inbound)\b/.test(pathname)) return file(pathname, response);
  return api(request, pathname, searchParams).then(
    ([status, content, headers]) => send(response, status, content, headers),
    (error) => send(response, error.problem?.status ?? 500, error.problem ?? { code: 'internal', detail: String(error) }),
  );
});

new WebSocketServer({ server, path: '/live' }).on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('message', () => socket.send(JSON.stringify({ type: 'pong' })));
});

server.listen(PORT, '127.0.0.1', () => console.log(`Mock on http://127.0.0.1:${PORT} as ${USER.email} / ${PASSWORD}`));
