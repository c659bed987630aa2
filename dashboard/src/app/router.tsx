import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';

import type { Api } from '@/api/client';
import { routeTree } from '@/routeTree.gen';

import { NotFound, RouteError } from './RouteStates';

/** What every route may use before it shows anything. */
export interface RouterContext {
  readonly api: Api;
  readonly queryClient: QueryClient;
}

/** Makes the router of the application. */
export function newRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    // TanStack Query decides what is fresh; the router only starts the reading.
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
