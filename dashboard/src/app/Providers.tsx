import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import type { Api } from '@/api/client';
import { ApiContext } from '@/api/context';

import { colorSchemeManager, theme } from './theme';
import { Toasts } from './Toasts';

interface Props {
  readonly api: Api;
  readonly queryClient: QueryClient;
  readonly children: ReactNode;
}

/** Everything the screens expect around them. */
export function Providers({ api, queryClient, children }: Props): ReactNode {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorSchemeManager}>
      <ApiContext.Provider value={api}>
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </ApiContext.Provider>
      <Toasts />
    </MantineProvider>
  );
}
