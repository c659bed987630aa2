/** The rules for sending, against the mock. */
import { expect, test } from '@playwright/test';

import { expectAccessible, logIn, watchConsole } from './stack';

test('an owner lays down quiet hours, a cap on promotions, and what costs rest on', async ({ page, request }) => {
  await request.post('/mock/reset', { data: { conversations: 3, role: 'owner' } });
  const complaints = watchConsole(page);
  await logIn(page);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Rules for sending' }).click();
  await expect(page.getByRole('heading', { name: 'Rules for sending', level: 1 })).toBeVisible();
  const save = page.getByRole('button', { name: 'Save' });
  await expect(save).toBeDisabled();
  await page.getByRole('switch', { name: 'Leave customers in peace at night' }).click();
  await expect(page.getByLabel('From')).toHaveValue('21:00');
  await page.getByLabel('Until').fill('21:00');
  await page.getByLabel('Promotions at most').fill('11');
  await save.click();
  await expect(page.getByText('Choose another time than the one it begins at.')).toBeVisible();
  await expect(page.getByText('A whole number from 1 to 10.')).toBeVisible();
  await expect(page.getByLabel('Until')).toBeFocused();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByLabel('Until').fill('08:30');
  await page.getByLabel('Promotions at most').fill('3');
  await page.getByLabel('Within so many hours').fill('48');
  await page.getByLabel('Time zone of the WhatsApp account').selectOption('0');
  await save.click();
  await expect(page.getByText('Saved. What is being sent follows within five minutes.')).toBeVisible();
  await expect(save).toBeDisabled();
  await page.reload();
  await expect(page.getByLabel('Until')).toHaveValue('08:30');
  await expect(page.getByLabel('Within so many hours')).toHaveValue('48');
  await expect(page.getByLabel('Time zone of the WhatsApp account')).toHaveValue('0');
  expect(complaints).toEqual([]);
});

test('what fails is said and kept, and can be given up', async ({ page, request, context }) => {
  await request.post('/mock/reset', { data: { conversations: 3, role: 'admin' } });
  await logIn(page);
  await page.goto('/settings/sending');
  await page.getByRole('switch', { name: 'Only to customers who said yes' }).click();
  await request.post('/mock/faults', { data: [{ method: 'PUT', path: '/sending-rules$', status: 409, times: 1, code: 'conflict', detail: 'Somebody else changed the business first.' }] });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('It was not saved. Somebody else changed the business first.')).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/It was not saved\./)).toBeVisible();
  await expect(page.getByText(/Showing what was loaded at/)).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Leave as it was' }).click();
  await expect(page.getByRole('switch', { name: /Only to customers who said yes/ })).not.toBeChecked();
});

test('who answers customers reads the rules; a failure to read has a way on; on a small phone it fits', async ({ page, request }) => {
  await request.post('/mock/reset', { data: { conversations: 3 } });
  await page.setViewportSize({ width: 360, height: 640 });
  await logIn(page);
  await request.post('/mock/faults', { data: [{ method: 'GET', path: '/sending-rules$', status: 403, times: 1, detail: 'Not now.' }] });
  await page.goto('/settings/sending');
  await expect(page.getByText('Not now.')).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('You can read these rules.', { exact: false })).toBeVisible();
  await expect(page.getByLabel('Promotions at most')).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Save' })).toBeHidden();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
