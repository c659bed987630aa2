import { expect, test } from '@playwright/test';

import { customerWrites, expectAccessible, logIn, stack, watchConsole } from './stack';

test('an agent logs in, sees a customer write, and answers', async ({ page, request }) => {
  // Against a whole stack every step passes through queues and functions that may just be starting.
  test.setTimeout(150_000);
  const complaints = watchConsole(page);
  const name = 'Asha Verma';
  const mark = Date.now().toString(36);
  const question = `kitna stock hai Parle-G ka? ${mark}`;
  const answer = `Haan ji, *112 packets* ${mark}`;

  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await logIn(page);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));

  await customerWrites(request, name, question);
  const row = page.getByRole('option').filter({ hasText: name }).first();
  await expect(row).toBeVisible({ timeout: 30_000 });
  await row.click();
  const thread = page.getByRole('region', { name: `Messages with ${name}` });
  await expect(thread.getByRole('article').filter({ hasText: question })).toBeVisible({ timeout: 30_000 });

  const box = page.getByRole('textbox', { name: `Reply to ${name}` });
  await page.keyboard.press('r');
  await expect(box).toBeFocused();
  await box.fill(answer);
  await page.keyboard.press('Control+Enter');
  await expect(box).toHaveValue('');
  const reply = thread.getByRole('article').filter({ hasText: `112 packets ${mark}` });
  await expect(reply.getByRole('button', { name: /^(Delivered|Read),/ })).toBeVisible({ timeout: 30_000 });
  await expect(reply).toHaveCount(1);
  await expect(reply.locator('strong')).toHaveText('112 packets');

  await expectAccessible(page);
  expect(await page.evaluate(() => 'sameDocument' in globalThis), 'the page was never loaded again').toBe(true);

  await page.reload();
  await expect(thread.getByRole('article').filter({ hasText: question })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a wrong password is explained', async ({ page }) => {
  await page.goto('/login');
  await page.getByLabel('Email').fill(stack.email);
  await page.getByLabel('Password', { exact: true }).fill(`${stack.password}-wrong`);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByText('Email and password do not match.')).toBeVisible();
});
