/**
 * What the page says: `t(key)` looks a sentence up in the catalogue of the language in use and fills in `{name}`.
 * A sentence that depends on a count has one form for each plural category (CLDR, by Intl.PluralRules). What a catalogue does
 * not have yet is said in English. Which language is in use: preferences.ts.
 */
import type { Language } from '../../../call-router/state/office';
import { english } from './english';

export type PluralForms = { readonly other: string } & { readonly [category in Intl.LDMLPluralRule]?: string };
export type Sentence = string | PluralForms;
export type TextKey = keyof typeof english;
/** Another language is a file like english.ts of this shape. */
export type Catalogue = Readonly<Record<string, Sentence>>;
export type Values = Readonly<Record<string, string | number>>;

/** Of numbers and dates where the browser names no region: `en` alone would be American, `pt` Brazilian. */
const tags: Readonly<Record<Language, string>> = { en: 'en-GB', cs: 'cs', ro: 'ro', pt: 'pt-PT', ko: 'ko', th: 'th' };

interface Spoken {
  readonly language: Language;
  readonly locale: string;
  readonly catalogue: Catalogue;
  readonly plurals: Intl.PluralRules;
  readonly counts: Intl.NumberFormat;
}

let spoken = spokenIn('en', english);

/** From now on `t` says this language; who shows sentences must be rendered again. */
export function speak(language: Language, catalogue: Catalogue): void {
  spoken = spokenIn(language, catalogue);
}

export function t(key: TextKey, values: Values = {}): string {
  const translated = spoken.catalogue[key];
  const form = translated === undefined ? formOf(english[key], values, englishPlurals) : formOf(translated, values);
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? whole;
    return name === 'count' && typeof value === 'number' ? spoken.counts.format(value) : String(value);
  });
}

/** BCP 47, for dates and numbers: as the browser's regional settings have it when they are of the page's language. */
export const locale = (): string => spoken.locale;
export const language = (): Language => spoken.language;
/** BCP 47, of the words themselves. */
export const languageTag = (): string => (spoken.language === 'en' ? 'en' : tags[spoken.language]);

function spokenIn(language: Language, catalogue: Catalogue): Spoken {
  // Node before version 21, where tests run, has no navigator.
  const wished = typeof navigator === 'undefined' ? [] : navigator.languages;
  const locale = wished.find((tag) => tag.startsWith(`${language}-`)) ?? tags[language];
  return {
    language,
    locale,
    catalogue,
    plurals: new Intl.PluralRules(tags[language]),
    counts: new Intl.NumberFormat(locale),
  };
}

const englishPlurals = new Intl.PluralRules('en');

function formOf(sentence: Sentence, values: Values, plurals = spoken.plurals): string {
  if (typeof sentence === 'string') return sentence;
  return sentence[plurals.select(Number(values['count'] ?? 0))] ?? sentence.other;
}
