/**
 * WhatsApp's text formatting: *bold*, _italic_, ~strike~, `code` and ```mono```. The result is a tree of plain values;
 * nothing in a message is ever treated as HTML.
 */

export type TextNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string }
  | { readonly kind: 'code' | 'mono'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly children: readonly TextNode[] };

type Style = 'bold' | 'italic' | 'strike';
const STYLES: Readonly<Record<string, Style>> = { '*': 'bold', _: 'italic', '~': 'strike' };
const LINK = /^https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'*_~]/i;

/** Parses a message's text. Marks that are not a pair stay as they were typed. */
export function parseText(source: string): TextNode[] {
  const nodes: TextNode[] = [];
  let plain = '';
  let index = 0;
  const flush = (): void => {
    if (plain !== '') nodes.push({ kind: 'text', text: plain });
    plain = '';
  };
  while (index < source.length) {
    const found = markAt(source, index);
    if (found === null) {
      plain += source.charAt(index);
      index += 1;
      continue;
    }
    flush();
    nodes.push(found.node);
    index = found.end;
  }
  flush();
  return nodes;
}

/** The words of a text without its marks, for places too small for formatting. */
export function plainText(source: string): string {
  const wordsOf = (node: TextNode): string => {
    if ('children' in node) return node.children.map(wordsOf).join('');
    return 'href' in node ? node.href : node.text;
  };
  return parseText(source).map(wordsOf).join('');
}

interface Found {
  readonly node: TextNode;
  readonly end: number;
}

function markAt(source: string, index: number): Found | null {
  const character = source.charAt(index);
  if (character === '`') return codeAt(source, index);
  if (character === 'h' || character === 'H') return linkAt(source, index);
  const style = STYLES[character];
  return style === undefined ? null : styleAt(source, index, character, style);
}

function codeAt(source: string, index: number): Found | null {
  const fence = source.startsWith('```', index) ? '```' : '`';
  const start = index + fence.length;
  const end = source.indexOf(fence, start);
  if (end <= start) return null;
  const text = source.slice(start, end);
  // A single back-tick pair stays within its line; a fence may hold several lines.
  if (fence === '`' && text.includes('\n')) return null;
  if (text.trim() === '') return null;
  return { node: { kind: fence === '`' ? 'code' : 'mono', text }, end: end + fence.length };
}

function linkAt(source: string, index: number): Found | null {
  if (isWord(source.charAt(index - 1))) return null;
  const href = LINK.exec(source.slice(index, index + 2048))?.[0];
  return href === undefined ? null : { node: { kind: 'link', href }, end: index + href.length };
}

function styleAt(source: string, index: number, mark: string, style: Style): Found | null {
  const next = source.charAt(index + 1);
  if (isWord(source.charAt(index - 1)) || next === '' || /\s/.test(next) || next === mark) return null;
  for (let end = index + 2; end < source.length; end += 1) {
    const character = source.charAt(end);
    if (character === '\n') return null;
    if (character !== mark) continue;
    if (/\s/.test(source.charAt(end - 1)) || isWord(source.charAt(end + 1))) continue;
    return { node: { kind: style, children: parseText(source.slice(index + 1, end)) }, end: end + 1 };
  }
  return null;
}

/** Letters, digits and combining signs: inside a word, `_` and `*` are just characters. */
function isWord(character: string): boolean {
  return /[\p{L}\p{N}\p{M}]/u.test(character);
}
