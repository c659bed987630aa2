// The line to write on: text, emoji, files, and the message that is being answered.

import { byId, el, icon } from "./dom.js";
import { quoteBox } from "./bubble.js";

const EMOJI = [..."😀😂🙂😊😍😘😎🤔😅😢😡😴🙏👍👎👏🙌💪👌✌🤝👀🔥🎉🎂💐🌹🌸❤💛💚💙✅❌❓❗⏰📷📦🛒🛍🧾💰🍚🍞🥛🍬🧂🌾🍎🥔🧅🍅🥭☕🪔🙋🚚🏠📍"];

/** Starts the line. `onText(text, quoted)` and `onFile(file, caption)` are told what to send. */
export function startComposer({ onText, onFile }) {
  const form = byId("composer");
  const text = byId("text");
  const emoji = byId("emoji");
  const emojiButton = byId("emoji-button");
  const file = byId("file");
  const quoting = byId("quoting");
  let quoted = null;

  const resize = () => {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 128)}px`;
    byId("send").disabled = text.value.trim() === "";
  };
  const quote = (message, chat) => {
    quoted = message;
    quoting.hidden = !message;
    if (!message) return;
    const close = el("button", { class: "icon", type: "button", "aria-label": "Do not answer this message", onclick: () => quote(null) }, icon("i-close"));
    quoting.replaceChildren(quoteBox(message, chat), close);
    text.focus();
  };
  const showEmoji = (show) => {
    emoji.hidden = !show;
    emojiButton.setAttribute("aria-expanded", String(show));
  };

  emoji.append(
    ...EMOJI.map((sign) =>
      el("button", {
        type: "button",
        onclick: () => {
          text.setRangeText(sign, text.selectionStart, text.selectionEnd, "end");
          resize();
        },
      }, sign),
    ),
  );
  emojiButton.onclick = () => showEmoji(emoji.hidden);
  text.oninput = resize;
  text.onkeydown = (event) => {
    // Enter during composition only accepts what an input method (Hindi, for example) suggests.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key === "Escape") {
      showEmoji(false);
      quote(null);
    }
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    const written = text.value.trim();
    if (!written) return;
    onText(written, quoted);
    text.value = "";
    quote(null);
    showEmoji(false);
    resize();
    text.focus();
  };
  byId("attach").onclick = () => file.click();
  file.onchange = () => {
    // What stands on the line goes under the file.
    if (file.files[0]) {
      onFile(file.files[0], text.value.trim());
      text.value = "";
      resize();
    }
    file.value = "";
  };

  return {
    quote,
    /** A clean line for another chat. */
    reset() {
      text.value = "";
      quote(null);
      showEmoji(false);
      resize();
    },
    focus: () => text.focus(),
  };
}
