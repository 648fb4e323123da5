/**
 * The sound of the tones that a network plays, by country. What each country has stands in tone-plans.ts.
 */
import type { Tone } from './messages';
import { tonePlans } from './tone-plans';

const samplesPerMs = 8;

/** `hz` sound together; `cadenceMs` alternates sound and silence, then begins again. */
export interface ToneShape {
  readonly hz: readonly number[];
  readonly cadenceMs: readonly number[];
  /** Peak of each frequency against full scale. */
  readonly levelDbfs: number;
}

type Plan = ReadonlyMap<Exclude<Tone, 'hold'>, Pick<ToneShape, 'hz' | 'cadenceMs'>>;

const plans = plansOf(tonePlans);

/** The sound of a tone in a country (ISO 3166, two letters). */
export function toneShapeOf(tone: Tone, country: string): ToneShape {
  // Ours alone, so the same everywhere: a soft short beep that says "you are waiting", seldom enough not to annoy.
  if (tone === 'hold') return { hz: [425], cadenceMs: [250, 4750], levelDbfs: -24 };
  const shape = (plans.get(country.toUpperCase()) ?? plans.get('*'))?.get(tone);
  if (shape === undefined) throw new Error(`No ${tone} tone in the table`);
  return { ...shape, levelDbfs: shape.hz.length === 1 ? -12 : -16 };
}

function plansOf(table: string): ReadonlyMap<string, Plan> {
  const rows = table
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.trim().split(/\s{2,}/));
  return new Map(
    rows.map(([country = '', dial = '', ringback = '', busy = '', congestion = '']) => [
      country,
      new Map([
        ['dial', shapeOf(dial)],
        ['ringback', shapeOf(ringback)],
        ['busy', shapeOf(busy)],
        ['congestion', shapeOf(congestion)],
      ]),
    ]),
  );
}

/** `350+440 steady` or `425 1000/4000`. What has no pause is one second that begins again. */
function shapeOf(text: string): Pick<ToneShape, 'hz' | 'cadenceMs'> {
  const [hz = '', cadence = ''] = text.split(' ');
  return {
    hz: hz.split('+').map(Number),
    cadenceMs: cadence === 'steady' ? [1000] : cadence.split('/').map(Number),
  };
}

/** One cadence as linear samples. */
export function waveOf(shape: ToneShape): Int16Array {
  const samples = shape.cadenceMs.reduce((sum, ms) => sum + ms * samplesPerMs, 0);
  const peak = 32767 * 10 ** (shape.levelDbfs / 20);
  return Int16Array.from({ length: samples }, (_, i) =>
    isSounding(shape.cadenceMs, i)
      ? shape.hz.reduce((sum, hz) => sum + peak * Math.sin((2 * Math.PI * hz * i) / 8000), 0)
      : 0,
  );
}

function isSounding(cadenceMs: readonly number[], sample: number): boolean {
  let end = 0;
  for (let i = 0; i < cadenceMs.length; i++) {
    end += (cadenceMs[i] ?? 0) * samplesPerMs;
    if (sample < end) return i % 2 === 0;
  }
  return false;
}
