import { Fragment, useMemo, type ReactNode } from 'react';

import { parseText, type TextNode } from './parse';

/** Shows a message's text with WhatsApp's formatting. */
export function FormattedText({ text }: { readonly text: string }): ReactNode {
  return useMemo(() => parseText(text).map(render), [text]);
}

function render(node: TextNode, index: number): ReactNode {
  switch (node.kind) {
    case 'text':
      return <Fragment key={index}>{node.text}</Fragment>;
    case 'link':
      return (
        <a key={index} href={node.href} target="_blank" rel="noopener noreferrer nofollow">
          {node.href}
        </a>
      );
    case 'code':
    case 'mono':
      return <code key={index}>{node.text}</code>;
    case 'bold':
      return <strong key={index}>{node.children.map(render)}</strong>;
    case 'italic':
      return <em key={index}>{node.children.map(render)}</em>;
    case 'strike':
      return <s key={index}>{node.children.map(render)}</s>;
  }
}
