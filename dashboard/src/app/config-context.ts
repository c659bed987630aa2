import { createContext, useContext } from 'react';

import type { RuntimeConfig } from '@/lib/config';

/** Gives the place's configuration to the tree below. */
export const ConfigContext = createContext<RuntimeConfig | null>(null);

/** The configuration of the place this page runs in. */
export function useConfig(): RuntimeConfig {
  const config = useContext(ConfigContext);
  if (config === null) throw new Error('useConfig outside of ConfigContext');
  return config;
}
