import type { TFunction } from 'i18next';

/** Says, without React, that the page could not start: whatever failed may be what React would need. */
export function showStartFailure(root: HTMLElement, t: TFunction): void {
  const main = document.createElement('main');
  main.className = 'boot';
  main.setAttribute('role', 'alert');
  const box = document.createElement('div');
  box.style.cssText = 'max-width: 40ch; padding: 24px; text-align: center; color: var(--fg); font-family: system-ui, sans-serif';
  const title = document.createElement('h1');
  title.textContent = t('start.title');
  const reason = document.createElement('p');
  reason.textContent = t('start.reason');
  const reload = document.createElement('button');
  reload.type = 'button';
  reload.textContent = t('start.reload');
  reload.addEventListener('click', () => location.reload());
  box.append(title, reason, reload);
  main.append(box);
  root.replaceChildren(main);
}
