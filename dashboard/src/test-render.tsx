import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';

import { createApi, type Api } from '@/api/client';
import { ApiContext } from '@/api/context';

/** Answers a call by its method and path, as `GET /v1/conversations`. */
export type Answers = Record<string, (request: Request) => Response | Promise<Response>>;

/** Makes a JSON answer. */
export function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

/** Shows a component with everything the screens expect around them. */
export function renderWith(children: ReactNode, answers: Answers = {}): RenderResult & { readonly api: Api } {
  const api = createApi('', async (request) => {
    const answer = answers[`${request.method} ${new URL(request.url).pathname}`];
    return answer === undefined ? json(404, { code: 'not_found' }) : answer(request);
  });
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const result = render(
    <MantineProvider env="test">
      <ApiContext.Provider value={api}>
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </ApiContext.Provider>
    </MantineProvider>,
  );
  return { ...result, api };
}
