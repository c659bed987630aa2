import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Contract } from '../contract';

/** Why the send contract decides as it does, in the reader's language; a reason newer than this program comes as the server says it. */
export function ContractReason({ contract }: { readonly contract: Contract }): ReactNode {
  const { t, i18n } = useTranslation('inbox/compose');
  const key = `reason.${contract.reason}`;
  return i18n.exists(`inbox/compose:${key}`) ? t(key as 'reason.window_open') : contract.detail;
}
