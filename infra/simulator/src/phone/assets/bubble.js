// Draws one message, whatever its kind.

import { el, icon, timeOf } from "./dom.js";
import { formatted, isJumbo, plain } from "./format.js";
import { choicesOf, detailsOf } from "./interactive.js";

const TICKS = {
  waiting: ["t-clock", "Waiting"],
  sent: ["t-one", "Sent"],
  delivered: ["t-two", "Delivered"],
  read: ["t-two", "Read"],
  failed: ["t-fail", "Not delivered"],
};

/** What a message says in a few words. */
export function summary(message) {
  try {
    return words(message) || "Message";
  } catch {
    return "Message";
  }
}

function words({ content }) {
  const part = content[content.type] ?? {};
  switch (content.type) {
    case "text": return plain(part.body ?? "");
    case "image": return part.caption ? `📷 ${plain(part.caption)}` : "📷 Photo";
    case "video": return part.caption ? `🎬 ${plain(part.caption)}` : "🎬 Video";
    case "audio": return "🎵 Audio";
    case "document": return `📄 ${part.filename ?? part.caption ?? "Document"}`;
    case "sticker": return "Sticker";
    case "location": return `📍 ${part.name ?? "Location"}`;
    case "contacts": return `👤 ${part[0]?.name?.formatted_name ?? "Contact"}`;
    case "template": return plain(part.shown?.body ?? `Template ${part.name}`);
    case "button": return part.text ?? "";
    case "interactive": return plain(reply(part)?.title ?? part.nfm_reply?.body ?? part.body?.text ?? "Message");
    case "order": return `🛒 ${part.product_items?.length ?? 0} items`;
    case "notice": return "⚠ Not delivered";
    default: return "Message";
  }
}

const reply = (interactive) => interactive.button_reply ?? interactive.list_reply;

/** The list item for a message. `chat` has: business, find(id), used(message), answer(…), retry, quote, reveal. */
export function draw(message, isFirst, chat) {
  try {
    return row(message, isFirst, chat);
  } catch {
    // A test may deliver whatever it likes; one odd message must not take the others from the screen.
    return row({ ...message, content: { type: String(message.content?.type ?? "nothing known"), broken: true } }, isFirst, chat);
  }
}

function row(message, isFirst, chat) {
  if (message.content.type === "notice") return notice(message, chat);
  const side = message.mine ? "mine" : "theirs";
  const bubble = el("div", { class: "bubble" }, quoteOf(message, chat), ...body(message), meta(message));
  const act = el(
    "button",
    { class: "icon act", type: "button", "aria-label": `Answer: ${summary(message).slice(0, 60)}`, onclick: () => chat.quote(message) },
    icon("i-reply"),
  );
  const item = el("li", { class: `row ${side}${isFirst ? " first" : ""}`, "data-id": message.id }, bubble);
  item.ondblclick = () => chat.quote(message);
  if (!message.mine || message.progress !== "failed") item.append(act);
  item.append(...choices(message, chat));
  const emoji = [message.reactions?.theirs, message.reactions?.mine].filter(Boolean);
  if (emoji.length) item.append(el("span", { class: "reactions", role: "img", "aria-label": `Reactions: ${emoji.join(" ")}` }, emoji.join(" ")));
  if (message.note) item.append(trouble(message, chat));
  return item;
}

/** The quoted message above a bubble or above the line to write on. */
export function quoteBox(original, chat, onClick) {
  const name = original.mine ? "You" : chat.business.name;
  return el(
    onClick ? "button" : "div",
    { class: `quote${original.mine ? " of-me" : ""}`, onclick: onClick, ...(onClick ? { type: "button" } : {}) },
    el("b", {}, name),
    el("span", {}, summary(original)),
  );
}

function quoteOf(message, chat) {
  const original = message.context_id && chat.find(message.context_id);
  return original ? quoteBox(original, chat, () => chat.reveal(original.id)) : null;
}

function meta(message) {
  const time = el("time", { dateTime: new Date(message.at).toISOString() }, timeOf(message.at));
  if (!message.mine) return el("span", { class: "meta" }, time);
  const [id, label] = TICKS[message.progress] ?? TICKS.waiting;
  return el("span", { class: "meta" }, time, icon(id, label, `tick ${message.progress}`));
}

function trouble(message, chat) {
  const failed = message.progress === "failed";
  const note = message.note.charAt(0).toUpperCase() + message.note.slice(1);
  const again = failed && el("button", { type: "button", onclick: () => chat.retry(message) }, "Try again");
  return el("div", { class: `trouble${failed ? " failed" : ""}`, role: "status" }, el("span", {}, failed ? `Not delivered. ${note}.` : `${note}.`), again);
}

function notice(message, chat) {
  const { code, title, details } = message.content.notice;
  const sentence = `${chat.business.name} wrote to you, but it could not be delivered: ${title.replace(/\.$/, "")} (${code}).`;
  return el("li", { class: "notice", "data-id": message.id }, sentence, el("small", {}, details));
}

const lines = (text, name = "text") => (text ? [el("div", { class: `${name}${isJumbo(text) ? " jumbo" : ""}` }, formatted(text))] : []);

function body({ content }) {
  if (content.broken) return [unknown(content.type)];
  const part = content[content.type] ?? {};
  switch (content.type) {
    case "text": return lines(part.body);
    case "image": case "sticker": case "video": case "audio": case "document": return [file(content.type, part), ...lines(part.caption)];
    case "location": return [card("i-pin", part.name ?? "Location", part.address ?? `${part.latitude}, ${part.longitude}`)];
    case "contacts": return part.map((contact) => card("i-file", contact.name?.formatted_name, contact.phones?.[0]?.phone));
    case "button": return lines(part.text);
    case "order": return [card("i-file", "Cart", (part.product_items ?? []).map((item) => `${item.quantity} × ${item.product_retailer_id}`).join(", "))];
    case "template": return template(part);
    case "interactive": return interactive(part);
    default: return [unknown(content.type)];
  }
}

const unknown = (type) => el("div", { class: "foot" }, `This phone cannot show messages of type “${type}”.`);

function interactive(part) {
  const answer = reply(part);
  if (answer) return [...lines(answer.title), answer.description && el("div", { class: "foot" }, answer.description)];
  if (part.nfm_reply) return lines(part.nfm_reply.body);
  if (part.call_permission_reply) return lines(part.call_permission_reply.response === "accept" ? "📞 You may call me" : "📞 Please do not call me");
  const header = part.header?.type === "text" ? [el("div", { class: "title" }, part.header.text)] : [];
  const media = part.header && part.header.type !== "text" ? [file(part.header.type, part.header[part.header.type])] : [];
  return [...header, ...media, ...lines(part.body?.text), ...detailsOf(part, { card, file, lines }), part.footer && el("div", { class: "foot" }, part.footer.text)];
}

function template(part) {
  if (part.shown) return filled(part.shown);
  const values = (part.components ?? []).flatMap((component) => (component.parameters ?? []).map((parameter) => parameter.text)).filter(Boolean);
  return [el("div", { class: "title" }, `Template “${part.name}”`), ...lines(values.join(" · ")), el("div", { class: "foot" }, part.language?.code)];
}

/** A template as it reads: the simulator puts the values of the message in its words. */
function filled(shown) {
  const kind = shown.media?.type;
  const media = { image: 1, video: 1, document: 1 }[kind] ? [file(kind, shown.media[kind])] : [];
  const place = kind === "location" ? [card("i-pin", shown.media.location.name ?? "Location", shown.media.location.address)] : [];
  const product = kind === "product" ? [card("i-file", shown.media.product.product_retailer_id)] : [];
  const title = shown.title ? [el("div", { class: "title" }, shown.title)] : [];
  const offer = shown.offer ? [el("div", { class: "foot" }, shown.offer)] : [];
  const cards = (shown.cards ?? []).map((one) => el("div", { class: "card" }, el("div", {}, ...filled(one))));
  return [...media, ...place, ...product, ...title, ...lines(shown.body), ...offer, shown.footer && el("div", { class: "foot" }, shown.footer), ...cards];
}

function file(kind, part = {}) {
  const source = part.id ? `/phone/media/${encodeURIComponent(part.id)}` : null;
  if (source && (kind === "image" || kind === "sticker")) {
    // A test may name a file that does not exist: then a card stands for it.
    const onerror = (event) => event.target.replaceWith(card("i-file", "Photo", "not available any more"));
    return el("img", { class: "media", src: source, alt: part.caption ?? "Photo", onerror });
  }
  if (source && kind === "audio") return el("audio", { class: "media", src: source, controls: true });
  if (source && kind === "video") return el("video", { class: "media", src: source, controls: true });
  return card("i-file", part.filename ?? kind, part.link, source ?? part.link);
}

function card(drawing, title, line, href) {
  const inside = [icon(drawing), el("span", {}, el("b", {}, title ?? ""), line && el("div", { class: "foot" }, line))];
  return href ? el("a", { class: "card", href, target: "_blank", rel: "noopener noreferrer" }, inside) : el("div", { class: "card" }, inside);
}

function choices(message, chat) {
  const { content } = message;
  if (message.mine || content.broken) return [];
  const buttons = content.type === "template" ? templateButtons(message, chat) : choicesOf(message, chat);
  return buttons.length ? [el("div", { class: "choices" }, buttons)] : [];
}

/** What can be tapped: a quick reply answers as a message of type `button`, as on a real phone. */
function shownButton(button, message, chat) {
  const { type, text, payload, url, code, phone_number: phone } = button;
  if (type === "QUICK_REPLY") {
    const onclick = () => chat.answer(message, { type: "button", button: { payload, text } });
    return el("button", { class: "choice", type: "button", onclick }, text);
  }
  if (type === "URL") return el("a", { class: "choice", href: url, target: "_blank", rel: "noopener noreferrer" }, icon("i-link"), text);
  if (type === "PHONE_NUMBER") return el("a", { class: "choice", href: `tel:${phone}` }, text);
  return el("button", { class: "choice", type: "button", disabled: true }, code ? `${text}: ${code}` : text);
}

function templateButtons(message, chat) {
  const { shown } = message.content.template;
  if (shown) {
    const all = [...(shown.buttons ?? []), ...(shown.cards ?? []).flatMap((one) => one.buttons ?? [])];
    return all.map((button) => shownButton(button, message, chat));
  }
  const quick = (message.content.template.components ?? []).filter((component) => component.sub_type === "quick_reply");
  return quick.map((component) => {
    const payload = component.parameters?.[0]?.payload ?? "";
    const onclick = () => chat.answer(message, { type: "button", button: { payload, text: payload } });
    return el("button", { class: "choice", type: "button", onclick }, payload);
  });
}
