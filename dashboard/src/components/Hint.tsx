import { lazy, Suspense, useEffect, useId, useRef, useState, type FocusEvent, type PointerEvent, type ReactNode, type RefObject } from 'react';

import type { HintLook } from './HintTip';

// Placing it takes more code than the inbox itself: it loads when the first hint is asked for. Without a network there is no hint.
const HintTip = lazy(() => import('./HintTip').then((module) => ({ default: module.HintTip }), () => ({ default: () => null })));

/** What a button with a hint takes on. */
interface Hinted {
  readonly ref: RefObject<HTMLButtonElement | null>;
  readonly 'aria-describedby': string | undefined;
  readonly onPointerEnter: (event: PointerEvent) => void;
  readonly onMouseEnter: () => void;
  readonly onMouseLeave: () => void;
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: () => void;
}

interface Props extends HintLook {
  /** Whether it shows on keyboard focus and touch too: where it tells more than the button's name. */
  readonly tellsMore?: boolean;
  readonly children: (hinted: Hinted) => ReactNode;
}

/** Words that show while the pointer is on a button. */
export function Hint({ tellsMore = false, children, ...look }: Props): ReactNode {
  const id = useId();
  const target = useRef<HTMLButtonElement>(null);
  const byMouse = useRef(true);
  const [asked, setAsked] = useState(false);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!shown) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setShown(false);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [shown]);
  const show = (): void => {
    setAsked(true);
    setShown(true);
  };
  const hide = (): void => setShown(false);
  const hinted: Hinted = {
    ref: target,
    'aria-describedby': shown ? id : undefined,
    onPointerEnter: (event) => {
      byMouse.current = event.pointerType !== 'touch';
    },
    onMouseEnter: () => {
      if (tellsMore || byMouse.current) show();
    },
    onMouseLeave: hide,
    onFocus: (event) => {
      if (tellsMore && event.currentTarget.matches(':focus-visible')) show();
    },
    onBlur: hide,
  };
  return (
    <>
      {children(hinted)}
      <Suspense>{asked && <HintTip {...look} id={id} target={target} opened={shown} />}</Suspense>
    </>
  );
}
