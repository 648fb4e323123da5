/** Prompts and music by name: from files, through a media worker, to the ears of a real UDP end. */
import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Prompt, Sound } from '../../call-router/state/office';
import { callIdOf, soundIdOf } from '../../call-router/values/ids';
import { emptyHeader, setSamples } from '../../recordings/wav-header';
import { levelAt } from '../audio/goertzel';
import { sineOf } from '../audio/tone';
import { MediaBench, legOf, until } from './media-bench';
import { RtpEnd } from './rtp-end';

const folder = mkdtempSync(path.join(os.tmpdir(), 'sounds-'));
const leg = legOf('sounds', 1);
let media: MediaBench;
let end: RtpEnd;

function file(name: string, frequencyHz: number, ms = 100): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), sineOf('PCMA', { frequencyHz, samples: ms * 8, levelDbfs: -12 }));
}

beforeAll(async () => {
  file('prompts/en/welcome.al', 500);
  file('prompts/cs/welcome.al', 600);
  file('prompts/en/closed.al', 700);
  for (let i = 0; i < 10; i++) file(`prompts/en/d${i}.al`, 1000 + i * 100);
  for (let i = 0; i < 21; i++) file(`prompts/en/n${i}.al`, 2000 + i * 50);
  file('prompts/music/own.al', 300, 500);
  file('sounds/greet.al', 800);
  file('sounds/mine.al', 900);
  const wav = Buffer.concat([
    setSamples(emptyHeader(), 4000),
    Buffer.from(sineOf('PCMA', { frequencyHz: 1, samples: 8000 })),
  ]);
  sineOf('PCMA', { frequencyHz: 650, samples: 4000 }).forEach((byte, i) => (wav[58 + i * 2] = byte));
  writeFileSync(path.join(folder, 'rec.wav'), wav);
  media = await MediaBench.start({
    rtpPorts: { from: 22_900, to: 22_999 },
    soundFolders: { prompts: path.join(folder, 'prompts'), uploads: path.join(folder, 'sounds') },
    recordingFiles: (call) => [path.join(folder, `${call}.wav`)],
  });
  end = await RtpEnd.open('PCMA');
  await media.answering(leg, end);
});

afterAll(async () => {
  end.close();
  await media.stop();
  rmSync(folder, { recursive: true });
});

let plays = 0;

/** Frequencies heard, 100 ms each, and how it ended. */
async function hear(prompts: Prompt, language: 'en' | 'cs' = 'en'): Promise<readonly [readonly number[], string]> {
  end.heard.splice(0);
  const tag = `p${++plays}`;
  media.run({ to: 'media', do: 'play-prompts', leg, prompts, language, tag, untilDigit: false });
  const ended = await media.happened('prompts-ended', leg);
  expect(ended.tag).toBe(tag);
  return [notes(end.audio()), ended.how];
}

/** Who hears nothing else gets packets of silence: on a busy machine some leave before the prompt begins. */
function soundOf(audio: Int16Array): Int16Array {
  const begins = audio.findIndex((sample) => Math.abs(sample) > 500);
  return begins < 0 ? audio.subarray(0, 0) : audio.subarray(begins);
}

function notes(audio: Int16Array): readonly number[] {
  const all = Array.from({ length: 60 }, (_, i) => 300 + i * 50);
  const played = soundOf(audio);
  return Array.from({ length: Math.round(played.length / 800) }, (_, i) => {
    const piece = played.subarray(i * 800, (i + 1) * 800);
    return all.reduce((best, hz) => (levelAt(hz, piece) > levelAt(best, piece) ? hz : best));
  });
}

test('a text in its language, in English where it has none, digits, and numbers to 20 as one word', async () => {
  expect(await hear([{ say: 'welcome' }, { say: 'closed' }], 'cs')).toEqual([[600, 700], 'played']);
  expect(await hear([{ digits: '+4 20' }])).toEqual([[1400, 1200, 1000], 'played']);
  expect(await hear([{ number: 20 }, { number: 0 }, { number: 21 }])).toEqual([[3000, 2000, 1200, 1100], 'played']);
});

test('what is not there is left out, whatever its name, and said so', async () => {
  expect(await hear([{ say: 'welcome' }, { say: 'no-such' }, { say: 'closed' }])).toEqual([[500, 700], 'not-there']);
  expect(await hear([{ sound: soundIdOf('../prompts/en/welcome') }])).toEqual([[], 'not-there']);
  expect(await hear([{ say: '../cs/welcome' }])).toEqual([[], 'not-there']);
  expect(await hear([])).toEqual([[], 'played']);
});

test('a beep is made here', async () => {
  end.heard.splice(0);
  expect((await hear([{ say: 'beep' }]))[1]).toBe('played');
  expect(levelAt(440, soundOf(end.audio()).subarray(0, 2000))).toBeGreaterThan(-14);
});

test('an upload is heard by its id and in the place of our text, from the moment it is configured until it is gone', async () => {
  const [id, own] = [soundIdOf('greet'), soundIdOf('mine')];
  const replaces = { prompt: 'welcome', language: 'cs' } as const;
  const uploads: Sound[] = [
    { id, name: 'g', kind: 'greeting', durationMs: 100 },
    { id: own, name: 'm', kind: 'prompt', durationMs: 100, replaces },
  ];
  media.server?.configure({ sounds: uploads });
  expect(await hear([{ sound: id }, { say: 'welcome' }], 'cs')).toEqual([[800, 900], 'played']);
  expect(await hear([{ say: 'welcome' }], 'en')).toEqual([[500], 'played']);
  media.server?.configure({ sounds: [] });
  unlinkSync(path.join(folder, 'sounds/greet.al'));
  expect(await hear([{ sound: id }, { say: 'welcome' }], 'cs')).toEqual([[600], 'not-there']);
});

test('music goes round until it is stopped, and what is played later wins though its file is read first', async () => {
  end.heard.splice(0);
  media.run({
    to: 'media',
    do: 'play-prompts',
    leg,
    prompts: [{ digits: '123' }],
    language: 'cs',
    tag: 'x',
    untilDigit: false,
  });
  media.run({ to: 'media', do: 'play-music', leg, music: 'own' });
  await until(() => end.heard.length >= 40);
  expect(levelAt(300, end.audio())).toBeGreaterThan(-13);
  media.run({ to: 'media', do: 'stop-playing', leg });
  expect(media.events.filter((event) => event.type === 'prompts-ended')).toEqual([]);
});

test('a recording is heard, and one that is gone is said to be', async () => {
  const play = (call: string) =>
    media.run({ to: 'media', do: 'play-recording', leg, call: callIdOf(call), fromMs: 100, toMs: 300, tag: call });
  end.heard.splice(0);
  play('rec');
  expect(await media.happened('prompts-ended', leg)).toMatchObject({ tag: 'rec', how: 'played' });
  expect(notes(end.audio())).toEqual([650, 650]);
  play('gone');
  expect(await media.happened('prompts-ended', leg)).toMatchObject({ tag: 'gone', how: 'not-there' });
});
