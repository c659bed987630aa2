/** Files in the inbox, against the mock: what each looks like, and attaching by choosing, pasting and dropping. */
import { expect, test, type Page } from '@playwright/test';

import { expectAccessible, logIn, watchConsole } from './stack';

const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');

test.beforeEach(async ({ request }) => {
  await request.post('/mock/reset', { data: { conversations: 20 } });
});

async function openAsha(page: Page): Promise<void> {
  await logIn(page);
  await page.getByRole('option').filter({ hasText: 'Asha Verma' }).first().click();
  await expect(page.getByRole('region', { name: 'Messages with Asha Verma' }).getByRole('article').last()).toBeInViewport();
}

const tray = (page: Page) => page.getByRole('list', { name: 'Files to be sent' });

test('files are shown as what they are, and what is missing says why', async ({ page }) => {
  const complaints = watchConsole(page);
  await openAsha(page);
  const thread = page.getByRole('region', { name: 'Messages with Asha Verma' });
  await thread.hover();
  await page.mouse.wheel(0, -900);
  await expect(thread.getByRole('button', { name: 'Open the photo' }).first()).toBeAttached();
  await expect(thread.getByRole('link', { name: /old-bill\.pdf/ })).toBeAttached();
  await expect(thread.getByText('WhatsApp did not answer.')).toBeAttached();
  await expect(thread.getByText('No longer available')).toBeAttached();
  await expectAccessible(page);
  expect(complaints.filter((text) => !text.includes('MEDIA') && !text.includes('Failed to load'))).toEqual([]);
});

test('a file is chosen, taken back, pasted, and sent with words under it', async ({ page }) => {
  await openAsha(page);
  await page.getByTestId('attach').setInputFiles([
    { name: 'counter.png', mimeType: 'image/png', buffer: DOT },
    { name: 'bill.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
  ]);
  await expect(tray(page).getByRole('listitem')).toHaveCount(2);
  await tray(page).getByRole('button', { name: 'Remove bill.pdf' }).click();
  await expect(tray(page).getByRole('listitem')).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Reply to Asha Verma' }).evaluate((box, bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(bytes)], 'pasted.png', { type: 'image/png' }));
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, [...DOT]);
  await expect(tray(page).getByRole('listitem')).toHaveCount(2);
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Reply to Asha Verma' }).fill('at the counter');
  await page.keyboard.press('Enter');
  await expect(tray(page)).toBeHidden();
  const bubble = page.getByRole('article').filter({ hasText: 'at the counter' });
  await expect(bubble.getByRole('button', { name: /^Delivered,/ })).toBeVisible();
  await expect(bubble.getByRole('button', { name: 'Open the photo' })).toBeVisible();
});

test('what WhatsApp does not take is refused in words before anything is sent', async ({ page }) => {
  await openAsha(page);
  await page.getByTestId('attach').setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<p>') });
  await expect(page.getByText(/WhatsApp does not take page\.html/)).toBeVisible();
  await expect(tray(page)).toBeHidden();
});

test('a dropped file is attached, on a small screen too', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await openAsha(page);
  await page.evaluate((bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(bytes)], 'dropped.png', { type: 'image/png' }));
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [...DOT]);
  await expect(tray(page).getByText('dropped.png')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('a voice note is recorded in the browser and sent', async ({ page }) => {
  await openAsha(page);
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  await expect(page.getByRole('timer')).toHaveText('0:01');
  await page.getByRole('button', { name: 'Send the voice message' }).click();
  const bubble = page.getByRole('article').last();
  await expect(bubble.getByRole('button', { name: /^Delivered,/ })).toBeVisible({ timeout: 30_000 });
});
