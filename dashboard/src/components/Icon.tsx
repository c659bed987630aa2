import type { ReactNode } from 'react';

/** Line drawings on a 24 px grid. */
const PATHS = {
  inbox: 'M4 13l2.5-7.2A1.2 1.2 0 0 1 7.6 5h8.8a1.2 1.2 0 0 1 1.1.8L20 13v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-5zm0 0h4.5l1.5 2.5h4L15.5 13H20',
  settings: 'M4 7h9m5 0h2M4 17h2m5 0h9M15.5 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM8.5 14.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  language: 'M4 6h9M8.5 4v2m3 0c-.8 4-3.5 7-7 8.5M6 9c1 2.5 3 4.5 6 5.5M12.5 20l4-9.5 4 9.5m-6.700-3h5.400',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 3v1.5M12 19.5V21M4.5 12H3m18 0h-1.5M6.5 6.5L5.5 5.5m13 13-1-1m0-11 1-1m-13 13 1-1',
  moon: 'M19 14.5A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5z',
  system: 'M4 5h16v11H4zM9 20h6m-3-4v4',
  help: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM9.5 9.5a2.5 2.5 0 1 1 3.700 2.200c-.8.5-1.200 1-1.200 2M12 16.800v.1',
  logOut: 'M14 5H6a1 1 0 0 0-1 1v12a1 1 0 0 0 1 1h8M10 12h10m0 0-3.5-3.5M20 12l-3.5 3.5',
  back: 'M19 12H5m0 0 6-6m-6 6 6 6',
  down: 'M12 5v14m0 0 6-6m-6 6-6-6',
  details: 'M4 5h16v14H4zM15 5v14',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4.5 12L4 5l16 7-16 7 .5-7zm0 0H12',
  clock: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.5l3 1.5',
  tick: 'M6 12.5l4 4 8-9',
  ticks: 'M2.5 12.5l4 4 8-9M11 15.5l1.5 1 8-9',
  alert: 'M12 4l9 15.5H3L12 4zm0 6v4m0 2.5v.1',
  lock: 'M6.5 11h11v8h-11zM9 11V8a3 3 0 0 1 6 0v3',
  bot: 'M6 9h12v9H6zM12 9V5.5M9.5 13v.5m5-.5v.5M3.5 12.5v2m17-2v2',
  reply: 'M10 7L5 12l5 5M5 12h8a6 6 0 0 1 6 6',
  list: 'M8.5 7H20M8.5 12H20M8.5 17H20M4.5 7v.1m0 4.900v.1m0 4.900v.1',
  attachment: 'M8 12.5V8a4 4 0 0 1 8 0v8a2.5 2.5 0 0 1-5 0V9',
  microphone: 'M12 4a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 1-5 0v-5A2.500 2.500 0 0 1 12 4zM6.500 11.500a5.500 5.500 0 0 0 11 0M12 17v3m-2.500 0h5',
  sound: 'M9.500 17.500a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0zm0 0V5.500l10-2v12m0 0a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0z',
  document: 'M7 3.500h7l4 4v13H7zM14 3.500v4h4M10 12h5M10 15.500h5',
  again: 'M19 5v5h-5M19 10a7.500 7.500 0 1 0 .5 4',
  phone: 'M8 3.5h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1zM10.5 17.5h3',
  offline: 'M4 4l16 16M8.5 15.5a5 5 0 0 1 5-1.200M5.5 12.300a9.5 9.5 0 0 1 4-2.300m4-.4a9.5 9.5 0 0 1 5 2.700M12 19v.1',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon; the text beside it, or the button's label, says what it means. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }): ReactNode {
  return (
    <svg
      width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={1.75}
      strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
