/** What the tests must know of the stack they run against; the defaults are the mock's. */
import { expect, type APIRequestContext, type Page } from '@playwright/test';
import axe, { type AxeResults } from 'axe-core';

const baseUrl = process.env.BASE_URL;

/** A setting that a whole stack must name and the mock has a value for. */
function setting(name: string, mockValue: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  if (baseUrl !== undefined) throw new Error(`${name} is not set: the test against ${baseUrl} needs it`);
  return mockValue;
}

export const stack = {
  email: setting('DASHBOARD_EMAIL', 'priya@sharmakirana.example'),
  password: setting('DASHBOARD_PASSWORD', 'mock-password'),
  simulatorUrl: setting('SIMULATOR_URL', 'http://127.0.0.1:4181'),
  customerPhone: setting('CUSTOMER_PHONE', '919876500001').replace(/\D/g, ''),
  phoneNumberId: setting('PHONE_NUMBER_ID', '210000000000009'),
};

/** Lets a customer write: the simulator turns the webhook value into a signed webhook. */
export async function customerWrites(request: APIRequestContext, name: string, text: string): Promise<void> {
  const response = await request.post(`${stack.simulatorUrl}/inbound`, {
    data: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '918047000123', phone_number_id: stack.phoneNumberId },
      contacts: [{ profile: { name }, wa_id: stack.customerPhone }],
      messages: [
        {
          from: stack.customerPhone, id: `wamid.${crypto.randomUUID()}`, timestamp: String(Math.floor(Date.now() / 1000)),
          type: 'text', text: { body: text },
        },
      ],
    },
  });
  expect(response.ok(), `the simulator answered ${response.status()}`).toBe(true);
}

/** Collects what the browser complains about, a broken content policy included. */
export function watchConsole(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

/** Fills the form in and waits for the inbox. */
export async function logIn(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Email').fill(stack.email);
  await page.getByLabel('Password', { exact: true }).fill(stack.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible();
}

/** Runs axe on the page in the light and in the dark scheme. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    // Colours fade over: judged half-way they would be neither of the two.
    await page.waitForTimeout(400);
    // As an expression of the debugger's, so that the page's policy against foreign scripts stays in force.
    await page.evaluate(`if (!('axe' in globalThis)) { ${axe.source} }`);
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run());
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary ?? ''})`).join('; ')}`);
    expect(found, `accessibility in the ${colorScheme} scheme`).toEqual([]);
  }
}
