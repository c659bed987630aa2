// The numbers of the mock's shop, and a doctor who finds what a test asks for.
const ADVICE = {
  token_good: ['The access token works.', 'एक्सेस टोकन काम कर रहा है।'],
  token_refused: ['Meta does not accept the access token.', 'Meta एक्सेस टोकन स्वीकार नहीं कर रहा।'],
  not_subscribed: ['The app does not receive the events of this account, so no message can arrive. Press “Fix it”.', 'ऐप को इस खाते की सूचनाएँ नहीं मिलतीं। “ठीक करें” दबाएँ।'],
  subscribed: ['The app receives the events of this account.', 'ऐप को इस खाते की सूचनाएँ मिलती हैं।'],
  never_heard: ['Nothing has arrived from this number yet.', 'इस नंबर से अभी तक कुछ नहीं आया।'],
};

const finding = (check, outcome, code, fixable = false) => ({ check, outcome, code, fixable, advice: { en: ADVICE[code][0], hi: ADVICE[code][1] } });

function number(id, more) {
  return {
    id, provider: 'cloud_api', display_phone: '+918047000123', waba_id: '310000000000001', portfolio_id: null, coexistence: false,
    messages_per_second: 80, state: 'connected', stop_reason: null, callback_url: 'https://hooks.example/', last_heard_at: new Date().toISOString(),
    quiet: null, report: null, ...more,
  };
}

const problem = (status, code, detail) => [status, { type: 'about:blank', title: code, status, code, detail, request_id: 'mock' }];

/** Makes the numbers of a shop. */
export function newNumbers() {
  const quiet = { provider: 'interakt', display_phone: '+918047000124', waba_id: null, callback_url: 'https://hooks.example/bsp/interakt/0af1', last_heard_at: null, quiet: 'never' };
  const numbers = new Map([number('210000000000009', {}), number('0af1', quiet)].map((one) => [one.id, one]));
  let subscribed = false;
  const report = () => {
    const findings = [finding('token', 'ok', 'token_good'), subscribed ? finding('subscription', 'ok', 'subscribed') : finding('subscription', 'failed', 'not_subscribed', true), finding('round_trip', 'unknown', 'never_heard')];
    return { at: new Date().toISOString(), outcome: subscribed ? 'unknown' : 'failed', findings };
  };
  return (method, path, body) => {
    if (path === '/v1/numbers' && method === 'GET') return [200, { items: [...numbers.values()] }];
    if (path === '/v1/numbers' && method === 'POST') {
      if (body.token === 'bad') return problem(422, 'token_refused', 'The provider does not accept this token. Make a new one there and enter it here.');
      const made = number(body.phone_number_id ?? `p${numbers.size}`, { provider: body.provider, display_phone: body.phone ?? '+918047000125', last_heard_at: null });
      numbers.set(made.id, made);
      return [201, made];
    }
    const [, id, verb] = /^\/v1\/numbers\/([^/]+)\/?(.*)$/.exec(path) ?? [];
    if (id === undefined) return null;
    const found = numbers.get(id);
    if (found === undefined) return problem(404, 'not_found', 'There is no such number.');
    if (method === 'DELETE') {
      numbers.delete(id);
      return [204];
    }
    if (verb === 'check') found.report = report();
    if (verb === 'fix') {
      subscribed = true;
      found.report = report();
    }
    if (verb === 'stop') Object.assign(found, { state: 'stopped', stop_reason: 'owner' });
    if (verb === 'start') Object.assign(found, { state: 'connected', stop_reason: null });
    if (verb === 'token' && body.token === 'bad') return problem(422, 'token_refused', 'The provider does not accept this token. Make a new one there and enter it here.');
    return [200, found];
  };
}
