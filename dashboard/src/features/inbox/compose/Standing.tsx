import { useImperativeHandle, type ReactNode, type Ref, type RefObject } from 'react';

/** Stands for a button that was there before a popover was loaded: put inside it now, the button would lose the focus. */
export function Standing({ element, ref }: { readonly element: RefObject<HTMLElement | null>; readonly ref?: Ref<HTMLElement | null> }): ReactNode {
  useImperativeHandle<HTMLElement | null, HTMLElement | null>(ref, () => element.current, [element]);
  return null;
}
