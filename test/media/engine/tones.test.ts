/** Tones by country, row by row from ITU-T E.180 supplement 2, and what they sound like. */
import type { Tone } from '../../../media/engine/messages';
import { tonePlans } from '../../../media/engine/tone-plans';
import { toneShapeOf, waveOf } from '../../../media/engine/tones';

const european = { dial: '425 steady', ringback: '425 1000/4000', busy: '425 500/500', congestion: '425 250/250' };
const table: readonly (readonly [country: string, plan: Readonly<Partial<typeof european>>])[] = [
  ['AT', { dial: '420 steady', ringback: '420 1000/5000', busy: '420 400/400', congestion: '420 200/200' }],
  ['BR', { busy: '425 250/250', congestion: '425 250/250/750/250' }],
  ['CZ', { dial: '425 330/330/660/660', busy: '425 330/330', congestion: '425 165/165' }],
  ['DE', { busy: '425 480/480', congestion: '425 240/240' }],
  ['ES', { ringback: '425 1500/3000', busy: '425 200/200', congestion: '425 200/200/200/200/200/600' }],
  ['FR', { dial: '440 steady', ringback: '440 1500/3500', busy: '440 500/500', congestion: '440 250/250' }],
  [
    'GB',
    {
      dial: '350+440 steady',
      ringback: '400+450 400/200/400/2000',
      busy: '400 375/375',
      congestion: '400 400/350/225/525',
    },
  ],
  ['HU', { ringback: '425 1250/3750', busy: '425 300/300', congestion: '425 300/300' }],
  ['IT', { dial: '425 200/200/600/1000', congestion: '425 200/200' }],
  [
    'KR',
    {
      dial: '350+440 steady',
      ringback: '440+480 1000/2000',
      busy: '480+620 500/500',
      congestion: '480+620 300/200',
    },
  ],
  ['NL', {}],
  ['PL', { congestion: '425 500/500' }],
  ['PT', { ringback: '425 1000/5000', congestion: '425 200/200' }],
  ['RO', { dial: '450 steady', ringback: '425+475 1850/4150', busy: '450 167/167', congestion: '450 500/500' }],
  ['SK', { dial: '425 330/330/660/660', busy: '425 330/330', congestion: '425 165/165' }],
  ['TH', { dial: '350+450 steady', ringback: '400 1000/4000', busy: '400 500/500', congestion: '400 300/300' }],
  ['UA', { busy: '425 350/350', congestion: '425 175/175' }],
  [
    'US',
    {
      dial: '350+440 steady',
      ringback: '440+480 2000/4000',
      busy: '480+620 500/500',
      congestion: '480+620 250/250',
    },
  ],
  ['XX', {}],
];
const tones: readonly (keyof typeof european)[] = ['dial', 'ringback', 'busy', 'congestion'];

const written = (tone: Tone, country: string): string => {
  const { hz, cadenceMs } = toneShapeOf(tone, country);
  return `${hz.join('+')} ${cadenceMs.length === 1 ? 'steady' : cadenceMs.join('/')}`;
};

describe('tones by country', () => {
  it.each(table)('%s sounds as its network does', (country, plan) => {
    const expected = { ...european, ...plan };
    expect(Object.fromEntries(tones.map((tone) => [tone, written(tone, country)]))).toEqual(expected);
  });

  it('knows a country in small letters too', () => {
    expect(toneShapeOf('ringback', 'gb')).toEqual(toneShapeOf('ringback', 'GB'));
  });

  it('every row has four tones of a telephone: 350 to 620 Hz, sound then silence, no cadence over 7 s', () => {
    const countries = tonePlans
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(' ')[0] ?? '');
    expect(new Set(countries).size).toBe(countries.length);
    const odd = countries
      .flatMap((country) => tones.map((tone) => ({ country, tone, ...toneShapeOf(tone, country) })))
      .filter(
        ({ hz, cadenceMs }) =>
          hz.some((one) => !(one >= 350 && one <= 620)) ||
          cadenceMs.some((ms) => !(ms > 0)) ||
          (cadenceMs.length > 1 && cadenceMs.length % 2 === 1) ||
          cadenceMs.reduce((sum, ms) => sum + ms, 0) > 7000,
      );
    expect(odd).toEqual([]);
  });

  it('a tone without a pause begins again without a click', () => {
    for (const country of ['CH', 'GB', 'RO', 'TH']) {
      const wave = waveOf(toneShapeOf('dial', country));
      const step = Math.abs((wave[0] ?? 0) - (wave.at(-1) ?? 0));
      const most = wave.slice(1).reduce((max, x, i) => Math.max(max, Math.abs(x - (wave[i] ?? 0))), 0);
      expect(step).toBeLessThanOrEqual(most);
      expect(wave.slice(-20).some((x) => x !== 0)).toBe(true);
    }
  });
});
