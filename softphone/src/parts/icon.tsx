/** Our few line icons, 16 by 16, drawn in the text's colour. Decoration only: the words beside or the label say what it is. */

const shapes = {
  clients:
    'M5.5 7a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M1 13.5c0-2.5 2-4.2 4.5-4.2s4.5 1.7 4.5 4.200M11 2.300a2.5 2.5 0 0 1 0 4.500M12 9.500c1.8.5 3 2 3 4',
  leads: 'M2 3h12l-4.5 5.500V13L6.5 14V8.500z',
  calls:
    'M3 2.500h2.500L7 6 5.3 7.200c.7 1.5 2 2.8 3.5 3.500L10 9l3.5 1.500V13c0 .6-.4 1-1 1C6.7 14 2 9.3 2 3.500c0-.6.4-1 1-1z',
  deals: 'M2 5h12v8.500H2zM6 5V2.500h4V5M2 9h12',
  settings:
    'M8 10.300a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.600M8 1.500v2M8 12.500v2M1.5 8h2M12.5 8h2M3.4 3.400l1.4 1.400M11.2 11.200l1.4 1.400M12.6 3.400l-1.4 1.400M4.8 11.200l-1.4 1.4',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10M10.7 10.7 14 14',
  inbound: 'M12.5 3.500l-9 9M3.5 6v6.500H10',
  outbound: 'M3.5 12.500l9-9M6 3.500h6.500V10',
  internal: 'M2 5.500h11M10.5 3 13 5.5 10.5 8M14 10.500H3M5.5 8 3 10.5 5.5 13',
  play: 'M4.5 2.500v11l9-5.500z',
  pause: 'M5 3v10M11 3v10',
  back: 'M10 3 5 8l5 5',
  down: 'M3.5 6 8 10.5 12.5 6',
  up: 'M3.5 10 8 5.500l4.5 4.5',
  plus: 'M8 3v10M3 8h10',
  close: 'M3.5 3.500l9 9M12.5 3.500l-9 9',
  check: 'M3 8.5 6.5 12 13 4.5',
  edit: 'M10.5 3 13 5.5 5.5 13H3v-2.500zM9 4.5 11.5 7',
  download: 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.500h11',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M8 1v1.500M8 13.500V15M1 8h1.500M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.5 9.500A6 6 0 0 1 6.5 2.500a6 6 0 1 0 7 7z',
  auto: 'M2 3h12v8.500H2zM6 14h4M8 11.500V14',
  clock: 'M8 14.500a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M8 4.500V8l2.5 1.500',
  sound: 'M2.5 6v4H5l3.500 3V3L5 6zM11 5.500c1.300 1.300 1.300 3.700 0 5M12.800 3.700c2.300 2.300 2.300 6.300 0 8.600',
  upload: 'M8 10.500v-8M4.5 5.500 8 2l3.500 3.500M2.5 13.500h11',
  stop: 'M4 4h8v8H4z',
  question:
    'M5.800 6a2.200 2.200 0 1 1 3.300 1.900C8.400 8.300 8 8.700 8 9.500M8 12.200v.1M8 14.500a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13',
  bin: 'M3 4.500h10M6 4.500V2.500h4v2M4.5 4.500l.6 9h5.800l.6-9',
  more: 'M3.500 7.500a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1M8 7.500a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1M12.500 7.500a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1 1.500H3zM6.700 14h2.600',
  voicemail:
    'M4.500 10.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM11.500 10.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM4.500 10.500h7',
  queues: 'M2 4h8M2 8h8M2 12h8M13 4h1M13 8h1M13 12h1',
  reports: 'M2.500 13.500h11M4.500 11V8M8 11V3.500M11.500 11V6',
  forward: 'M3 12V9a3 3 0 0 1 3-3h7M10 3l3 3-3 3',
  silent: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M5 8h6',
  test: 'M2 8h3l2-5 3 10 2-5h2',
  mic: 'M8 1.500a2.200 2.200 0 0 0-2.200 2.200v4a2.200 2.200 0 0 0 4.400 0v-4A2.200 2.200 0 0 0 8 1.500M3.500 7.500a4.500 4.500 0 0 0 9 0M8 12v2.500M5.500 14.500h5',
  'mic-off':
    'M5.800 6v1.700a2.200 2.200 0 0 0 3.500 1.800M10.200 7V3.700a2.200 2.200 0 0 0-4.200-.9M3.500 7.500a4.500 4.500 0 0 0 7.200 3.600M12.100 9.300a4.500 4.500 0 0 0 .4-1.800M8 12v2.500M5.500 14.500h5M2 2l12 12',
  keypad: 'M3.500 3h.1M8 3h.1M12.500 3h.1M3.500 8h.1M8 8h.1M12.500 8h.1M3.500 13h.1M8 13h.1M12.500 13h.1',
  'hang-up': 'M2 10.500c0-4 2.700-5.500 6-5.500s6 1.500 6 5.500l-3.200.500-.8-2.500a6 6 0 0 0-4 0L5.200 11z',
  headset:
    'M3 10V8a5 5 0 0 1 10 0v2M3 9h1.500v3.500H3.500a.5.5 0 0 1-.5-.5zM13 9h-1.500v3.500h1a.5.5 0 0 0 .5-.5zM12 12.500c0 1-1 1.500-2.500 1.500',
  filter: 'M2 3.500h12M4.500 8h7M6.500 12.500h3',
  copy: 'M5.5 5.500h8v8h-8zM10.5 5.500v-3h-8v8h3',
} as const;

export type IconName = keyof typeof shapes;

const filled: ReadonlySet<IconName> = new Set<IconName>(['play', 'stop']);

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path
        d={shapes[name]}
        fill={filled.has(name) ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
