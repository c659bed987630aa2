/** What is written beside plain words: templates, above all when the window is closed, buttons and lists, and what is sent again. */
import { expect, test, type APIRequestContext, type Page } from '@playwright/test';

import { expectAccessible, logIn, watchConsole } from './stack';

const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');

test.beforeEach(async ({ request }) => {
  await request.post('/mock/reset', { data: { conversations: 10 } });
});

const setFaults = (request: APIRequestContext, faults: readonly object[]) => request.post('/mock/faults', { data: faults });

async function open(page: Page, name: string): Promise<void> {
  await logIn(page);
  await page.getByRole('option').filter({ hasText: name }).first().click();
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
}

/** Opens the templates from the closed window of a customer who has long been silent. */
async function openTemplates(page: Page) {
  await open(page, 'Kavya Iyer');
  await expect(page.getByText('The 24-hour window is closed')).toBeVisible();
  await page.getByRole('button', { name: 'Use a template' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send a template' });
  await expect(dialog.getByLabel('Search')).toBeFocused();
  return dialog;
}

async function choose(page: Page, name: string | RegExp) {
  const dialog = await openTemplates(page);
  await dialog.getByRole('button', { name }).click();
  return dialog;
}

test('outside the window a template is found, filled, previewed and sent', async ({ page }) => {
  const complaints = watchConsole(page);
  const dialog = await openTemplates(page);
  await expect(dialog.getByText('season')).toBeHidden();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await dialog.getByLabel('Search').fill('order packed hi');
  await expect(dialog.getByText('1 template')).toBeVisible();
  await dialog.getByLabel('Search').fill('order namaste');
  await dialog.getByRole('button', { name: /order_packed.*English/ }).click();
  await expect(dialog.getByText('Utility')).toBeVisible();
  await expect(dialog.getByText(/Costs ₹\s?0\.12/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog.getByText('Fill this in.')).toHaveCount(3);
  await expect(dialog.getByLabel('Value for {{1}}')).toBeFocused();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.keyboard.type('Kavya');
  await dialog.getByLabel('Value for {{2}}').fill('43');
  await dialog.getByLabel('End of the address of “Track it”').fill('43');
  await expect(dialog.getByText('Namaste Kavya, your order 43 is packed.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const bubble = page.getByRole('article').filter({ hasText: 'Namaste Kavya, your order 43 is packed.' });
  await expect(bubble.getByRole('button', { name: /^Delivered,/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use a template' })).toBeFocused();
  expect(complaints).toEqual([]);
});

test('a picture is sent from this device, an offer has its code and its end', async ({ page }) => {
  const dialog = await choose(page, /diwali_offer/);
  await dialog.locator('input[type=file]').setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<p>') });
  await expect(dialog.getByText(/WhatsApp does not take page\.html/)).toBeVisible();
  await dialog.locator('input[type=file]').setInputFiles({ name: 'diwali.png', mimeType: 'image/png', buffer: DOT });
  await expect(dialog.getByRole('img', { name: 'Picture' })).toBeVisible();
  await dialog.getByLabel('The offer ends').fill('2020-01-01T10:00');
  await expect(dialog.getByText('A time to come.')).toBeVisible();
  await dialog.getByLabel('The offer ends').fill('2099-01-01T10:00');
  await dialog.getByLabel('Offer code, like DIWALI25').fill('DIWALI25');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('article').filter({ hasText: 'Only this week.' })).toBeVisible();
});

test('a place takes both numbers at once, and says what is wrong with one', async ({ page }) => {
  const dialog = await choose(page, /shop_place/);
  await dialog.getByLabel('Latitude').fill('121');
  await expect(dialog.getByText('A number from −90 to 90, with a point: 21.1458.')).toBeVisible();
  await dialog.getByLabel('Latitude').fill('21.1458, 79.0882');
  await expect(dialog.getByLabel('Longitude')).toHaveValue('79.0882');
  await dialog.getByLabel(/Name of the place/).fill('Sharma Kirana');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog).toBeHidden();
});

test('cards are filled one by one; an order is not entered here', async ({ page }) => {
  const dialog = await choose(page, /carousel/);
  for (const place of [1, 2]) {
    const card = dialog.getByRole('group', { name: `Card ${place}` });
    await card.getByLabel('Or its address (https)').fill('https://sharma.example/a.jpg');
    await card.getByLabel('Value for {{1}}').fill('₹90');
  }
  await expect(dialog.getByText('Oil for ₹90')).toBeVisible();
  await dialog.getByRole('button', { name: 'All templates' }).click();
  await dialog.getByRole('button', { name: /pay_order/ }).click();
  await expect(dialog.getByText('an order cannot be entered here', { exact: false })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
});

test('what the contract refuses is said and not sent, and a refusal of the server too', async ({ page, request, context }) => {
  let dialog = await choose(page, /bill/);
  await dialog.getByLabel('Or its address (https)').fill('https://sharma.example/bill.pdf');
  await setFaults(request, [{ method: 'POST', path: '/messages$', status: 422, times: 1, code: 'invalid', detail: 'This address cannot be reached.', field: 'template.header' }]);
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog.getByText('This address cannot be reached.').first()).toBeVisible();
  await context.setOffline(true);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog.getByText(/The template was not sent\./)).toBeVisible();
  await context.setOffline(false);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog).toBeHidden();
  await request.post('/mock/contract', { data: { marketing: { decision: 'deny', reason: 'opted_out' } } });
  await page.reload();
  await page.getByRole('button', { name: 'Use a template' }).click();
  dialog = page.getByRole('dialog', { name: 'Send a template' });
  await dialog.getByRole('button', { name: /our_catalogue.*has refused promotions/ }).click();
  await expect(dialog.getByText('The customer has refused promotions.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
});

test('without approved templates, and while they cannot be read, it says so', async ({ page, request }) => {
  await setFaults(request, [{ method: 'GET', path: '/templates$', status: 403, times: 1, detail: 'Not for you.' }]);
  await open(page, 'Kavya Iyer');
  await page.getByRole('button', { name: 'Use a template' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send a template' });
  await expect(dialog.getByText('Not for you.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByLabel('Search')).toBeVisible();
});

async function write(page: Page, kind: string) {
  await open(page, 'Asha Verma');
  await page.getByRole('button', { name: 'More kinds of message' }).click();
  await page.getByRole('menuitem', { name: kind }).click();
  return page.getByRole('dialog', { name: kind });
}

test('a message with buttons keeps WhatsApp\'s limits and names the field that does not', async ({ page }) => {
  const complaints = watchConsole(page);
  const dialog = await write(page, 'Message with buttons');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog.getByLabel('Text', { exact: true })).toBeFocused();
  await dialog.getByLabel('Text', { exact: true }).fill('Shall we keep some for you?');
  await dialog.getByLabel('Button 1', { exact: true }).fill('Yes, five packets please');
  await expect(dialog.getByText('4 characters too many.')).toBeVisible();
  await expect(dialog.getByText('24 of 20 characters')).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await dialog.getByLabel('Button 1', { exact: true }).fill('Yes');
  await dialog.getByRole('button', { name: 'Add a button' }).click();
  await expect(dialog.getByLabel('Button 2', { exact: true })).toBeFocused();
  await dialog.getByLabel('Button 2', { exact: true }).fill('Yes');
  await expect(dialog.getByText('Another one reads the same.')).toBeVisible();
  await dialog.getByLabel('Button 2', { exact: true }).fill('No');
  await dialog.getByRole('button', { name: 'Add a button' }).click();
  await expect(dialog.getByText('WhatsApp takes at most 3.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Remove Button 3' }).click();
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog).toBeHidden();
  const bubble = page.getByRole('article').filter({ hasText: 'Shall we keep some for you?' }).last();
  await expect(bubble.getByRole('button', { name: /^Delivered,/ })).toBeVisible();
  await expect(bubble.getByRole('listitem')).toHaveText(['Yes', 'No']);
  await expect(page.getByRole('button', { name: 'More kinds of message' })).toBeFocused();
  expect(complaints).toEqual([]);
});

test('a list has up to ten rows with second lines; what the server refuses stands at its field', async ({ page, request }) => {
  const dialog = await write(page, 'Message with a list');
  await dialog.getByLabel('Text', { exact: true }).fill('What may it be?');
  await dialog.getByLabel('Button that opens the list').fill('See all');
  for (let row = 1; row <= 10; row += 1) {
    await dialog.getByLabel(`Row ${row}`, { exact: true }).fill(`Thing ${row}`);
    if (row < 10) await dialog.getByRole('button', { name: 'Add a row' }).click();
  }
  await expect(dialog.getByText('WhatsApp takes at most 10.')).toBeVisible();
  await dialog.getByLabel('Second line of row 1 (may be left empty)').fill('The first of all');
  await setFaults(request, [{ method: 'POST', path: '/messages$', status: 422, times: 1, code: 'invalid', detail: 'must be other words', field: 'list.sections[0].rows[1].title' }]);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog.getByLabel('Row 2', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('Row 2', { exact: true }).fill('Another thing');
  await expect(dialog.getByLabel('Row 2', { exact: true })).not.toHaveAttribute('aria-invalid', 'true');
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(dialog).toBeHidden();
  const bubble = page.getByRole('article').filter({ hasText: 'What may it be?' }).last();
  await expect(bubble.getByRole('list', { name: 'Rows the customer can choose' }).getByRole('listitem')).toHaveCount(10);
});

test('what was not delivered goes again, of every kind', async ({ page }) => {
  await open(page, 'Imran Sheikh');
  const failed = (words: string) => page.getByRole('article').filter({ hasText: words }).filter({ hasText: 'Send it once more' });
  for (const words of ['The new packet', 'Shall we keep it?', 'What shall we keep?', 'Tell us what was missing.', 'your order 42 is packed']) {
    await failed(words).getByRole('button', { name: 'Send again' }).click();
    await expect(failed(words).getByText('It has been sent again.')).toBeVisible();
  }
});

test('on a small phone, in Hindi, all of it fits', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, locale: 'hi-IN' });
  const page = await context.newPage();
  const complaints = watchConsole(page);
  await page.goto('/');
  await page.getByLabel('ईमेल').fill('priya@sharmakirana.example');
  await page.getByLabel('पासवर्ड', { exact: true }).fill('mock-password');
  await page.getByRole('button', { name: 'लॉग इन' }).tap();
  await page.getByRole('option').filter({ hasText: 'Kavya Iyer' }).first().tap();
  await page.getByRole('button', { name: 'टेम्पलेट चुनें' }).tap();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('खोजें')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: /diwali_offer/ }).tap();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await page.goto('/inbox/conversation-00000');
  await page.getByRole('button', { name: 'और तरह के संदेश' }).tap();
  await page.getByRole('menuitem', { name: 'सूची वाला संदेश' }).tap();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(complaints).toEqual([]);
  await context.close();
});
