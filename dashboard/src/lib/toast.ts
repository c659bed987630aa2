import { useSyncExternalStore } from 'react';

/** A short notice that disappears by itself. */
export interface Toast {
  readonly id: number;
  readonly tone: 'danger' | 'info';
  readonly message: string;
}

const SHOWN_MS = 8_000;
const SHOWN_MAX = 3;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a notice; the oldest gives way when there are too many. */
export function showToast(tone: Toast['tone'], message: string): void {
  lastId += 1;
  const id = lastId;
  set([...toasts, { id, tone, message }].slice(-SHOWN_MAX));
  setTimeout(() => dismissToast(id), SHOWN_MS);
}

/** Takes a notice away. */
export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The notices to show now. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(subscribe, () => toasts);
}
