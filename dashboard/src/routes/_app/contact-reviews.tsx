import { createFileRoute } from '@tanstack/react-router';
import i18next from 'i18next';

import { ReviewsPage } from '@/features/contacts/ReviewsPage';

export const Route = createFileRoute('/_app/contact-reviews')({
  loader: () => i18next.loadNamespaces('contacts'),
  component: ReviewsPage,
});
