/** Formats a stored number (E.164, with or without the plus) for reading: `+91 98765 00001`. */
export function formatPhone(stored: string): string {
  const digits = stored.replace(/\D/g, '');
  const indian = /^91(\d{5})(\d{5})$/.exec(digits);
  if (indian) return `+91 ${indian[1]} ${indian[2]}`;
  return digits === '' ? stored : `+${digits}`;
}
