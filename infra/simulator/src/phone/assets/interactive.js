// What can be tapped under a message, and what is shown in it beside its text.

import { el, icon } from "./dom.js";
import { openForm } from "./form.js";
import { openSheet } from "./sheet.js";

const PUNE = { latitude: 18.5204, longitude: 73.8567, name: "Shaniwar Wada", address: "Pune 411030" };
const ADDRESS_FIELDS = [
  ["name", "Name"], ["phone_number", "Phone"], ["in_pin_code", "PIN code"], ["house_number", "House number"], ["address", "Address"],
  ["landmark_area", "Landmark"], ["city", "City"], ["state", "State"],
];
const WEEK_S = 7 * 24 * 3600;

const rupees = ({ value, offset }) => new Intl.NumberFormat("en-IN", { style: "currency", currency: "INR" }).format(value / offset);

/** Cards, products and orders: what a message shows under its text. */
export function detailsOf(part, { card, file, lines }) {
  switch (part.type) {
    case "carousel": return part.action.cards.map((one) => carouselCard(one, { card, file, lines }));
    case "product": return [card("i-file", part.action.product_retailer_id, "From the catalogue")];
    case "product_list": return part.action.sections.flatMap(({ title, product_items: items }) => [
      title && el("div", { class: "title" }, title),
      ...items.map((item) => card("i-file", item.product_retailer_id, "From the catalogue")),
    ]);
    case "order_details": return [orderCard(part.action.parameters)];
    case "order_status": return [card("i-file", `Order ${part.action.parameters.reference_id}`, part.action.parameters.order.status.replace("_", " "))];
    default: return [];
  }
}

function carouselCard(one, { card, file, lines }) {
  if (one.type === "product") return card("i-file", one.action.product_retailer_id, "From the catalogue");
  return el("div", { class: "carousel-card" }, file(one.header.type, one.header[one.header.type]), ...lines(one.body?.text));
}

function orderCard({ reference_id: reference, total_amount: total, order }) {
  const line = (label, amount, sign = "") => amount && amount.value > 0 && el("div", { class: "foot" }, `${label} ${sign}${rupees(amount)}`);
  return el(
    "div",
    { class: "order" },
    el("div", { class: "title" }, `Order ${reference}`),
    ...order.items.map((item) => el("div", {}, `${item.quantity} × ${item.name}: ${rupees(item.sale_amount ?? item.amount)}`)),
    line("Tax", order.tax),
    line("Shipping", order.shipping),
    line("Discount", order.discount, "−"),
    el("b", {}, `Total ${rupees(total)}`),
  );
}

const choice = (label, onclick, more = {}) => el("button", { class: "choice", type: "button", onclick, ...more }, label);
const link = (label, href) => el("a", { class: "choice", href, target: "_blank", rel: "noopener noreferrer" }, icon("i-link"), label);
const interactive = (answer) => ({ type: "interactive", interactive: answer });

/** The buttons under an interactive message of the business. */
export function choicesOf(message, chat) {
  const part = message.content.interactive;
  const action = part?.action;
  const say = (content) => chat.answer(message, content);
  switch (part?.type) {
    case "button": return action.buttons.map(({ reply }) => replyButton(message, chat, reply));
    case "list": return [listButton(part, say)];
    case "cta_url": return [link(action.parameters.display_text, action.parameters.url)];
    case "flow": return [flowButton(action.parameters, say)];
    case "location_request_message": return [choice("Send location", () => say({ type: "location", location: PUNE }))];
    case "request_contact_info": return [choice("Share phone number", () => say(ownNumber(chat)))];
    case "call_permission_request": return ["accept", "reject"].map((response) => permissionButton(response, say));
    case "voice_call": return [choice(action.parameters?.display_text ?? "Call now", null, { disabled: true, title: "This phone cannot call" })];
    case "address_message": return [addressButton(part, say)];
    case "product": return [cartButton(action.catalog_id, [action.product_retailer_id], say)];
    case "product_list": return [cartButton(action.catalog_id, action.sections.flatMap((section) => section.product_items.map((item) => item.product_retailer_id)), say)];
    case "catalog_message": return [cartButton("880011", [action.parameters?.thumbnail_product_retailer_id ?? "SKU-1"], say)];
    case "carousel": return action.cards.flatMap((one) => cardButtons(one, message, chat, say));
    case "order_details": return [payButton(message, chat)];
    default: return [];
  }
}

function replyButton(message, chat, { id, title }) {
  const onclick = () => chat.answer(message, interactive({ type: "button_reply", button_reply: { id, title } }));
  return choice(title, onclick, { disabled: chat.used(message).has(id) });
}

function listButton(part, say) {
  const onChoose = ({ id, title, description }) => say(interactive({ type: "list_reply", list_reply: { id, title, ...(description ? { description } : {}) } }));
  const onclick = () => openSheet(part.action, part.footer?.text, onChoose);
  return el("button", { class: "choice", type: "button", "aria-haspopup": "dialog", onclick }, icon("i-list"), part.action.button);
}

function flowButton({ flow_cta: label, flow_token: token, flow_action_payload: payload }, say) {
  const given = payload?.data ?? {};
  const names = Object.keys(given).length ? Object.keys(given) : ["name", "pincode"];
  const onDone = (answers) => {
    const response = JSON.stringify({ ...(token ? { flow_token: token } : {}), ...answers });
    say(interactive({ type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: response } }));
  };
  const fields = names.map((name) => [name, name, String(given[name] ?? "")]);
  return choice(label, () => openForm(label, fields, onDone), { "aria-haspopup": "dialog" });
}

function addressButton(part, say) {
  const given = part.action.parameters.values ?? {};
  const onDone = (values) => {
    const body = `${values.name ?? ""}\n${values.in_pin_code ?? ""}, ${values.city ?? ""}`.trim();
    say(interactive({ type: "nfm_reply", nfm_reply: { name: "address_message", body, response_json: JSON.stringify({ values }) } }));
  };
  const fields = ADDRESS_FIELDS.map(([name, label]) => [name, label, String(given[name] ?? "")]);
  return choice("Provide address", () => openForm("Provide address", fields, onDone), { "aria-haspopup": "dialog" });
}

function permissionButton(response, say) {
  const accepted = response === "accept" ? { is_permanent: false, expiration_timestamp: Math.floor(Date.now() / 1000) + WEEK_S } : {};
  const answer = { type: "call_permission_reply", call_permission_reply: { response, ...accepted, response_source: "user_action" } };
  return choice(response === "accept" ? "Allow" : "Don’t allow", () => say(interactive(answer)));
}

function ownNumber(chat) {
  const phone = `+${chat.me.wa_id}`;
  const name = { formatted_name: chat.me.name, first_name: chat.me.name };
  return { type: "contacts", origin: "contact_request", contacts: [{ name, phones: [{ phone, wa_id: chat.me.wa_id, type: "CELL" }] }] };
}

function cartButton(catalog, products, say) {
  const onChoose = ({ id }) =>
    say({ type: "order", order: { catalog_id: catalog, product_items: [{ product_retailer_id: id, quantity: 1, item_price: 100, currency: "INR" }] } });
  const rows = products.map((id) => ({ id, title: id, description: "One piece" }));
  return choice("Choose", () => openSheet({ button: "Add to cart", sections: [{ rows }] }, "A tap sends a cart with one piece", onChoose), { "aria-haspopup": "dialog" });
}

function cardButtons(one, message, chat, say) {
  if (one.type === "product") return [cartButton(one.action.catalog_id, [one.action.product_retailer_id], say)];
  if (one.action.buttons) return one.action.buttons.map(({ quick_reply: reply }) => replyButton(message, chat, reply));
  return [link(one.action.parameters.display_text, one.action.parameters.url)];
}

function payButton(message, chat) {
  const { total_amount: total } = message.content.interactive.action.parameters;
  if (message.content.paid) return choice("Paid ✓", null, { disabled: true });
  return choice(`Pay ${rupees(total)}`, () => chat.pay(message));
}
