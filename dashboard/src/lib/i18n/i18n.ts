/** Interface languages. Each language's texts of each feature are one lazy JSON file. */
import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = ['en', 'hi'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language's name in itself: whoever needs the switch may not read the current language. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', hi: 'हिन्दी' };

const STORAGE_KEY = 'tarun-language';

// Vite needs the pattern spelled out to split the files.
const files = import.meta.glob<{ default: ResourceKey }>([
  '../../lib/i18n/locales/*.json',
  '../../features/*/locales/*.json',
  // What a part of a feature says that loads when it is asked for: its name is the feature's, a slash, and its own.
  '../../features/*/*/locales/*.json',
]);

function fileOf(language: string, namespace: string): string {
  return namespace === 'common' ? `./locales/${language}.json` : `../../features/${namespace}/locales/${language}.json`;
}

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, namespace, callback) => {
    const load = files[fileOf(language, namespace)];
    if (load === undefined) {
      callback(new Error(`No texts for ${namespace} in ${language}`), null);
      return;
    }
    load().then(
      (module) => callback(null, module.default),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  },
};

function isLanguage(value: string | null | undefined): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** The language to start in: the person's choice, else the browser's, else English. */
export function initialLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  for (const tag of preferred) {
    const base = tag.split('-')[0];
    if (isLanguage(base)) return base;
  }
  return 'en';
}

function storedLanguage(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

/** Starts i18next and loads the texts the shell needs. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: initialLanguage(storedLanguage(), navigator.languages),
      fallbackLng: 'en',
      // Both languages are complete; loading English beside Hindi would only cost bytes.
      partialBundledLanguages: false,
      load: 'currentOnly',
      supportedLngs: [...LANGUAGES],
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

/** Switches the interface and remembers the choice on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  await i18next.changeLanguage(language);
}
