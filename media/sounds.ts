/**
 * The sounds that are played: our own texts and music from the program's folder, uploads from the data folder, beeps made
 * here. Each file is read once into memory that all media workers share, and forgotten when others were wanted since.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Language, PromptPart, Sound } from '../call-router/state/office';
import type { SoundId } from '../call-router/values/ids';
import { beepOf } from './beeps';
import { ByteCache } from './byte-cache';

export interface SoundFolders {
  /** `<language>/<name>.al` of our own texts and `music/own.al` (A-law, 8 kHz, no header). */
  readonly prompts: string;
  /** `<id>.al` of uploads. */
  readonly uploads: string;
}

/** Undefined: there is no such sound. */
export type Audio = Uint8Array | undefined;

export interface Sounds {
  /** Uploads that there are; a `prompt` among them is heard instead of our own text. What is gone is forgotten. */
  readonly configure: (uploads: Iterable<Sound>) => void;
  /** At once if it was played before. Never rejects. */
  readonly ofPart: (part: PromptPart, language: Language) => readonly (Audio | Promise<Audio>)[];
  readonly ofMusic: (music: SoundId | 'own') => Audio | Promise<Audio>;
}

/** Our own in six languages take about 15 MB. */
const bytesMax = 64_000_000;
/** Half an hour. */
const fileBytesMax = 16_000_000;
const nameOf = /^[\w-]{1,80}$/;
const ownMusic = 'own';
const wholeNumberMax = 20;
const digitsMax = 64;

export function createSounds(folders: SoundFolders): Sounds {
  const cache = new ByteCache(bytesMax, read);
  const replaced = new Map<string, string>();
  const uploads = new Set<string>();
  const upload = (id: string): string => path.join(folders.uploads, `${id}.al`);
  const own = (language: Language, name: string): string => path.join(folders.prompts, language, `${name}.al`);
  const textOf = (name: string, language: Language): Audio | Promise<Audio> => {
    const files = [replaced.get(`${language}/${name}`), own(language, name), own('en', name)];
    return beepOr(name, cache.first(nameOf.test(name) ? files.filter((file) => file !== undefined) : []));
  };
  const uploadOf = (id: SoundId): Audio | Promise<Audio> => (nameOf.test(id) ? cache.first([upload(id)]) : undefined);
  return {
    configure(all) {
      const before = [...uploads];
      uploads.clear();
      replaced.clear();
      for (const { id, kind, replaces } of all) {
        uploads.add(upload(id));
        if (kind === 'prompt' && replaces) replaced.set(`${replaces.language}/${replaces.prompt}`, upload(id));
      }
      for (const file of before) if (!uploads.has(file)) cache.forget(file);
    },
    ofPart(part, language) {
      if ('sound' in part) return [uploadOf(part.sound)];
      return namesOf(part).map((name) => textOf(name, language));
    },
    ofMusic: (music) =>
      music === ownMusic ? cache.first([path.join(folders.prompts, 'music', `${ownMusic}.al`)]) : uploadOf(music),
  };
}

/** Texts that speak a part: one, or one for each figure. */
function namesOf(part: Exclude<PromptPart, { sound: unknown }>): readonly string[] {
  if ('say' in part) return [part.say];
  if ('digits' in part) return digitsOf(part.digits);
  const whole = Math.max(0, Math.trunc(part.number));
  return whole <= wholeNumberMax ? [`n${whole}`] : digitsOf(String(whole));
}

/** A plus or a space within a number is not spoken. */
function digitsOf(text: string): readonly string[] {
  const named = Array.from(text.slice(0, digitsMax), (character) => figures[character] ?? character);
  return named.flatMap((name) => (/^\d$/.test(name) ? [`d${name}`] : name.startsWith('d-') ? [name] : []));
}

const figures: Readonly<Record<string, string>> = { '*': 'd-star', '#': 'd-hash' };

/** What was uploaded for a beep is heard in its place. */
function beepOr(name: string, found: Audio | Promise<Audio>): Audio | Promise<Audio> {
  const beep = beepOf(name);
  if (beep === undefined) return found;
  return found instanceof Promise ? found.then((audio) => audio ?? beep) : (found ?? beep);
}

/** Undefined: it is not there, cannot be read, or is no sound of ours by its size. */
async function read(file: string): Promise<Audio> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined || bytes.length === 0 || bytes.length > fileBytesMax) return undefined;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
