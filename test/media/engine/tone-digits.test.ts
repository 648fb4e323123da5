/** Keys as tones, at the limits of ITU-T Q.24, and speech and network tones that are none. */
import { spawnSync } from 'node:child_process';
import { linearOfALaw } from '../../../media/engine/codec/g711';
import { digitOf } from '../../../media/engine/dtmf';
import { ToneDigits } from '../../../media/engine/tone-digits';
import { toALaw } from '../../audio/g711';

const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const pad = ['123A', '456B', '789C', '*0#D'];

interface Tone {
  readonly key: string;
  readonly ms?: number;
  /** Of each frequency, against 0 dBm0. */
  readonly lowDbm0?: number;
  readonly highDbm0?: number;
  readonly off?: number;
}

function tone({ key, ms = 80, lowDbm0 = -8, highDbm0 = -8, off = 0 }: Tone): number[] {
  const row = pad.findIndex((line) => line.includes(key));
  const column = pad[row]?.indexOf(key) ?? 0;
  return Array.from(
    { length: ms * 8 },
    (_, i) =>
      peak(lowDbm0) * Math.sin(((2 * Math.PI * (rows[row] ?? 0)) / 8000) * (1 + off) * i + 0.7) +
      peak(highDbm0) * Math.sin(((2 * Math.PI * (columns[column] ?? 0)) / 8000) * (1 + off) * i),
  );
}

/** 0 dBm0 is 3.14 dB below full scale (G.711). */
const peak = (dbm0: number): number => 32_767 * 10 ** ((dbm0 - 3.14) / 20);
const silence = (ms: number): number[] => Array.from({ length: ms * 8 }, () => 0);

/** Keys told, in packets of 20 ms, shifted by `lead` samples against the detector's blocks. */
function told(samples: readonly number[], lead = 0): { keys: string; durations: number[] } {
  const all = [...Array.from({ length: lead }, () => 0), ...samples, ...silence(100)];
  const aLaw = Uint8Array.from(all, (sample) => toALaw(Math.max(-32_768, Math.min(32_767, Math.round(sample)))));
  const digits = new ToneDigits();
  let keys = '';
  const durations: number[] = [];
  for (let at = 0; at < aLaw.length; at += 160) {
    const piece = { start: at, end: Math.min(at + 160, aLaw.length) };
    for (const one of digits.receive(aLaw, piece, linearOfALaw, at / 8)) {
      if (one.type === 'began') keys += digitOf(one.press.event);
      else durations.push(one.durationMs);
    }
  }
  expect(durations).toHaveLength(keys.length);
  return { keys, durations };
}

test('all sixteen, 40 ms long and 40 ms apart, wherever they fall', () => {
  const all = '0123456789*#ABCD'.split('');
  const samples = all.flatMap((key) => [...tone({ key, ms: 40 }), ...silence(40)]);
  for (let lead = 0; lead < 102; lead += 17) expect(told(samples, lead).keys).toBe(all.join(''));
});

test('durations are told within 20 ms', () => {
  for (const ms of [50, 80, 200, 1000]) {
    const { durations } = told(tone({ key: '5', ms }), 33);
    expect(Math.abs((durations[0] ?? 0) - ms)).toBeLessThanOrEqual(20);
  }
});

test.each([
  ['as quiet as -25 dBm0', { lowDbm0: -25, highDbm0: -25 }, true],
  ['as loud as -3 dBm0', { lowDbm0: -3, highDbm0: -3 }, true],
  ['below -40 dBm0', { lowDbm0: -40, highDbm0: -40 }, false],
  ['the high one 4 dB louder', { lowDbm0: -12, highDbm0: -8 }, true],
  ['the low one 8 dB louder', { lowDbm0: -8, highDbm0: -16 }, true],
  ['the low one 14 dB louder', { lowDbm0: -8, highDbm0: -22 }, false],
  ['the high one 10 dB louder', { lowDbm0: -18, highDbm0: -8 }, false],
  ['1.5 % above', { off: 0.015 }, true],
  ['1.5 % below', { off: -0.015 }, true],
  ['3.5 % above', { off: 0.035 }, false],
  ['3.5 % below', { off: -0.035 }, false],
  ['20 ms long', { ms: 20 }, false],
])('a key %s', (_, how, isKey) => {
  for (const key of '158D*') {
    for (const lead of [0, 50]) expect([key, told(tone({ key, ...how }), lead).keys]).toEqual([key, isKey ? key : '']);
  }
});

test('a break of 10 ms does not divide, one of 40 ms does', () => {
  const press = tone({ key: '7', ms: 60 });
  for (let lead = 0; lead < 102; lead += 17) {
    expect(told([...press, ...silence(10), ...tone({ key: '7', ms: 130 }).slice(560)], lead).keys).toBe('7');
    expect(told([...press, ...silence(40), ...press], lead).keys).toBe('77');
  }
});

test('noise 15 dB below does not hide it', () => {
  let seed = 1;
  const noise = (): number => ((seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5) * 2;
  const spread = peak(-8) * 10 ** (-15 / 20) * Math.sqrt(3);
  const noisy = '123456789*0#'.split('').flatMap((key) => [...tone({ key, ms: 50 }), ...silence(50)]);
  expect(told(noisy.map((sample) => sample + noise() * spread)).keys).toBe('123456789*0#');
});

test('ringback, busy, one frequency alone and three at once are no keys', () => {
  const sines = (...hz: number[]): number[] =>
    Array.from({ length: 8000 }, (_, i) =>
      hz.reduce((sum, one) => sum + peak(-12) * Math.sin((2 * Math.PI * one * i) / 8000), 0),
    );
  for (const hz of [[425], [440, 480], [350, 440], [480, 620], [941], [1336], [697, 941], [770, 1000, 1336, 2000]])
    expect([hz, told(sines(...hz)).keys]).toEqual([hz, '']);
});

const speech = (voice: string, text: string): number[] => {
  const { stdout, status } = spawnSync('espeak-ng', ['-v', voice, '--stdout', text], { maxBuffer: 64_000_000 });
  if (status !== 0) return [];
  // 22,050 Hz to 8 kHz by the nearest sample: what folds into the band makes it only harder.
  const count = Math.floor((stdout.length - 44) / 2);
  return Array.from({ length: Math.floor((count * 8000) / 22_050) }, (_, i) =>
    stdout.readInt16LE(44 + Math.min(count - 1, Math.round((i * 22_050) / 8000)) * 2),
  );
};
const hasSpeech = spawnSync('espeak-ng', ['--version']).status === 0;

(hasSpeech ? test : test.skip)('minutes of speech in several voices have no key', () => {
  const text =
    'Good morning, this is the reception. I see you are calling about the green lead, one two three four five six seven eight nine zero. ' +
    'We are open until eleven; please hold while I ring the person who knows. Yes, no, maybe, oh, aha, see you in the evening. '.repeat(
      4,
    );
  let seconds = 0;
  for (const voice of ['en', 'en+f3', 'en+m7', 'cs', 'cs+f2', 'pt', 'ko', 'ro+f4']) {
    const samples = speech(voice, text);
    seconds += samples.length / 8000;
    expect([voice, told(samples).keys]).toEqual([voice, '']);
  }
  expect(seconds).toBeGreaterThan(200);
});
