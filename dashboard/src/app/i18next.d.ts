import 'i18next';

import type contacts from '../features/contacts/locales/en.json';
import type compose from '../features/inbox/compose/locales/en.json';
import type inbox from '../features/inbox/locales/en.json';
import type operations from '../features/operations/locales/en.json';
import type numbers from '../features/numbers/locales/en.json';
import type session from '../features/session/locales/en.json';
import type settings from '../features/settings/locales/en.json';
import type sending from '../features/settings/sending/locales/en.json';
import type templates from '../features/templates/locales/en.json';
import type common from '../lib/i18n/locales/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      common: typeof common;
      contacts: typeof contacts;
      inbox: typeof inbox;
      'inbox/compose': typeof compose;
      operations: typeof operations;
      numbers: typeof numbers;
      session: typeof session;
      settings: typeof settings;
      'settings/sending': typeof sending;
      templates: typeof templates;
    };
    returnNull: false;
  }
}
