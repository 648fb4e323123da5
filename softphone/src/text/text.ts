/**
 * What the page says: `t(key)` looks a sentence up in the catalogue of the person's language and fills in `{name}`.
 * A sentence that depends on a count has one form for each plural category (CLDR, by Intl.PluralRules).
 */
import { english } from './english';

export type PluralForms = { readonly other: string } & { readonly [category in Intl.LDMLPluralRule]?: string };
export type Sentence = string | PluralForms;
export type TextKey = keyof typeof english;
/** Another language is a file like english.ts that satisfies this. */
export type Catalogue = Readonly<Record<TextKey, Sentence>>;
export type Values = Readonly<Record<string, string | number>>;

/** The catalogue in use and its language (BCP 47). Further languages are loaded before the first render. */
const language = 'en';
const catalogue: Catalogue = english;
const plurals = new Intl.PluralRules(language);

export function t(key: TextKey, values: Values = {}): string {
  const sentence = catalogue[key];
  const form = typeof sentence === 'string' ? sentence : pluralForm(sentence, Number(values['count'] ?? 0));
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Dates and numbers follow the browser's regional settings when they are of the page's language. */
export function locale(): string {
  const preferred = navigator.languages.find((tag) => tag.split('-')[0] === language);
  return preferred ?? language;
}

function pluralForm(forms: PluralForms, count: number): string {
  return forms[plurals.select(count)] ?? forms.other;
}
