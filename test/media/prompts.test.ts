/**
 * The prompts an installation ships: every text is spoken in every language, lasts and sounds as a prompt should, and
 * whatever the router says is among them. Files are made by scripts/prompts.mjs.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { languages } from '../../call-router/state/office';
import { linearOfALaw } from '../../media/engine/codec/g711';

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, 'media/prompts');
const signals = ['beep', 'join-tone', 'leave-tone', 'whisper-tone'];

interface Texts {
  readonly texts: Readonly<Record<string, string | readonly [written: string, said: string]>>;
  readonly digits: readonly unknown[];
  readonly numbers: readonly unknown[];
}

describe('our own prompts', () => {
  const english = Object.keys(textsOf('en').texts);
  const names = [
    ...english,
    ...signals,
    ...Array.from({ length: 10 }, (_, i) => `d${i}`),
    ...Array.from({ length: 21 }, (_, i) => `n${i}`),
  ].sort();

  it.each(languages)('%s has a text for each name, ten digits and the numbers to twenty', (language) => {
    const { texts, digits, numbers } = textsOf(language);
    expect(Object.keys(texts)).toEqual(english);
    expect([digits.length, numbers.length]).toEqual([10, 21]);
    const written = Object.values(texts).map((text) => (typeof text === 'string' ? text : text[0]));
    expect(written.filter((text) => text.trim() === '' || text !== text.normalize('NFC'))).toEqual([]);
  });

  it.each(languages)('%s is spoken whole: each name has a file and no file is without a name', (language) => {
    expect(readdirSync(path.join(folder, language)).sort()).toEqual(names.map((name) => `${name}.al`));
  });

  it.each(languages)(
    '%s: each file lasts 0.2 to 15 s, is about 20 dB under overload and is not clipped',
    (language) => {
      const odd = names
        .map((name) => ({ name, ...measured(`${language}/${name}`) }))
        .filter(({ seconds, dbov, peak }) => seconds < 0.2 || seconds > 15 || dbov < -26 || dbov > -17 || peak > 32000);
      expect(odd).toEqual([]);
    },
  );

  it('whatever the code says is among them', () => {
    const said = [...sources('call-router'), ...sources('server'), ...sources('media')].flatMap((source) =>
      // Also both names of `say: isOn ? 'a' : 'b'`.
      [...source.matchAll(/\bsay: [^}\n]*/g)].flatMap(([part]) =>
        [...part.matchAll(/(?<!=== )'([a-z][a-z0-9-]*)'/g)].map((match) => match[1]),
      ),
    );
    expect(said.length).toBeGreaterThan(0);
    expect([...new Set(said)].filter((name) => name === undefined || !names.includes(name))).toEqual([]);
  });
});

describe('our music on hold', () => {
  it('lasts 30 to 60 s, is quieter than speech and has no silence that sounds like a dead line', () => {
    const { seconds, dbov, peak } = measured('music/own');
    expect(seconds).toBeGreaterThanOrEqual(30);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(dbov).toBeCloseTo(-24, 0);
    expect(peak).toBeLessThan(16384);
    const samples = samplesOf('music/own');
    const quietest = Math.min(
      ...Array.from({ length: Math.floor(samples.length / 8000) }, (_, s) => levelOf(samples, s * 8000, 8000)),
    );
    expect(quietest).toBeGreaterThan(-40);
  });

  it('begins where it ends: the step over the seam is no bigger than the steps within', () => {
    const samples = samplesOf('music/own');
    const steps = samples.map((x, i) => Math.abs(x - (samples[(i + samples.length - 1) % samples.length] ?? 0)));
    const within = steps.subarray(1).reduce((most, step) => Math.max(most, step), 0);
    expect(steps[0]).toBeLessThanOrEqual(within);
    expect(levelOf(samples, samples.length - 800, 800)).toBeGreaterThan(-50);
  });
});

function textsOf(language: string): Texts {
  return JSON.parse(readFileSync(path.join(folder, 'texts', `${language}.json`), 'utf8'));
}

function samplesOf(name: string): Float64Array {
  return Float64Array.from(readFileSync(path.join(folder, `${name}.al`)), (code) => linearOfALaw[code] ?? 0);
}

function measured(name: string): { seconds: number; dbov: number; peak: number } {
  const samples = samplesOf(name);
  const peak = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return { seconds: samples.length / 8000, dbov: levelOf(samples, 0, samples.length), peak };
}

function levelOf(samples: Float64Array, from: number, length: number): number {
  const power = samples.subarray(from, from + length).reduce((sum, x) => sum + x * x, 0) / length;
  return 10 * Math.log10(power / 32768 ** 2);
}

function sources(place: string): readonly string[] {
  return readdirSync(path.join(root, place), { recursive: true })
    .map((name) => path.join(root, place, String(name)))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'));
}
