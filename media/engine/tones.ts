/**
 * What a network plays, by country: frequencies and cadence as ITU-T E.180 supplement 2 lists them (modulated tones as
 * the two side frequencies). A country that is not here sounds like most of Europe: 425 Hz.
 */
import type { Tone } from './messages';

/** `hz` sound together; `cadenceMs` alternates sound and silence, then begins again. */
export interface ToneShape {
  readonly hz: readonly number[];
  readonly cadenceMs: readonly number[];
  /** Peak of each frequency against full scale. */
  readonly levelDbfs: number;
}

type Row = Readonly<Record<Exclude<Tone, 'hold'>, readonly [hz: readonly number[], cadenceMs: readonly number[]]>>;

const british = [400, 200, 400, 2000];
const american: Row = {
  ringback: [
    [440, 480],
    [2000, 4000],
  ],
  busy: [
    [480, 620],
    [500, 500],
  ],
  congestion: [
    [480, 620],
    [250, 250],
  ],
};

const rows: Readonly<Record<string, Row>> = {
  AT: { ringback: [[420], [1000, 5000]], busy: [[420], [400, 400]], congestion: [[420], [200, 200]] },
  AU: { ringback: [[413, 438], british], busy: [[425], [375, 375]], congestion: [[425], [375, 375]] },
  BR: { ringback: [[425], [1000, 4000]], busy: [[425], [250, 250]], congestion: [[425], [250, 250, 750, 250]] },
  CA: american,
  CH: { ringback: [[425], [1000, 4000]], busy: [[425], [500, 500]], congestion: [[425], [200, 200]] },
  CN: { ringback: [[450], [1000, 4000]], busy: [[450], [350, 350]], congestion: [[450], [700, 700]] },
  CZ: { ringback: [[425], [1000, 4000]], busy: [[425], [330, 330]], congestion: [[425], [165, 165]] },
  DE: { ringback: [[425], [1000, 4000]], busy: [[425], [480, 480]], congestion: [[425], [240, 240]] },
  ES: {
    ringback: [[425], [1500, 3000]],
    busy: [[425], [200, 200]],
    congestion: [[425], [200, 200, 200, 200, 200, 600]],
  },
  FR: { ringback: [[440], [1500, 3500]], busy: [[440], [500, 500]], congestion: [[440], [250, 250]] },
  GB: { ringback: [[400, 450], british], busy: [[400], [375, 375]], congestion: [[400], [400, 350, 225, 525]] },
  HU: { ringback: [[425], [1250, 3750]], busy: [[425], [300, 300]], congestion: [[425], [300, 300]] },
  IE: { ringback: [[400, 450], british], busy: [[425], [500, 500]], congestion: [[425], [500, 500]] },
  IN: { ringback: [[375, 425], british], busy: [[400], [750, 750]], congestion: [[400], [250, 250]] },
  IT: { ringback: [[425], [1000, 4000]], busy: [[425], [500, 500]], congestion: [[425], [200, 200]] },
  JP: {
    ringback: [
      [384, 416],
      [1000, 2000],
    ],
    busy: [[400], [500, 500]],
    congestion: [[400], [500, 500]],
  },
  KR: {
    ringback: [
      [440, 480],
      [1000, 2000],
    ],
    busy: [
      [480, 620],
      [500, 500],
    ],
    congestion: [
      [480, 620],
      [300, 200],
    ],
  },
  MX: { ringback: [[425], [1000, 4000]], busy: [[425], [250, 250]], congestion: [[425], [250, 250]] },
  NL: { ringback: [[425], [1000, 4000]], busy: [[425], [500, 500]], congestion: [[425], [250, 250]] },
  NO: { ringback: [[425], [1000, 4000]], busy: [[425], [500, 500]], congestion: [[425], [200, 200]] },
  NZ: { ringback: [[400, 450], british], busy: [[400], [500, 500]], congestion: [[400], [250, 250]] },
  PL: { ringback: [[425], [1000, 4000]], busy: [[425], [500, 500]], congestion: [[425], [500, 500]] },
  PT: { ringback: [[425], [1000, 5000]], busy: [[425], [500, 500]], congestion: [[425], [200, 200]] },
  RO: { ringback: [[425], [1850, 4150]], busy: [[425], [500, 500]], congestion: [[425], [250, 250]] },
  RU: { ringback: [[425], [1000, 4000]], busy: [[425], [350, 350]], congestion: [[425], [175, 175]] },
  SE: { ringback: [[425], [1000, 5000]], busy: [[425], [250, 250]], congestion: [[425], [250, 750]] },
  SK: { ringback: [[425], [1000, 4000]], busy: [[425], [330, 330]], congestion: [[425], [165, 165]] },
  TH: { ringback: [[400], [1000, 4000]], busy: [[400], [500, 500]], congestion: [[400], [300, 300]] },
  TR: {
    ringback: [[450], [2000, 4000]],
    busy: [[450], [500, 500]],
    congestion: [[450], [200, 200, 200, 200, 200, 200, 600, 200]],
  },
  UA: { ringback: [[425], [1000, 4000]], busy: [[425], [350, 350]], congestion: [[425], [175, 175]] },
  US: american,
  ZA: { ringback: [[400, 433], british], busy: [[400], [500, 500]], congestion: [[400], [250, 250]] },
};

const european: Row = { ringback: [[425], [1000, 4000]], busy: [[425], [500, 500]], congestion: [[425], [250, 250]] };

/** The sound of a tone in a country (ISO 3166, two letters). */
export function toneShapeOf(tone: Tone, country: string): ToneShape {
  // Ours alone, so the same everywhere: a soft short beep that says "you are waiting", seldom enough not to annoy.
  if (tone === 'hold') return { hz: [425], cadenceMs: [250, 4750], levelDbfs: -24 };
  const [hz, cadenceMs] = (rows[country.toUpperCase()] ?? european)[tone];
  return { hz, cadenceMs, levelDbfs: hz.length === 1 ? -12 : -16 };
}
