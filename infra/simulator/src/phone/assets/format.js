// The formatting of chat texts: *bold* _italic_ ~strike~ `code` ```block```, > quotes and links.

import { el } from "./dom.js";

const TAGS = { "*": "strong", _: "em", "~": "s", "`": "code" };
// A marker counts only at the edge of a word and with no space inside it, so that 5 * 3 * 2 stays a sum.
const MARKED = /(?<=^|[\s\p{P}\p{S}])([*_~`])(?=\S)([^\n]*?\S)\1(?=$|[\s\p{P}\p{S}])/u;
const LINK = /https?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]]/u;

/** Nodes for a text. */
export function formatted(text) {
  const nodes = [];
  const pieces = text.split("```");
  pieces.forEach((piece, index) => {
    const closed = index % 2 === 1 && index < pieces.length - 1;
    if (closed) nodes.push(el("pre", {}, el("code", {}, piece.replace(/^\n|\n$/g, ""))));
    // A block stands on lines of its own: the line ends around it are not shown twice.
    else nodes.push(...lines(index % 2 === 1 ? "```" + piece : unwrapped(piece, index, pieces.length)));
  });
  return nodes;
}

/** The text without its markers, for previews. */
export function plain(text) {
  return text.replaceAll("```", "").replace(new RegExp(MARKED, "gu"), "$2").replace(/\s+/g, " ").trim();
}

/** Whether a text is nothing but one to three emoji. */
export function isJumbo(text) {
  const trimmed = text.trim();
  if (trimmed.length > 24 || !/^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\s)+$/u.test(trimmed)) return false;
  return [...new Intl.Segmenter().segment(trimmed.replace(/\s/g, ""))].length <= 3;
}

function unwrapped(piece, index, count) {
  const begun = index > 0 ? piece.replace(/^\n/, "") : piece;
  return index < count - 2 ? begun.replace(/\n$/, "") : begun;
}

function lines(text) {
  const nodes = [];
  text.split("\n").forEach((line, index, all) => {
    if (line.startsWith("> ")) {
      nodes.push(el("blockquote", {}, inline(line.slice(2))));
      return;
    }
    nodes.push(...inline(line));
    if (index < all.length - 1) nodes.push("\n");
  });
  return nodes;
}

function inline(text) {
  const link = LINK.exec(text);
  const marked = MARKED.exec(text);
  if (link && (!marked || link.index <= marked.index)) {
    const anchor = el("a", { href: link[0], target: "_blank", rel: "noopener noreferrer" }, link[0]);
    return [...inline(text.slice(0, link.index)), anchor, ...inline(text.slice(link.index + link[0].length))];
  }
  if (marked) {
    const inside = marked[1] === "`" ? [marked[2]] : inline(marked[2]);
    const after = text.slice(marked.index + marked[0].length);
    return [text.slice(0, marked.index), el(TAGS[marked[1]], {}, inside), ...inline(after)].filter((node) => node !== "");
  }
  return text ? [text] : [];
}
