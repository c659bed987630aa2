// Light or dark, as the reader chose last.

import { byId } from "./dom.js";

/** Shows the page in the chosen theme and lets the button change it. */
export function startTheme() {
  const root = document.documentElement;
  const stored = (value) => {
    try {
      return value ? localStorage.setItem("theme", value) : localStorage.getItem("theme");
    } catch {
      return null;
    }
  };
  root.dataset.theme = stored() ?? "";
  byId("theme").onclick = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    stored(root.dataset.theme);
  };
}
