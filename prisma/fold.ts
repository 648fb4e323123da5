/**
 * Text folded for search: lower case, no accents, so that "novak" finds "Novák" on both databases (neither folds accents,
 * and SQLite's LIKE folds ASCII only). Folded once when written, and what is searched for is folded the same way.
 */

/** Letters that Unicode does not take apart (NFKD) but people type without their stroke. */
const strokes: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
};

export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđðþæœßı]/g, (letter) => strokes[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim();
}

/** A LIKE pattern for "contains", with `\` as the escape character. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
