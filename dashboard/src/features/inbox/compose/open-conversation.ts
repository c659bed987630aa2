import { createContext } from 'react';

/** The conversation a message is shown in, for what can be done with it. */
export interface Open {
  readonly id: string;
  /** Whether the customer can be answered freely now. */
  readonly mayWrite: boolean;
  /** Goes to where a reply is written. */
  readonly write: () => void;
}

/** The open conversation; `null` where messages are only shown. */
export const OpenConversation = createContext<Open | null>(null);
