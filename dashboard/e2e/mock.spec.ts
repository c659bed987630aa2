import { expect, test, type APIRequestContext } from '@playwright/test';

import { customerWrites, expectAccessible, logIn, stack, watchConsole } from './stack';

/** Refusals and delays the mock is asked for. */
interface Fault {
  readonly method: string;
  readonly path: string;
  readonly times: number;
  readonly status?: number;
  readonly code?: string;
  readonly detail?: string;
  readonly delay_ms?: number;
}

const setFaults = (request: APIRequestContext, faults: readonly Fault[]) => request.post('/mock/faults', { data: faults });

test.beforeEach(async ({ request }) => {
  await request.post('/mock/reset', { data: { conversations: 60 } });
});

test('ten thousand conversations are fewer than forty rows', async ({ page, request }) => {
  await request.post('/mock/reset', { data: { conversations: 10_000 } });
  await logIn(page);
  const rows = page.getByRole('option');
  await expect(rows.first()).toBeVisible();
  await page.getByRole('listbox').hover();
  for (let step = 0; step < 30; step += 1) {
    await page.mouse.wheel(0, 3_000);
    expect(await rows.count()).toBeLessThan(40);
  }
  await expect(async () => expect(Number(await rows.last().getAttribute('aria-posinset'))).toBeGreaterThan(200)).toPass();
});

test('older messages are read by scrolling up, and what was in sight stays there', async ({ page }) => {
  await logIn(page);
  await page.getByRole('option').filter({ hasText: 'Ravi Kumar' }).first().click();
  const thread = page.getByRole('region', { name: 'Messages with Ravi Kumar' });
  await expect(thread.getByRole('article').last()).toBeInViewport();
  await thread.hover();
  await expect(async () => {
    await page.mouse.wheel(0, -4_000);
    expect(await thread.evaluate((element) => element.scrollHeight)).toBeGreaterThan(15_000);
  }).toPass();
  expect(await thread.getByRole('article').count()).toBeLessThan(60);
  await page.getByRole('button', { name: 'Go to the newest message' }).click();
  await expect(page.getByRole('button', { name: 'Go to the newest message' })).toBeHidden();
});

test('a message that arrives while somebody reads above does not move the page', async ({ page, request }) => {
  await logIn(page);
  await page.getByRole('option').filter({ hasText: 'Asha Verma' }).first().click();
  const thread = page.getByRole('region', { name: 'Messages with Asha Verma' });
  await expect(thread.getByRole('article').last()).toBeInViewport();
  await thread.hover();
  await page.mouse.wheel(0, -500);
  await expect(page.getByRole('button', { name: 'Go to the newest message' })).toBeVisible();
  const before = await thread.evaluate((element) => element.scrollTop);
  await customerWrites(request, 'Asha Verma', 'one more thing');
  await expect(page.getByRole('button', { name: 'New message' })).toBeVisible();
  expect(Math.abs((await thread.evaluate((element) => element.scrollTop)) - before)).toBeLessThan(2);
});

test('a reply that fails is kept, explained, and sent once', async ({ page, request }) => {
  await logIn(page);
  await page.getByRole('option').first().click();
  await setFaults(request, [{ method: 'POST', path: '/messages$', status: 503, times: 3 }]);
  await page.getByRole('textbox').fill('please wait');
  await page.keyboard.press('Enter');
  const bubble = page.getByRole('article').filter({ hasText: 'please wait' });
  await expect(bubble.getByText('Something failed on our side.')).toBeVisible();
  await bubble.getByRole('button', { name: 'Try again' }).click();
  await expect(bubble.getByRole('button', { name: /^Delivered,/ })).toBeVisible();
  await expect(bubble).toHaveCount(1);
});

test('a lost live connection is said, and what was missed is read again', async ({ page, request }) => {
  await logIn(page);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await setFaults(request, [{ method: 'POST', path: '/realtime/ticket', status: 503, times: 1 }]);
  await request.post('/mock/drop', { data: {} });
  await expect(page.getByText('Not live')).toBeVisible();
  await customerWrites(request, 'Asha Verma', 'are you there?');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(page.getByRole('option').first()).toContainText('are you there?');
});

test('without a network the page says so, and goes on by itself afterwards', async ({ page, context }) => {
  await logIn(page);
  await page.getByRole('option').first().click();
  await expect(page.getByRole('article').first()).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText('Offline', { exact: true }).filter({ visible: true })).toBeVisible();
  await expect(page.getByText(/Showing what was loaded at/).first()).toBeVisible();
  await page.getByRole('textbox').fill('from the underground');
  await page.keyboard.press('Enter');
  const bubble = page.getByRole('article').filter({ hasText: 'from the underground' });
  await expect(bubble.getByText('Not sent', { exact: true })).toBeVisible();
  await context.setOffline(false);
  await expect(bubble.getByRole('button', { name: /^Delivered,/ })).toBeVisible();
});

test('a session that ends asks for the password and leads back', async ({ page, context }) => {
  await logIn(page);
  await page.getByRole('option').first().click();
  await page.getByRole('textbox').fill('half a sentence');
  await context.clearCookies();
  await page.clock.install();
  await page.clock.fastForward('16:00');
  await page.getByRole('option').nth(1).click();
  await expect(page.getByText('Your session has ended.')).toBeVisible();
  const address = new URL(page.url());
  expect(address.searchParams.get('to')).toBe('/inbox/conversation-00001');
  await page.getByLabel('Email').fill(stack.email);
  await page.getByLabel('Password', { exact: true }).fill(stack.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Ravi Kumar', level: 2 })).toBeVisible();
  await page.getByRole('option').first().click();
  await expect(page.getByRole('textbox')).toHaveValue('half a sentence');
});

test('logging out forgets everything', async ({ page }) => {
  await logIn(page);
  await page.getByRole('button', { name: 'Account of Priya Nair' }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page.getByText('You are logged out.')).toBeVisible();
  await page.goto('/inbox');
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});

test('on a phone there is one pane at a time, in Hindi, without axe findings', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-IN' });
  const page = await context.newPage();
  const complaints = watchConsole(page);
  await logIn(page);
  await page.getByRole('link', { name: 'Settings' }).tap();
  await page.getByText('हिन्दी').tap();
  await expect(page.getByRole('heading', { name: 'सेटिंग', level: 1 })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'इनबॉक्स' }).tap();
  await expectAccessible(page);
  await page.getByRole('option').first().tap();
  await expect(page.getByRole('listbox')).toBeHidden();
  await expect(page.getByRole('textbox')).toBeVisible();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await page.getByRole('button', { name: 'सूची पर वापस' }).tap();
  await expect(page.getByRole('listbox')).toBeVisible();
  expect(complaints).toEqual([]);
  await context.close();
});

test('the help sheet lists the commands and closes', async ({ page }) => {
  await logIn(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Next conversation')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});
