/**
 * What the server refuses is said in English. Each such sentence stands in the catalogue, under `refusal`: found by its English
 * words, it is said in the language of the page. A sentence that does not stand there is shown as it came.
 */
import { english } from '../text/english';
import { language, type TextKey, t, type Values } from '../text/text';

export function refusalWords(said: string): string {
  if (language() === 'en') return said;
  for (const { key, pattern, names } of patterns()) {
    const found = pattern.exec(said);
    if (found === null) continue;
    const values: Values = Object.fromEntries(names.map((name, place) => [name, refusalWords(found[place + 1] ?? '')]));
    return t(key, values);
  }
  return said;
}

interface Pattern {
  readonly key: TextKey;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

let made: readonly Pattern[] | undefined;

/** Those without a blank first: what fits whole is not taken for a piece of something else. */
function patterns(): readonly Pattern[] {
  made ??= Object.entries(english)
    .filter((entry): entry is [TextKey, string] => entry[0].startsWith('refusal.') && typeof entry[1] === 'string')
    .map(([key, sentence]) => patternOf(key, sentence))
    .sort((a, b) => a.names.length - b.names.length);
  return made;
}

function patternOf(key: TextKey, sentence: string): Pattern {
  const names = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const literal = sentence.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return { key, pattern: new RegExp(`^${literal.join('(.+)')}$`), names };
}
