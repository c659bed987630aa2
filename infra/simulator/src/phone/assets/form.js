// The sheet that comes up from below with a small form: for Flows and addresses.

import { byId, el, icon } from "./dom.js";

/** Opens a form; `fields` are `[name, label, value]`, `onDone` gets what was filled in. Escape, the cross and the dark part close it. */
export function openForm(title, fields, onDone) {
  const veil = byId("veil");
  const screen = byId("screen");
  const before = document.activeElement;

  const close = () => {
    veil.hidden = true;
    veil.replaceChildren();
    screen.inert = false;
    document.removeEventListener("keydown", onKey);
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  const onKey = (event) => event.key === "Escape" && close();
  const onsubmit = (event) => {
    event.preventDefault();
    const filled = [...new FormData(event.target)].map(([name, value]) => [name, String(value).trim()]).filter(([, value]) => value);
    close();
    onDone(Object.fromEntries(filled));
  };

  const inputs = fields.map(([name, label, value]) => el("label", { class: "entry" }, el("span", {}, label), el("input", { name, value, autocomplete: "off" })));
  const closeButton = el("button", { class: "icon", type: "button", "aria-label": "Close", onclick: close }, icon("i-close"));
  const form = el("form", { class: "rows", onsubmit }, ...inputs, el("button", { class: "choice", type: "submit" }, "Send"));
  const sheet = el("div", { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": title }, el("header", {}, closeButton, el("h3", {}, title)), form);
  veil.onclick = (event) => event.target === veil && close();
  veil.replaceChildren(sheet);
  veil.hidden = false;
  screen.inert = true;
  document.addEventListener("keydown", onKey);
  form.querySelector("input")?.focus({ preventScroll: true });
}
