import '@testing-library/jest-dom/vitest';

import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

import { startI18n } from '@/lib/i18n/i18n';
import i18next from 'i18next';

// What Mantine and the virtual lists ask of a browser and jsdom does not have.
window.matchMedia = (query) => ({
  matches: false, media: query, onchange: null, addEventListener: () => undefined, removeEventListener: () => undefined,
  addListener: () => undefined, removeListener: () => undefined, dispatchEvent: () => false,
});
globalThis.ResizeObserver = class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
// Rows are measured by these; without a size no row would be shown.
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 });
Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 400 });
Object.defineProperty(document, 'fonts', { value: new EventTarget() });
Element.prototype.scrollTo = () => undefined;
Blob.prototype.arrayBuffer = function arrayBuffer(this: Blob): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as ArrayBuffer));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the blob does not read')));
    reader.readAsArrayBuffer(this);
  });
};

await startI18n();
await i18next.loadNamespaces(['common', 'contacts', 'inbox', 'inbox/compose', 'numbers', 'session', 'settings', 'settings/sending']);

afterEach(cleanup);
