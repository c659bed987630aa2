import { expect, test } from '@playwright/test';

import { expectAccessible, logIn, watchConsole } from './stack';

test.beforeEach(async ({ request }) => {
  await request.post('/mock/reset', { data: { conversations: 3, role: 'owner' } });
});

test('an owner checks a number, is told what to click, and mends it from here', async ({ page }) => {
  const complaints = watchConsole(page);
  await logIn(page);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'WhatsApp numbers' }).click();
  const card = page.getByRole('article', { name: '+91 80470 00123' });
  await card.getByRole('button', { name: 'Check connection' }).click();
  await expect(card.getByText('Something has to be mended')).toBeVisible();
  await expect(card.getByText('so no message can arrive')).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await card.getByRole('button', { name: 'Fix it' }).click();
  await expect(card.getByText('The app receives the events of this account.')).toBeVisible();
  await expect(card.getByRole('button', { name: 'Fix it' })).toBeHidden();
  expect(complaints).toEqual([]);
});

test('a silent number is shown, and a wrong token is explained where it was typed', async ({ page }) => {
  await logIn(page);
  await page.goto('/settings/numbers');
  const silent = page.getByRole('article', { name: '+91 80470 00124' });
  await expect(silent.getByText('Nothing has been heard from this number')).toBeVisible();
  await page.getByRole('button', { name: 'Connect a number' }).click();
  const form = page.getByRole('dialog', { name: 'Connect a number' });
  await form.getByLabel('Provider').selectOption('interakt');
  await form.getByLabel('Phone number with country code').fill('+91 80470 00126');
  await form.getByLabel('API key', { exact: true }).fill('bad');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(form.getByText('Enter this.')).toBeVisible();
  await form.getByLabel('Webhook secret', { exact: true }).fill('a long secret');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(form.getByText('The provider does not accept this token.')).toBeVisible();
  await form.getByLabel('API key', { exact: true }).fill('good');
  await form.getByLabel('Webhook secret', { exact: true }).press('Enter');
  await expect(form).toBeHidden();
  await expect(page.getByRole('article', { name: '+91 80470 00126' })).toBeVisible();
});

test('on a phone, in Hindi, a number is stopped and given up', async ({ browser, request }) => {
  await request.post('/mock/reset', { data: { conversations: 3, role: 'admin' } });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-IN' });
  const page = await context.newPage();
  await logIn(page);
  await page.evaluate(() => localStorage.setItem('tarun-language', 'hi'));
  await page.goto('/settings/numbers');
  const card = page.getByRole('article', { name: '+91 80470 00123' });
  await card.getByRole('button', { name: 'भेजना रोकें' }).tap();
  await expect(card.getByText('रुका हुआ', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'कनेक्शन जाँचें' }).tap();
  await expect(card.getByText('ऐप को इस खाते की सूचनाएँ नहीं मिलतीं।')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await card.getByRole('button', { name: 'हटाएँ' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: 'हटाएँ' }).tap();
  await expect(card).toBeHidden();
  await context.close();
});

test('an agent is not offered the numbers', async ({ page, request }) => {
  await request.post('/mock/reset', { data: { conversations: 3, role: 'agent' } });
  await logIn(page);
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'WhatsApp numbers' })).toBeHidden();
});
