/** Files through the whole stack: from a customer's phone into the inbox, and from the inbox to the phone. */
import { expect, test } from '@playwright/test';

import { logIn, stack, watchConsole } from './stack';

/** A red dot of one pixel. */
const DOT = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');
const NAME = 'Asha Verma';

test.setTimeout(150_000);

test('a photo from the phone appears in the inbox', async ({ page, request }) => {
  const complaints = watchConsole(page);
  const caption = `Is this the packet? ${Date.now().toString(36)}`;
  const kept = await request.post(`${stack.simulatorUrl}/phone/media`, { data: DOT, headers: { 'content-type': 'image/png' } });
  const image = { ...((await kept.json()) as object), caption };
  await request.post(`${stack.simulatorUrl}/phone/messages`, { data: { persona: 'asha', content: { type: 'image', image } } });

  await logIn(page);
  await page.getByRole('option').filter({ hasText: NAME }).first().click();
  const bubble = page.getByRole('region', { name: `Messages with ${NAME}` }).getByRole('article').filter({ hasText: caption });
  const photo = bubble.getByRole('button', { name: 'Open the photo' });
  await expect(photo).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => photo.locator('img').evaluate((shown: HTMLImageElement) => shown.naturalWidth), { timeout: 30_000 }).toBe(1);
  await photo.click();
  await expect(page.getByRole('dialog').getByRole('img', { name: 'Photo' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(complaints).toEqual([]);
});

test('an agent attaches a photo and records a voice note, and both arrive on the phone', async ({ page, context }) => {
  const complaints = watchConsole(page);
  const caption = `At the counter ${Date.now().toString(36)}`;
  const phone = await context.newPage();
  await phone.goto(`${stack.simulatorUrl}/phone#asha`);
  const received = phone.getByRole('list', { name: 'Messages' }).or(phone.locator('#log')).first();
  // Writing opens the window in which the shop may answer.
  await phone.getByRole('textbox', { name: 'Message' }).fill('please send a photo');
  await phone.keyboard.press('Enter');

  await logIn(page);
  await page.getByRole('option').filter({ hasText: NAME }).first().click();
  const thread = page.getByRole('region', { name: `Messages with ${NAME}` });
  await expect(thread.getByRole('article').filter({ hasText: 'please send a photo' }).last()).toBeVisible({ timeout: 30_000 });
  await page.getByTestId('attach').setInputFiles({ name: 'counter.png', mimeType: 'image/png', buffer: DOT });
  await expect(page.getByRole('list', { name: 'Files to be sent' }).getByText('counter.png')).toBeVisible();
  await page.getByRole('textbox', { name: `Reply to ${NAME}` }).fill(caption);
  await page.keyboard.press('Enter');
  const sent = thread.getByRole('article').filter({ hasText: caption });
  await expect(sent.getByRole('button', { name: /^(Delivered|Read),/ })).toBeVisible({ timeout: 60_000 });
  await expect(sent.getByRole('button', { name: 'Open the photo' })).toBeVisible();

  const arrived = received.locator('li').filter({ hasText: caption });
  await expect.poll(() => arrived.locator('img').evaluate((shown: HTMLImageElement) => shown.naturalWidth), { timeout: 30_000 }).toBe(1);

  const before = await received.locator('audio').count();
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  await expect(page.getByRole('timer')).toHaveText('0:02');
  await page.getByRole('button', { name: 'Send the voice message' }).click();
  await expect.poll(() => received.locator('audio').count(), { timeout: 60_000 }).toBe(before + 1);
  const source = await received.locator('audio').last().getAttribute('src');
  const voice = await phone.request.get(new URL(source ?? '', stack.simulatorUrl).href);
  expect(voice.headers()['content-type']).toBe('audio/ogg; codecs=opus');
  expect((await voice.body()).subarray(0, 4).toString()).toBe('OggS');
  expect(complaints).toEqual([]);
});
