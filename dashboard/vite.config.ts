import { fileURLToPath } from 'node:url';

import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` sends the API calls; the local stack's front, or the mock of `npm run mock`. */
const backend = process.env.DASHBOARD_BACKEND ?? 'http://127.0.0.1:4180';

const FIRST_PAGE = new RegExp(
  'src/(?:lib/(?:announce|phone|time|toast|use-now|use-online|uuid|keyboard/)'
  + '|components/(?:Avatar|ConnectionPill|EmptyState|ErrorState|Hint\\.|Icon|OfflineNote|RelativeTime|state\\.)'
  + '|features/inbox/(?:api|cache|context|contract|inbound|model|media/(?:rules|size|Attachments|MessageMedia\\.module)|text/parse'
  + '|compose/(?:Compose\\.module|QuoteChip|SentDetails|open-conversation|quotes|rules)|components/ContractCost)\\.)',
);

export default defineConfig({
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true, routeFileIgnorePattern: '\\.test\\.' }),
    react(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    proxy: {
      '/v1': { target: backend, changeOrigin: true },
      '/runtime-config.json': { target: backend },
    },
  },
  build: {
    manifest: true,
    sourcemap: true,
    target: 'es2022',
    rollupOptions: {
      output: {
        // Libraries change far less often than our code: their own files stay in the browser's cache.
        manualChunks(id: string) {
          if (/node_modules\/(react|react-dom|scheduler)\//.test(id)) return 'react';
          if (/node_modules\/@tanstack\//.test(id)) return 'tanstack';
          // What the first page needs anyway and later parts use too: apart, each would be a file of a few hundred bytes.
          if (FIRST_PAGE.test(id)) return 'first';
          return undefined;
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://localhost:4180/' } },
    setupFiles: ['src/test-setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
