// The templates of the mock's shop: one of every shape that a screen treats differently, kept in memory like at WhatsApp.
const NOW = () => new Date().toISOString();
const problem = (status, code, detail, field) => [status, { type: 'about:blank', title: code, status, code, detail, request_id: 'mock', ...(field ? { field } : {}) }];
const text = (words, examples = {}) => ({ kind: 'text', text: words, examples: Object.entries(examples).map(([variable, value]) => ({ variable, value })) });

function template(name, more = {}, says = {}) {
  const language = more.language ?? 'en';
  const category = more.category ?? 'utility';
  const definition = { name, language, category, format: 'positional', body: text('Namaste'), buttons: [], cards: [], call_permission_request: false, ...says };
  return {
    name, language, version: 1, definition, status: 'approved', reason: null, category, quality: 'green', sendable: (more.status ?? 'approved') === 'approved',
    locked_because: null, recategorised: null, impending: null, history: [{ at: NOW(), what: 'status', value: more.status ?? 'approved', reason: null }], ...more,
  };
}

/** One of every shape; the names say which. */
function everyShape() {
  const marketing = { category: 'marketing' };
  const url = { kind: 'url', text: 'Track it', url: 'https://sharma.example/o/{{1}}', example: 'https://sharma.example/o/41' };
  return [
    template('order_packed', {}, { body: text('Namaste {{1}}, your order {{2}} is packed.', { 1: 'Asha', 2: '41' }), footer: { kind: 'text', text: 'Sharma Kirana' }, buttons: [url] }),
    template('order_packed', { language: 'hi' }, { body: text('नमस्ते {{1}}, आपका ऑर्डर {{2}} तैयार है।', { 1: 'आशा', 2: '41' }) }),
    template('bill', {}, { header: { kind: 'document' }, body: text('Here is your bill.') }),
    template('shop_place', {}, { header: { kind: 'location' }, body: text('We have moved. Come and see us.') }),
    template('new_rice', marketing, { header: { kind: 'product' }, body: text('New in the shop.'), buttons: [{ kind: 'single_product', text: 'View' }] }),
    template('our_catalogue', marketing, { body: text('All we have, in one place.'), buttons: [{ kind: 'catalog', text: 'View catalog' }] }),
    template('sweets', marketing, { header: text('Sweets for {{1}}', { 1: 'Diwali' }), body: text('Choose from these.'), buttons: [{ kind: 'multi_product', text: 'View items' }] }),
    template('feedback', {}, { body: text('How was it?'), buttons: [{ kind: 'flow', text: 'Tell us', flow_id: '770', screen: 'RATE' }, { kind: 'quick_reply', text: 'Not now' }] }),
    template('pay_order', {}, { body: text('Your order is ready to be paid.'), buttons: [{ kind: 'order_details', text: 'Review and Pay' }] }),
    template('diwali_offer', marketing, {
      header: { kind: 'image' }, body: text('Only this week.'), offer: { text: 'Diwali offer', has_expiration: true },
      buttons: [{ kind: 'copy_code', example: 'DIWALI25' }, { kind: 'url', text: 'Shop', url: 'https://sharma.example' }],
    }),
    template('carousel', marketing, {
      body: text('Two new things.'),
      cards: ['Rice', 'Oil'].map((thing) => ({ header: { kind: 'image' }, body: { text: `${thing} for {{1}}`, examples: [{ variable: '1', value: '₹90' }] }, buttons: [{ kind: 'quick_reply', text: 'I want it' }] })),
    }),
    template('login_code', { category: 'authentication' }, { body: { kind: 'authentication', security_recommendation: true }, footer: { kind: 'expiry', minutes: 10 }, buttons: [{ kind: 'one_time_password', otp: 'copy_code' }] }),
    template('call_us', { status: 'draft', quality: 'unknown', history: [] }, { body: text('May we call you?'), call_permission_request: true }),
    template('too_loud', { ...marketing, status: 'rejected', quality: 'unknown', reason: { code: 'INVALID_FORMAT', explanation: 'The text has too many exclamation marks.', advice: 'Write it in calm words and submit it again.' } }, { body: text('BUY NOW!!!') }),
    template('weekly_news', { ...marketing, status: 'paused', quality: 'red', reason: { code: 'FIRST_PAUSE', explanation: 'People did not like it.', advice: null }, locked_because: 'It was changed today; WhatsApp takes one change a day.' }, { body: text('The news of the week.') }),
    template('thank_you', { ...marketing, quality: 'yellow', recategorised: { from: 'utility', to: 'marketing', price_before: 12, price_after: 86 } }, { category: 'utility', body: text('Thank you for your order! See what is new.') }),
    template('season', { status: 'pending', quality: 'unknown' }, { body: text('Mangoes have come.') }),
    template('unread_yet', { status: 'pending', quality: 'unknown', definition: null }),
  ];
}

const variables = (words) => [...new Set([...words.matchAll(/\{\{(.*?)\}\}/g)].map(([, name]) => name.trim()))];
const fault = (place, code, subject = null) => ({ place, code, message: code, subject });
const valueOf = (given, variable) => given?.find((value) => value.variable === variable && value.text.trim() !== '')?.text;
const filled = (words, given) => words.replaceAll(/\{\{(.*?)\}\}/g, (whole, name) => valueOf(given, name.trim()) ?? whole);
const missing = (words, given, place) => variables(words).filter((name) => valueOf(given, name) === undefined).map((name) => fault(place, 'parameter_missing', name));

function headerOf(wanted, given, place, faults) {
  if (!wanted) return null;
  if (wanted.kind === 'text') {
    const values = given ? [given.value] : [];
    faults.push(...missing(wanted.text, values, place));
    return { kind: 'text', text: filled(wanted.text, values) };
  }
  if (!given) faults.push(fault(place, 'missing'));
  return { kind: wanted.kind, text: given?.filename ?? given?.name ?? given?.address ?? given?.product ?? null };
}

const NEED_A_VALUE = new Set(['copy_code', 'multi_product', 'order_details']);
const OWN_LABELS = { copy_code: 'Copy offer code', one_time_password: 'Copy code', request_contact_info: 'Share contact info' };

function buttonsOf(wanted, given, place, faults) {
  return wanted.map((button, index) => {
    const value = given?.find((one) => one.index === index)?.value;
    const open = button.kind === 'url' && button.url.includes('{{');
    if (value === undefined && (open || NEED_A_VALUE.has(button.kind))) faults.push(fault(`${place}[${index}]`, 'missing'));
    const shown = button.kind === 'url' ? button.url.replace(/\{\{.*?\}\}/, value?.text ?? '{{1}}') : (value?.code ?? button.phone ?? null);
    return { kind: button.kind, text: button.text ?? OWN_LABELS[button.kind] ?? '', value: shown };
  });
}

/** How a filled template reads, and what is missing. */
function preview(found, filling) {
  const { definition } = found;
  const faults = [];
  const header = headerOf(definition.header, filling.header, 'header', faults);
  const words = definition.body?.kind === 'text' ? definition.body.text : '*{{1}}* is your verification code.';
  faults.push(...missing(words, filling.body, 'body'));
  const buttons = buttonsOf(definition.buttons ?? [], filling.buttons, 'buttons', faults);
  if (definition.offer?.has_expiration && !filling.offer_ends_at) faults.push(fault('offer_ends_at', 'missing'));
  const cards = (definition.cards ?? []).map((card, index) => {
    const given = filling.cards?.[index];
    const place = `cards[${index}]`;
    faults.push(...missing(card.body?.text ?? '', given?.body, `${place}.body`));
    return { header: headerOf(card.header, given?.header, `${place}.header`, faults), body: filled(card.body?.text ?? '', given?.body), buttons: buttonsOf(card.buttons ?? [], given?.buttons, `${place}.buttons`, faults) };
  });
  const footer = definition.footer == null ? null : (definition.footer.text ?? `This code expires in ${definition.footer.minutes} minutes.`);
  return {
    header, body: filled(words, filling.body), footer, offer: definition.offer?.text ?? null, offer_ends_at: filling.offer_ends_at ?? null, buttons, cards, faults,
    category: found.category, sendable: found.sendable && faults.length === 0,
  };
}

/** The rules a screen can run into; the real ones are the server's. */
function faultsOf({ body, buttons = [], header }) {
  const faults = [];
  if (body?.kind === 'text') {
    if (body.text.trim() === '') faults.push(fault('body', 'missing'));
    if (/^\{\{|\}\}$/.test(body.text.trim())) faults.push(fault('body', 'variable_at_edge'));
    for (const name of variables(body.text)) if (!body.examples?.some((one) => one.variable === name && one.value !== '')) faults.push(fault('body', 'example_missing', `{{${name}}}`));
  }
  if (['image', 'video', 'document'].includes(header?.kind) && !header.sample) faults.push(fault('header', 'sample_missing'));
  for (const [index, button] of buttons.entries()) {
    if ('text' in button && button.text === '') faults.push(fault(`buttons[${index}].text`, 'missing'));
    if (buttons.some((other, at) => at < index && other.text === button.text)) faults.push(fault('buttons', 'same_label'));
  }
  return faults;
}

/** Makes the templates of a shop, all of its numbers' accounts alike. */
export function newTemplates() {
  const kept = new Map(everyShape().map((one) => [`${one.name}/${one.language}`, one]));
  let syncedAt = NOW();
  const change = (found, request, more, what, value = null) => {
    if (request.headers['if-match'] !== `"${found.version}"`) return problem(409, 'conflict', 'Somebody else changed this template in the meantime.');
    Object.assign(found, more, { version: found.version + 1, history: [{ at: NOW(), what, value, reason: null }, ...found.history] });
    return [200, found];
  };
  const listed = (query, role) => {
    const wanted = (one) => ['status', 'category', 'language'].every((name) => !query.has(name) || query.get(name) === one[name]) && one.name.startsWith(query.get('name') ?? '');
    return [...kept.values()].filter((one) => wanted(one) && (role !== 'agent' || one.sendable)).toSorted((a, b) => `${a.name}/${a.language}`.localeCompare(`${b.name}/${b.language}`));
  };
  const create = (body) => {
    const key = `${body.name}/${body.language}`;
    const faults = faultsOf(body);
    if (faults.length > 0) return [422, { ...problem(422, 'invalid_template', 'The template does not keep the rules.')[1], faults }];
    if (kept.has(key)) return problem(409, 'conflict', 'There is a template of this name in this language.', 'name');
    kept.set(key, template(body.name, { language: body.language, category: body.category, status: 'draft', quality: 'unknown', history: [] }, body));
    return [201, kept.get(key)];
  };
  const one = (request, name, language, verb, body) => {
    const found = kept.get(`${decodeURIComponent(name)}/${language}`);
    if (!found) return problem(404, 'not_found', 'There is no such template.');
    if (verb === 'submit') return change(found, request, { status: 'pending' }, 'submitted');
    if (verb === 'acknowledge') return change(found, request, { recategorised: null }, 'acknowledged');
    if (request.method === 'PUT') return change(found, request, { definition: body }, 'components');
    if (request.method !== 'DELETE') return [200, found];
    const [status, content] = change(found, request, { status: 'deleted' }, 'status', 'deleted');
    if (status !== 200) return [status, content];
    kept.delete(`${found.name}/${found.language}`);
    return [204];
  };
  return {
    /** The words of a filling, for the bubble of the message; `null` when it cannot be sent. */
    shown(filling) {
      const found = kept.get(`${filling.name}/${filling.language}`);
      return found?.definition ? preview(found, filling) : null;
    },
    /** `/v1/numbers/{id}/templates…` and `/v1/templates/check`; null when the path is another. */
    routes(request, path, query, body, role, page) {
      if (path === '/v1/templates/check') return [200, { faults: faultsOf(body) }];
      const [, rest] = /^\/v1\/numbers\/[^/]+\/templates(?:\/(.*))?$/.exec(path) ?? [null, null];
      if (rest === null) return null;
      if (rest === undefined && request.method === 'POST') return create(body);
      if (rest === undefined) return [200, { ...page(listed(query, role), query), synced_at: syncedAt, sync_failure: null }];
      if (rest === 'samples') return [201, { sample: '4::aW1hZ2U=' }];
      if (rest === 'sync') {
        syncedAt = NOW();
        return [202];
      }
      if (rest === 'preview') {
        const found = kept.get(`${body.name}/${body.language}`);
        return found?.definition ? [200, preview(found, body)] : problem(404, 'not_found', 'There is no such template.');
      }
      const [name, language, verb] = rest.split('/');
      return one(request, name, language, verb, body);
    },
  };
}
