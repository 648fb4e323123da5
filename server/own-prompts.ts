/**
 * Our own prompts as they are shipped in media/prompts: their names, what each says in every language, and their sound. They
 * are listed where a person chooses what is said, and may be replaced by an upload.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Language, languages } from '../call-router/state/office';

/** Of the checkout, also where this file runs from dist/. */
export const promptsFolder = path.resolve(__dirname, __filename.endsWith('.ts') ? '..' : '../..', 'media', 'prompts');

export interface OwnPrompt {
  readonly name: string;
  readonly texts: Readonly<Record<Language, string>>;
}

/** A text, and how the speech program is told to say it where that differs. */
type Text = string | readonly [written: string, said: string];
interface TextFile {
  readonly texts: Readonly<Record<string, Text>>;
  readonly digits: readonly Text[];
  readonly numbers: readonly Text[];
}

/** All of them in the order of the English texts; then d0 to d9 (figures) and n0 to n20 (quantities). */
export async function ownPrompts(folder: string = promptsFolder): Promise<readonly OwnPrompt[]> {
  const byLanguage = await Promise.all(
    languages.map(async (language) => [language, await textsIn(folder, language)] as const),
  );
  const english = byLanguage.find(([language]) => language === 'en')?.[1] ?? new Map<string, string>();
  return [...english.keys()].map((name) => ({
    name,
    // The table has every language, for it is made of the list of all.
    texts: Object.fromEntries(
      byLanguage.map(([language, texts]) => [language, texts.get(name) ?? '']),
    ) as OwnPrompt['texts'],
  }));
}

/** Raw A-law; undefined: there is none. `music.own` is our music on hold. */
export async function ownPromptAudio(id: string, folder: string = promptsFolder): Promise<Buffer | undefined> {
  const [, place, name] = /^([a-z]{2,5})\.([a-z0-9-]{1,60})$/.exec(id) ?? [];
  if (place === undefined || name === undefined) return undefined;
  if (place !== 'music' && !languages.some((language) => language === place)) return undefined;
  return readFile(path.join(folder, place, `${name}.al`)).catch(() => undefined);
}

async function textsIn(folder: string, language: Language): Promise<ReadonlyMap<string, string>> {
  const file = await readFile(path.join(folder, 'texts', `${language}.json`), 'utf8');
  const { texts, digits, numbers } = JSON.parse(file) as TextFile; // ours, and tested
  return new Map([
    ...Object.entries(texts).map(([name, text]) => [name, writtenOf(text)] as const),
    ...digits.map((text, i) => [`d${i}`, writtenOf(text)] as const),
    ...numbers.map((text, i) => [`n${i}`, writtenOf(text)] as const),
  ]);
}

const writtenOf = (text: Text): string => (typeof text === 'string' ? text : text[0]);
