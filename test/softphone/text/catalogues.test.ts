/**
 * Each language says what English says: the same blanks to fill in, a form for each of its plural categories, in its own script
 * and not left in English; and no page says anything that is not in the catalogue.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';
import { type Language, languages } from '../../../call-router/state/office';
import { english } from '../../../softphone/src/text/english';
import { loadCatalogue } from '../../../softphone/src/text/languages';
import type { Catalogue, Sentence } from '../../../softphone/src/text/text';

const others = languages.filter((language) => language !== 'en');
/** As page and numbers count: European Portuguese. */
const tags: Readonly<Partial<Record<Language, string>>> = { pt: 'pt-PT' };
const scripts: Readonly<Partial<Record<Language, RegExp>>> = { ko: /\p{Script=Hangul}/u, th: /\p{Script=Thai}/u };

/** Names, units, and words that one of our languages shares with English. */
const international = new Set(
  (
    'administrator agent client code codec codecs contact digest e-mail email host jitter lead leads licence login ' +
    'manager menu min operator pin port role s server sip starttls status text total transport trunk trunks'
  ).split(' '),
);

const formsOf = (sentence: Sentence): readonly string[] =>
  typeof sentence === 'string' ? [sentence] : Object.values(sentence);
const words = (text: string): string => text.replace(/\{\w+\}/g, '');
const isShared = (text: string): boolean =>
  text.split(/\s+/).every((word) => !/\p{L}/u.test(word) || international.has(word.toLowerCase()));
const blanksOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
/** A form for one thing may leave its count out: "a minute". */
const withoutCount = (blanks: readonly string[]): readonly string[] => blanks.filter((name) => name !== 'count');

describe.each(others)('the catalogue of %s', (language) => {
  let catalogue: Catalogue;
  beforeAll(async () => {
    catalogue = await loadCatalogue(language);
  });
  const entries = (): readonly (readonly [string, Sentence, Sentence])[] =>
    Object.entries(english).flatMap(([key, said]) => {
      const translated = catalogue[key];
      return translated === undefined ? [] : [[key, said, translated] as const];
    });

  it('has every sentence of the page, and no other', () => {
    const [wanted, has] = [Object.keys(english), Object.keys(catalogue)].map((keys) => new Set(keys));
    expect([...(wanted ?? [])].filter((key) => has?.has(key) !== true)).toEqual([]);
    expect([...(has ?? [])].filter((key) => wanted?.has(key) !== true)).toEqual([]);
  });

  it('fills in the same blanks', () => {
    const wrong = entries().filter(([, said, translated]) => {
      const wanted = blanksOf(formsOf(said).at(-1) ?? '');
      return formsOf(translated).some(
        (form) =>
          withoutCount(blanksOf(form)).join() !== withoutCount(wanted).join() || blanksOf(form).length > wanted.length,
      );
    });
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('has a form for each way in which it counts', () => {
    const categories = [...new Intl.PluralRules(tags[language] ?? language).resolvedOptions().pluralCategories].sort();
    const wrong = entries().filter(([, said, translated]) =>
      typeof said === 'string'
        ? typeof translated !== 'string'
        : typeof translated === 'string' || Object.keys(translated).sort().join() !== categories.join(),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('leaves nothing in English', () => {
    const script = scripts[language];
    const left = entries().filter(([, said, translated]) => {
      const texts = formsOf(translated).filter((form) => !isShared(words(form).trim()));
      if (script !== undefined) return texts.some((text) => !script.test(text));
      return texts.some((text) => formsOf(said).includes(text));
    });
    expect(left.map(([key, , translated]) => [key, translated])).toEqual([]);
  });

  it('is empty only where English is', () => {
    const wrong = entries().filter(([, said, translated]) => (said === '') !== formsOf(translated).includes(''));
    expect(wrong.map(([key]) => key)).toEqual([]);
  });
});

const pages = path.resolve(__dirname, '../../../softphone/src');
/** Attributes that are read out or shown. */
const shown = new Set([
  'aria-label',
  'aria-description',
  'title',
  'placeholder',
  'alt',
  'label',
  'hint',
  'submit',
  'action',
]);
/** What is the same in every language: our name, examples of what is typed, and words of protocols. */
const sameEverywhere =
  /^(?:Trunkline|Europe\/Prague|\S+\.example\.net|\S+@example\.net|CZ|SIP|UDP|TCP|MD5|SHA-256|Request-URI|To|P-Called-Party-ID|[^\p{L}]*)$/u;

it('no page says anything that is not in the catalogue', () => {
  const files = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));
  expect(files.length).toBeGreaterThan(80);
  expect(files.flatMap((file) => outside(file).map((text) => `${file}: ${text}`))).toEqual([]);
});

function outside(file: string): readonly string[] {
  const tree: unknown = parseSync(readFileSync(path.join(pages, file), 'utf8'), { syntax: 'typescript', tsx: true });
  return textsIn(tree).filter((text) => !sameEverywhere.test(text.trim()) && !(text in english));
}

/** Text between tags, and the values of shown attributes. */
function textsIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(textsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, value, name } = node as { type?: string; value?: unknown; name?: { value?: string } };
  if (type === 'JSXText' && typeof value === 'string') return [value];
  if (type === 'JSXAttribute' && isText(value)) return shown.has(name?.value ?? '') ? [value.value] : [];
  return Object.values(node).flatMap(textsIn);
}

const isText = (value: unknown): value is { readonly value: string } =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'StringLiteral';
