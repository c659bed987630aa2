/** Formatting of moments for people in India: one time zone, Latin digits in every language. */

export const TIME_ZONE = 'Asia/Kolkata';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The Intl locale of an interface language. */
export function intlLocale(language: string): string {
  return language === 'hi' ? 'hi-IN-u-nu-latn' : 'en-IN';
}

const formats = new Map<string, Intl.DateTimeFormat>();

// Making a format costs far more than using it, and a list uses thousands.
function format(language: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language}/${name}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(intlLocale(language), { timeZone: TIME_ZONE, ...options });
  formats.set(key, made);
  return made;
}

/** `14:05`: 24 hours, the same in every language. */
export function clockTime(at: string | number, language: string): string {
  return format(language, 'clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
}

/** `19 Nov 2026, 14:05`, for tooltips. */
export function fullTime(at: string | number, language: string): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return format(language, 'full', options).format(new Date(at));
}

/** The day a moment falls on, as `2026-11-19`; equal for moments of the same day in India. */
export function dayKey(at: string | number): string {
  return format('en', 'key', { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(at))
    .filter((part) => part.type !== 'literal')
    .reverse()
    .map((part) => part.value)
    .join('-');
}

function daysBetween(at: string | number, now: number): number {
  return Math.round((Date.parse(dayKey(now)) - Date.parse(dayKey(at))) / DAY_MS);
}

function relativeDay(days: number, language: string): string {
  return new Intl.RelativeTimeFormat(intlLocale(language), { numeric: 'auto' }).format(-days, 'day');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The heading above a day's messages: Today, Yesterday, a weekday, or a date. */
export function dayHeading(at: string | number, now: number, language: string): string {
  const days = daysBetween(at, now);
  if (days === 0 || days === 1) return capitalised(relativeDay(days, language));
  if (days > 1 && days < 7) return format(language, 'weekday', { weekday: 'long' }).format(new Date(at));
  return format(language, 'date', { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at));
}

/** The short time of a list row: minutes, then the clock, then the day. */
export function listTime(at: string, now: number, language: string): string {
  const age = now - Date.parse(at);
  if (age < MINUTE_MS) return new Intl.RelativeTimeFormat(intlLocale(language), { numeric: 'auto' }).format(0, 'second');
  if (age < HOUR_MS) {
    const unit = { style: 'unit', unit: 'minute', unitDisplay: 'short' } as const;
    return new Intl.NumberFormat(intlLocale(language), unit).format(Math.floor(age / MINUTE_MS));
  }
  const days = daysBetween(at, now);
  if (days <= 0) return clockTime(at, language);
  if (days === 1) return capitalised(relativeDay(1, language));
  if (days < 7) return format(language, 'short-weekday', { weekday: 'short' }).format(new Date(at));
  return format(language, 'short-date', { day: 'numeric', month: 'short' }).format(new Date(at));
}
