import { defineConfig } from '@playwright/test';

/**
 * With BASE_URL the browser tests run against a whole stack (see e2e/stack.ts for what else they need to know).
 * Without it they run against the mock, which serves `dist`: build first.
 */
const mockUrl = 'http://127.0.0.1:4181';
const againstStack = process.env.BASE_URL !== undefined;

export default defineConfig({
  testDir: 'e2e',
  // What only a mock can be asked to do, ten thousand conversations or a refusal, is in mock*.spec.ts.
  testMatch: againstStack ? ['inbox.spec.ts', 'media.spec.ts'] : ['inbox.spec.ts', 'mock*.spec.ts'],
  workers: 1,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    baseURL: process.env.BASE_URL ?? mockUrl,
    locale: 'en-IN',
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync',
        // A microphone that hums, for voice notes.
        '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
      ],
    },
  },
  ...(againstStack
    ? {}
    : { webServer: { command: 'node e2e/mock/server.mjs', url: `${mockUrl}/runtime-config.json`, env: { MOCK_PORT: '4181' }, reuseExistingServer: false } }),
});
