/**
 * How good a call sounds, estimated from what the network did to it: the E-model of ITU-T G.107 (06/2015), with the default
 * of every parameter that a packet counter cannot know. Ie and Bpl are those of G.711 with concealment (ITU-T G.113 Appendix I),
 * for every codec: for G.722 and Opus the narrow-band scale has no values of its own, and they conceal loss no worse.
 * Whole and pure, so that it can be held against the tables of the Recommendation.
 */

export interface Impairment {
  /** Packets that did not come, 0..1, spread at random (BurstR 1). */
  readonly lossRatio: number;
  /** From mouth to ear, one way. */
  readonly delayMs: number;
}

/** Table 2 of G.107. Levels in dB, weights in their units. */
const defaults = {
  slr: 8,
  rlr: 2,
  stmr: 15,
  ds: 3,
  dr: 3,
  telr: 65,
  wepl: 110,
  qdu: 1,
  nc: -70,
  nfor: -64,
  ps: 35,
  pr: 35,
  /** Just noticeable delay and sensitivity to it (clause 7.4). */
  mt: 100,
  st: 1,
} as const;

/** G.113 Appendix I, Table I.2: G.711 with packet loss concealment. */
const g711 = { ie: 0, bpl: 25.1 } as const;

/** The rating R: about 93 at the best, 0 where nothing is understood (clause 7.1). */
export function ratingOf({ lossRatio, delayMs }: Impairment): number {
  const no = circuitNoise();
  const ro = 15 - 1.5 * (defaults.slr + no);
  return ro - simultaneous(ro, no, delayMs) - delayed(ro, no, delayMs) - equipment(lossRatio);
}

/** Mean opinion score of a rating: 1 to 4.5 (Annex B). */
export function mosOf(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  // The polynomial dips below 1 between 0 and 6.5.
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
}

/** Clause 7.2: all noise, as if it were at the 0 dBr point. */
function circuitNoise(): number {
  const { slr, rlr, ds, ps, pr, stmr, dr, nc, nfor } = defaults;
  const olr = slr + rlr;
  const sendSide = ps - slr - ds - 100 + 0.004 * (ps - olr - ds - 14) ** 2;
  const effective = pr + 10 * Math.log10(1 + 10 ** ((10 - (stmr + dr)) / 10));
  const receiveSide = rlr - 121 + effective + 0.008 * (effective - 35) ** 2;
  return powerSum([nc, sendSide, receiveSide, nfor + rlr]);
}

const powerSum = (levels: readonly number[]): number =>
  10 * Math.log10(levels.reduce((sum, level) => sum + 10 ** (level / 10), 0));

/** Clause 7.3, Is: what happens together with the voice. */
function simultaneous(ro: number, no: number, delayMs: number): number {
  const { slr, rlr, stmr, telr, qdu } = defaults;
  const x = (slr + rlr + 0.2 * (64 + no - rlr)) / 8;
  const loudness = 20 * ((1 + x ** 8) ** (1 / 8) - x);
  const mouth = -10 * Math.log10(10 ** (-stmr / 10) + Math.exp(-delayMs / 4) * 10 ** (-telr / 10));
  const sidetone =
    12 * (1 + ((mouth - 13) / 6) ** 8) ** (1 / 8) -
    28 * (1 + ((mouth + 1) / 19.4) ** 35) ** (1 / 35) -
    13 * (1 + ((mouth - 3) / 33) ** 13) ** (1 / 13) +
    29;
  const q = 37 - 15 * Math.log10(qdu);
  const g = 1.07 + 0.258 * q + 0.0602 * q ** 2;
  const quantizing = 15 * Math.log10(1 + 10 ** ((ro - 100) / 15 + 46 / 8.4 - g / 9) + 10 ** (46 / 30 - g / 40));
  return loudness + sidetone + quantizing;
}

/** Clause 7.4, Id: echo of the talker, echo of the listener, and the delay itself. */
function delayed(ro: number, no: number, delayMs: number): number {
  const { rlr, telr, wepl } = defaults;
  const terv = telr - 40 * Math.log10((1 + delayMs / 10) / (1 + delayMs / 150)) + 6 * Math.exp(-0.3 * delayMs ** 2);
  const roe = -1.5 * (no - rlr);
  const re = 80 + 2.5 * (terv - 14);
  const talker = ((roe - re) / 2 + Math.sqrt((roe - re) ** 2 / 4 + 100) - 1) * (1 - Math.exp(-delayMs));
  const rle = 10.5 * (wepl + 7) * (2 * delayMs + 1) ** -0.25;
  const listener = (ro - rle) / 2 + Math.sqrt((ro - rle) ** 2 / 4 + 169);
  return talker + listener + tooLate(delayMs);
}

function tooLate(delayMs: number): number {
  const { mt, st } = defaults;
  if (delayMs <= mt) return 0;
  const x = Math.log10(delayMs / mt) / Math.log10(2);
  return 25 * ((1 + x ** (6 * st)) ** (1 / (6 * st)) - 3 * (1 + (x / 3) ** (6 * st)) ** (1 / (6 * st)) + 2);
}

/** Clause 7.5, Ie-eff: codec and loss. */
function equipment(lossRatio: number): number {
  const percent = 100 * Math.min(1, Math.max(0, lossRatio));
  return g711.ie + (95 - g711.ie) * (percent / (percent + g711.bpl));
}
