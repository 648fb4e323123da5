/**
 * The languages of the page. English comes with it; each other is a part of its own, fetched when it is first spoken.
 * To add one: its name here, a catalogue beside english.ts, its help in ../help (docs/LANGUAGES.md).
 */
import { type Language, languages } from '../../../call-router/state/office';
import { english } from './english';
import type { Catalogue } from './text';

/** Each in its own words: who looks for a language may not read the present one. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  cs: 'Čeština',
  ro: 'Română',
  pt: 'Português',
  ko: '한국어',
  th: 'ไทย',
};

const catalogues: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve(english),
  cs: async () => (await import('./czech')).czech,
  ro: async () => (await import('./romanian')).romanian,
  pt: async () => (await import('./portuguese')).portuguese,
  ko: async () => (await import('./korean')).korean,
  th: async () => (await import('./thai')).thai,
};

/** Rejects where the catalogue cannot be fetched. */
export const loadCatalogue = (language: Language): Promise<Catalogue> => catalogues[language]();

/** The first of the browser's languages that the page speaks, else English. */
export function languageOf(wished: readonly string[]): Language {
  const first = wished.map((tag) => languages.find((language) => language === tag.toLowerCase().split('-')[0]));
  return first.find((language) => language !== undefined) ?? 'en';
}
