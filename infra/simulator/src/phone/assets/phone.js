// The page: who is there, whose chat is on the screen, and what happens in it.

import { byId, dayOf, el, hue, initials, phoneNumber, timeOf } from "./dom.js";
import { draw, summary } from "./bubble.js";
import { startComposer } from "./composer.js";
import * as server from "./server.js";
import { startTheme } from "./theme.js";
import { startVoice } from "./voice.js";

const FIRST_THINGS = {
  customer: ["kitna stock hai Parle-G ka?", "चीनी का भाव?", "price of surf excel", "STOP"],
  owner: ["how much sugar do we have?", "kitna stock hai Parle-G ka?", "चीनी का भाव?", "menu"],
};
const log = byId("log");
const scroller = byId("scroller");
const small = matchMedia("(max-width: 819px)");

const people = new Map();
let current = null;
let online = false;
let webhookSet = true;
let unseen = 0;
let pinned = true;
let typingTimer;
let readPending = false;

const composer = startComposer({ onText: sendText, onFile: sendFile });
startVoice(byId("voice"), {
  onVoice: (file) => sendFile(file, "", true),
  onProblem: (note) => addLocal(current, { type: "text", text: { body: "🎤" } }, null, { progress: "failed", note }),
});

/* What the bubbles may ask of the page. */
const chat = {
  get business() { return current.business; },
  get me() { return current; },
  pay,
  find: (id) => current.messages.find((message) => message.id === id),
  used(message) {
    const answers = current.messages.filter((other) => other.mine && other.context_id === message.id);
    return new Set(answers.map((other) => other.content.interactive?.button_reply?.id).filter(Boolean));
  },
  answer: (message, content) => send(content, message.id),
  quote: (message) => composer.quote(message, chat),
  retry,
  reveal(id) {
    const row = log.querySelector(`[data-id="${CSS.escape(id)}"]`);
    row?.scrollIntoView({ block: "center", behavior: "smooth" });
    row?.querySelector(".bubble")?.classList.add("target");
    setTimeout(() => row?.querySelector(".bubble")?.classList.remove("target"), 1_500);
  },
};

/* People */

function drawPeople() {
  const rows = [...people.values()].map((person) => {
    const last = person.messages.at(-1);
    const unread = unreadOf(person);
    const avatar = el("span", { class: "avatar", "aria-hidden": "true" }, initials(person.name));
    avatar.style.setProperty("--hue", hue(person.name));
    return el(
      "button",
      { class: "person", type: "button", "data-persona": person.id, "aria-current": String(person === current), onclick: () => open(person.id) },
      avatar,
      el("span", { class: "name" }, el("span", {}, person.name), el("span", { class: `role ${person.role}` }, person.role)),
      el("time", {}, last ? timeOf(last.at) : ""),
      el("span", { class: "preview" }, last ? `${last.mine ? "You: " : ""}${summary(last)}` : phoneNumber(person.wa_id)),
      unread > 0 && el("span", { class: "badge", "aria-label": `${unread} unread` }, String(unread)),
    );
  });
  byId("people").replaceChildren(...rows);
  const total = [...people.values()].reduce((sum, person) => sum + unreadOf(person), 0);
  document.title = `${total ? `(${total}) ` : ""}${current ? current.business.name : "Phone"}`;
}

const unreadOf = (person) => person.messages.filter((message) => !message.mine && message.content.type !== "notice" && message.progress !== "read").length;

function open(id, focus = true) {
  const person = people.get(id);
  if (!person) return;
  current = person;
  if (location.hash.slice(1) !== id) history.pushState(null, "", `#${id}`);
  document.body.classList.add("in-chat");
  byId("business-name").textContent = person.business.name;
  byId("business-avatar").textContent = initials(person.business.name);
  byId("me").textContent = person.name;
  byId("me").title = `You are ${person.name}, ${phoneNumber(person.wa_id)}`;
  composer.reset();
  drawChat();
  drawPeople();
  drawHead();
  markRead();
  if (focus && !small.matches) composer.focus();
}

function closeChat() {
  current = null;
  document.body.classList.remove("in-chat");
  if (location.hash) history.pushState(null, "", location.pathname);
  drawPeople();
  byId("people").querySelector("button")?.focus();
}

/* The chat on the screen */

function drawHead() {
  if (!current) return;
  const isTyping = current.typingUntil > Date.now();
  const line = byId("business-line");
  line.textContent = !online ? "connecting…" : isTyping ? "typing…" : `Business · ${phoneNumber(current.business.display_phone_number)}`;
  line.classList.toggle("typing", online && isTyping);
  const trouble = !online
    ? "Connection to the simulator lost. Trying again…"
    : webhookSet ? "" : "No webhook address is set yet: messages cannot reach the platform.";
  byId("banner").textContent = trouble;
  byId("banner").hidden = trouble === "";
}

function drawChat() {
  const rows = [];
  let before = null;
  for (const message of current.messages) {
    rows.push(...rowsFor(message, before));
    before = message;
  }
  if (current.typingUntil > Date.now()) rows.push(typingRow());
  log.replaceChildren(...rows);
  drawEmpty();
  toBottom();
}

function rowsFor(message, before) {
  const newDay = !before || dayOf(before.at) !== dayOf(message.at);
  const isFirst = newDay || before.mine !== message.mine || before.content.type === "notice";
  const row = draw(message, isFirst, chat);
  return newDay ? [el("li", { class: "day" }, dayOf(message.at)), row] : [row];
}

const typingRow = () =>
  el("li", { class: "row first typing-bubble", "aria-label": "typing" }, el("div", { class: "bubble" }, el("i"), el("i"), el("i")));

function drawEmpty() {
  const empty = byId("empty");
  empty.hidden = current.messages.length > 0;
  log.hidden = !empty.hidden;
  if (empty.hidden) return;
  const chips = FIRST_THINGS[current.role].map((text) => el("button", { class: "chip", type: "button", onclick: () => sendText(text, null) }, text));
  empty.replaceChildren(
    el("span", { class: "avatar", "aria-hidden": "true" }, initials(current.business.name)),
    el("h3", {}, current.business.name),
    el("p", {}, current.role === "owner" ? `You are ${current.name}, the owner. Ask about your shop:` : `You are ${current.name}, a customer. First things to try:`),
    el("div", { class: "chips", role: "group", "aria-label": "First things to try" }, chips),
  );
}

const atBottom = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;

function toBottom() {
  pinned = true;
  scroller.scrollTop = scroller.scrollHeight;
  unseen = 0;
  drawJump();
}

function drawJump() {
  byId("jump").hidden = atBottom();
  byId("jump-count").textContent = unseen ? String(unseen) : "";
}

function append(message, before) {
  const stay = atBottom() || message.mine;
  log.querySelector(".typing-bubble")?.remove();
  const rows = rowsFor(message, before);
  rows.at(-1).classList.add("fresh");
  log.append(...rows);
  if (current.typingUntil > Date.now()) log.append(typingRow());
  drawEmpty();
  if (message.context_id) redraw(message.context_id);
  if (stay) toBottom();
  else {
    unseen += message.mine ? 0 : 1;
    drawJump();
  }
}

function redraw(id, shownAs = id) {
  const index = current.messages.findIndex((message) => message.id === id);
  const row = log.querySelector(`[data-id="${CSS.escape(shownAs)}"]`);
  if (index < 0 || !row) return;
  const stay = atBottom();
  const hadFocus = row.contains(document.activeElement);
  const fresh = rowsFor(current.messages[index], current.messages[index - 1]).at(-1);
  row.replaceWith(fresh);
  if (hadFocus) byId("text").focus();
  if (stay) toBottom();
}

/* What the person does */

function sendText(text, quoted) {
  send({ type: "text", text: { body: text } }, quoted?.id);
}

async function sendFile(file, caption, voice = false) {
  const persona = current;
  try {
    const media = await server.upload(file);
    const [kind] = file.type.split("/");
    const type = ["image", "audio", "video"].includes(kind) ? kind : "document";
    const under = caption && type !== "audio" ? { caption } : {};
    const part = { ...media, ...under, ...(type === "document" ? { filename: file.name } : {}), ...(type === "audio" ? { voice } : {}) };
    await server.send(persona.id, { type, [type]: part });
  } catch (error) {
    addLocal(persona, { type: "text", text: { body: `📄 ${file.name}` } }, null, { progress: "failed", note: `The file was not sent: ${error.message}` });
  }
}

function addLocal(persona, content, contextId, more) {
  const message = { id: `draft-${crypto.randomUUID()}`, mine: true, at: Date.now(), content, context_id: contextId ?? null, reactions: {}, local: true, ...more };
  const before = persona.messages.at(-1);
  persona.messages.push(message);
  if (persona === current) append(message, before);
  return message;
}

function send(content, contextId) {
  const persona = current;
  submit(persona, addLocal(persona, content, contextId, { progress: "waiting", note: null }));
}

async function submit(persona, message) {
  try {
    await server.send(persona.id, message.content, message.context_id, message.id);
  } catch (error) {
    update(persona, { ...message, progress: "failed", note: error.message }, message.id);
  }
}

async function retry(message) {
  const persona = current;
  if (message.local) {
    const again = { ...message, progress: "waiting", note: null };
    update(persona, again, message.id);
    await submit(persona, again);
    return;
  }
  try {
    await server.retry(persona.id, message.id);
  } catch (error) {
    update(persona, { ...message, note: error.message }, message.id);
  }
}

async function pay(message) {
  const persona = current;
  try {
    await server.pay(persona.id, message.id);
  } catch (error) {
    update(persona, { ...message, note: error.message }, message.id);
  }
}

async function markRead() {
  if (!current || !online || readPending || document.visibilityState !== "visible" || unreadOf(current) === 0) return;
  readPending = true;
  try {
    await server.read(current.id);
  } catch {
    // The next change or the next look at the page tries again.
  } finally {
    readPending = false;
  }
}

/* What the simulator tells */

function update(persona, message, shownAs) {
  const index = persona.messages.findIndex((known) => known.id === shownAs);
  if (index < 0) return;
  persona.messages[index] = message;
  if (persona === current) redraw(message.id, shownAs);
  drawPeople();
}

function onChange(change) {
  if (change.type === "resync") return void refresh();
  if (change.type === "webhook") {
    webhookSet = change.set;
    return drawHead();
  }
  const person = people.get(change.persona);
  if (!person) return;
  if (change.type === "typing") {
    setTyping(person, change.until);
    return;
  }
  const { message } = change;
  const draft = message.draft_id && person.messages.some((known) => known.id === message.draft_id);
  if (change.type === "change" || draft || person.messages.some((known) => known.id === message.id)) {
    update(person, message, draft ? message.draft_id : message.id);
  } else {
    if (!message.mine) setTyping(person, 0);
    const before = person.messages.at(-1);
    person.messages.push(message);
    if (person === current) append(message, before);
    drawPeople();
  }
  if (person === current) markRead();
}

function setTyping(person, until) {
  person.typingUntil = until;
  if (person !== current) return;
  clearTimeout(typingTimer);
  const stay = atBottom();
  log.querySelector(".typing-bubble")?.remove();
  if (until > Date.now()) {
    log.append(typingRow());
    typingTimer = setTimeout(() => setTyping(person, 0), until - Date.now());
  }
  if (stay) toBottom();
  drawHead();
}

async function refresh() {
  let state;
  try {
    state = await server.load();
  } catch {
    return;
  }
  webhookSet = state.webhook_set;
  const shown = current?.id;
  for (const person of state.personas) {
    const known = people.get(person.id);
    const unsent = (known?.messages ?? []).filter((message) => message.local && !person.messages.some((other) => other.draft_id === message.id));
    people.set(person.id, { ...person, messages: [...person.messages, ...unsent], typingUntil: known?.typingUntil ?? 0 });
  }
  if (shown) {
    current = people.get(shown);
    drawChat();
  } else {
    route();
  }
  drawPeople();
  drawHead();
  markRead();
}

function route() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (people.has(wanted)) open(wanted, false);
  else if (!small.matches && people.size) open(people.keys().next().value, false);
  else if (current) closeChat();
  if (people.size === 0) byId("people").replaceChildren(el("p", { class: "people-foot" }, "No personas are configured."));
}

byId("back").onclick = closeChat;
byId("jump").onclick = toBottom;
scroller.onscroll = () => {
  pinned = atBottom();
  if (pinned) unseen = 0;
  drawJump();
};
// A photo that loads or a line to write on that grows must not push the newest message out of sight.
const sizes = new ResizeObserver(() => pinned && toBottom());
sizes.observe(scroller);
sizes.observe(log);
document.addEventListener("visibilitychange", markRead);
addEventListener("focus", markRead);
addEventListener("popstate", () => (location.hash ? route() : small.matches && current && closeChat()));
small.addEventListener("change", route);
startTheme();
server.follow({
  onOpen() {
    online = true;
    refresh();
  },
  onChange,
  onLost() {
    online = false;
    drawHead();
  },
});
