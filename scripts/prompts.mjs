// Speaks our own texts (media/prompts/texts/<language>.json) with espeak-ng into media/prompts/<language>/<name>.al, and
// makes the signal tones and the music on hold: raw A-law, 8 kHz. The results are committed, so that an installation
// needs no speech program; run `npm run prompts` after a text has changed. Only what changed is made again.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { holdMusic } from './hold-music.mjs';
import { spokenKorean, spokenThai } from './spoken.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'media/prompts');
const require = createRequire(import.meta.url);
const { resampled } = require(path.join(root, 'dist/media/sound/resample.js'));
const { aLawOf } = require(path.join(root, 'dist/media/engine/codec/g711.js'));

const languages = ['en', 'cs', 'ro', 'pt', 'ko', 'th'];
const rate = 8000;
/** Counts up when the sound of all texts changes by a change here. */
const edition = 1;
const speechDbov = -20;
const musicDbov = -24;
/** A pause within a text is cut to this. */
const pauseMaxS = 0.18;

const madePath = path.join(folder, 'made.json');
const madeBefore = existsSync(madePath) ? JSON.parse(readFileSync(madePath, 'utf8')) : {};
const made = {};

for (const language of languages) {
  const { voice, wordsPerMinute, texts, digits, numbers } = JSON.parse(
    readFileSync(path.join(folder, 'texts', `${language}.json`), 'utf8'),
  );
  const all = [
    ...Object.entries(texts),
    ...digits.map((text, i) => [`d${i}`, text]),
    ...numbers.map((text, i) => [`n${i}`, text]),
  ];
  for (const [name, text] of all) {
    const words = wordsOf(language, text);
    make(`${language}/${name}`, [voice, wordsPerMinute, words], () => spoken(voice, wordsPerMinute, words));
  }
  for (const [name, notes] of Object.entries(signals())) make(`${language}/${name}`, notes, () => signal(notes));
}
make('music/own', [readFileSync(path.join(root, 'scripts/hold-music.mjs'), 'utf8')], () =>
  levelled(holdMusic(), musicDbov),
);
writeFileSync(madePath, `${JSON.stringify(made, undefined, 1)}\n`);
for (const place of [...languages, 'music']) {
  for (const file of readdirSync(path.join(folder, place))) {
    if (made[`${place}/${path.parse(file).name}`] === undefined) rmSync(path.join(folder, place, file));
  }
}

/** Writes one sound unless it is there and was made of the same. */
function make(name, of, samplesOf) {
  const file = path.join(folder, `${name}.al`);
  made[name] = createHash('sha256')
    .update(JSON.stringify([edition, of]))
    .digest('hex')
    .slice(0, 16);
  if (made[name] === madeBefore[name] && existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  const samples = samplesOf();
  writeFileSync(
    file,
    Uint8Array.from(samples, (x) => aLawOf(Math.max(-32768, Math.min(32767, Math.round(x * 32768))))),
  );
  console.log(`${name} ${(samples.length / rate).toFixed(2)} s`);
}

/** What espeak-ng is given: a text, or with it how it is said where espeak-ng cannot know. */
function wordsOf(language, text) {
  const [written, said] = typeof text === 'string' ? [text, undefined] : text;
  if (language === 'th') return spokenThai(said);
  return language === 'ko' ? spokenKorean(said ?? written) : (said ?? written);
}

function spoken(voice, wordsPerMinute, words) {
  const wav = execFileSync('espeak-ng', ['-v', voice, '-s', String(wordsPerMinute), '-b', '1', '--stdout', words]);
  const hz = wav.readUInt32LE(24);
  const samples = Float32Array.from({ length: (wav.length - 44) >> 1 }, (_, i) => wav.readInt16LE(44 + 2 * i) / 32768);
  return levelled(trimmed(resampled(samples, hz, rate)), speechDbov);
}

/** Without the silence around it, short pauses within, and soft edges. */
function trimmed(samples) {
  const loud = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0) * 0.012;
  const [before, after, pauseMax] = [0.02, 0.06, pauseMaxS].map((s) => s * rate);
  const kept = [];
  let last = -1;
  for (let i = 0; i < samples.length; i++) {
    if (Math.abs(samples[i]) < loud) continue;
    if (last < 0) kept.push([Math.max(0, i - before), i]);
    else if (i - last > pauseMax) kept.push([i - pauseMax / 2, i]);
    const piece = kept.at(-1);
    if (last >= 0 && i - last > pauseMax) kept.at(-2)[1] = last + pauseMax / 2;
    piece[1] = i + 1;
    last = i;
  }
  kept.at(-1)[1] = Math.min(samples.length, last + after);
  const joined = Float32Array.from(
    kept.flatMap(([from, to]) => [...samples.subarray(Math.round(from), Math.round(to))]),
  );
  const edge = 0.005 * rate;
  return joined.map((x, i) => x * Math.min(1, i / edge, (joined.length - 1 - i) / edge));
}

/** At so many dB under overload (RMS of what is not silence), and never clipped. */
function levelled(samples, dbov) {
  const frame = 160;
  const powers = [];
  for (let i = 0; i + frame <= samples.length; i += frame) {
    powers.push(samples.subarray(i, i + frame).reduce((sum, x) => sum + x * x, 0) / frame);
  }
  const most = Math.max(...powers);
  const sounding = powers.filter((power) => power > most / 1000);
  const rms = Math.sqrt(sounding.reduce((sum, power) => sum + power, 0) / sounding.length);
  const peak = samples.reduce((high, x) => Math.max(high, Math.abs(x)), 0);
  const gain = Math.min(10 ** (dbov / 20) / rms, 0.95 / peak);
  return samples.map((x) => x * gain);
}

/** Frequencies and lengths of the tones that are no words. */
function signals() {
  return {
    beep: [[440, 0.25]],
    'join-tone': [
      [523, 0.14],
      [659, 0.2],
    ],
    'leave-tone': [
      [659, 0.14],
      [523, 0.2],
    ],
    'whisper-tone': [
      [880, 0.1],
      [0, 0.06],
      [880, 0.1],
    ],
  };
}

function signal(notes) {
  const edge = 0.01 * rate;
  const pieces = notes.map(([hz, lengthS]) =>
    Float32Array.from({ length: lengthS * rate }, (_, i) => {
      const soft = Math.min(1, i / edge, (lengthS * rate - i) / edge);
      return soft * Math.sin((2 * Math.PI * hz * i) / rate);
    }),
  );
  return levelled(Float32Array.from(pieces.flatMap((piece) => [...piece])), speechDbov);
}
