import { createContext, useContext, useSyncExternalStore } from 'react';

import type { Api } from './client';
import type { Session, SessionState } from './session';

/** Gives the API client to the tree below. */
export const ApiContext = createContext<Api | null>(null);

/** The API client of the application. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === null) throw new Error('useApi outside of ApiContext');
  return api;
}

/** The state of the session, kept current. */
export function useSessionState(): SessionState {
  const { session } = useApi();
  return useSyncExternalStore(session.subscribe, session.snapshot);
}

/** The open session, or null while the page is on its way to the log-in form. */
export function useSession(): Session | null {
  return useSessionState().session;
}
