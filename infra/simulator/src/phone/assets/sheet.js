// The sheet that comes up from below with the rows of a list message.

import { byId, el, icon } from "./dom.js";

/** Opens the sheet for a list; `onChoose` gets the row. Escape, the cross and the dark part close it. */
export function openSheet(action, footer, onChoose) {
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
  const onKey = (event) => {
    if (event.key === "Escape") close();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const rows = [...veil.querySelectorAll(".rows button")];
      const step = event.key === "ArrowDown" ? 1 : -1;
      rows[(rows.indexOf(document.activeElement) + step + rows.length) % rows.length]?.focus();
    }
  };
  const choose = (row) => {
    close();
    onChoose(row);
  };

  const rows = el("div", { class: "rows" });
  for (const section of action.sections ?? []) {
    if (section.title) rows.append(el("h4", {}, section.title));
    for (const row of section.rows ?? []) {
      const words = el("span", {}, el("b", {}, row.title), row.description && el("small", {}, row.description));
      rows.append(el("button", { type: "button", "data-row": row.id, onclick: () => choose(row) }, words, el("i")));
    }
  }
  const closeButton = el("button", { class: "icon", type: "button", "aria-label": "Close", onclick: close }, icon("i-close"));
  const sheet = el(
    "div",
    { class: "sheet", role: "dialog", "aria-modal": "true", "aria-label": action.button },
    el("header", {}, closeButton, el("h3", {}, action.button)),
    rows,
    el("footer", {}, footer || "Tap an item to choose it"),
  );
  veil.onclick = (event) => event.target === veil && close();
  veil.replaceChildren(sheet);
  veil.hidden = false;
  screen.inert = true;
  document.addEventListener("keydown", onKey);
  rows.querySelector("button")?.focus({ preventScroll: true, focusVisible: false });
}
