import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { useApi } from '@/api/context';

import { contractQuery, rupees, type Contract } from '../contract';
import type { Conversation } from '../model';

// Said seldom: it loads with all the reasons there are.
const Reason = lazy(() => import('../compose/ContractReason').then((module) => ({ default: module.ContractReason })));

/** What a reply costs, before it is sent; nothing while that is not known yet. */
export function ReplyCost({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const { data } = useQuery(contractQuery(useApi(), conversation));
  return data === undefined ? null : <ContractCost contract={data.own_words} />;
}

/** What a message costs by the list. */
export function ContractCost({ contract }: { readonly contract: Contract }): ReactNode {
  const { t, i18n } = useTranslation('inbox');
  const { basis, paise } = contract.cost;
  const amount = paise == null ? '' : rupees(paise, i18n.language);
  const words = basis === 'estimated' && paise === 0 ? 'estimated_free' : basis;
  return <span title={t(`contract.hint.${words}`)}>{t(`contract.cost.${words}`, { amount })}</span>;
}

/** Why the send contract decides as it does. */
export function ContractReason({ contract }: { readonly contract: Contract }): ReactNode {
  return <Suspense><Reason contract={contract} /></Suspense>;
}
