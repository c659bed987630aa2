import { intlLocale } from '@/lib/time';

/** A size as people say it: in kilobytes up to a megabyte, then in megabytes. */
export function sizeOf(bytes: number, language: string): string {
  const [amount, unit] = bytes < 1024 * 1024 ? [Math.max(1, Math.ceil(bytes / 1024)), 'kilobyte'] : [bytes / 1024 / 1024, 'megabyte'];
  return new Intl.NumberFormat(intlLocale(language), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: amount < 10 ? 1 : 0 }).format(amount);
}
