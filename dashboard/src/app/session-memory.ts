/**
 * Remembers on this device that somebody is logged in: not the token, only that asking for one is worth it. Without
 * it every visit to the log-in form would begin with a refused call.
 */
const STORAGE_KEY = 'tarun-logged-in';

/** Whether the refresh cookie may be there. */
export function mayHaveSession(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== null;
  } catch {
    return true;
  }
}

/** Notes that a session began or ended. */
export function rememberSession(isOpen: boolean): void {
  try {
    if (isOpen) localStorage.setItem(STORAGE_KEY, '1');
    else localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Without storage every visit simply asks.
  }
}

/** Calls `onLoggedOut` when another tab of this browser logs out; a shared computer has more than one tab open. */
export function watchOtherTabs(onLoggedOut: () => void): void {
  window.addEventListener('storage', (event) => {
    if (event.key === STORAGE_KEY && event.newValue === null) onLoggedOut();
  });
}
