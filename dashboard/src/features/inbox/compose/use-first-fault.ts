import { useEffect, useRef, useState, type RefObject } from 'react';

/** Goes to the first field that is wrong whenever somebody tries to send. */
export function useFirstFault(): { readonly form: RefObject<HTMLFormElement | null>; readonly tried: boolean; readonly tryOut: () => void } {
  const form = useRef<HTMLFormElement>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);
  return { form, tried: tries > 0, tryOut: () => setTries((before) => before + 1) };
}
