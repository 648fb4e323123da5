// How espeak-ng is told to say what it reads wrongly by itself. Version 1.51 knows no vowel signs and tone marks of Thai
// writing, so Thai texts carry how they are said; and it misses that a Korean stop becomes a nasal before a nasal.

/** Tones as scholars number them (0 middle, 1 low, 2 falling, 3 high, 4 rising) to espeak-ng's phonemes. */
const thaiTones = ['3', '2', '5', '4', '1'];
const syllable = /^([^aeiouWEO@]*)((?:ia|[iuW]@|[aeiouWEO@]):?)([a-zN]?)([0-4])$/;

/** `ka1 ru3 na:0, …` as espeak-ng phonemes. */
export function spokenThai(said) {
  const phrase = (text) => `[[${text.trim().split(/\s+/).map(phonemesOf).join(' ')}]]`;
  return said.split(',').map(phrase).join(', ');
}

function phonemesOf(text) {
  const parts = syllable.exec(text);
  if (parts === null) throw new Error(`Not a Thai syllable: ${text}`);
  const [, onset, vowel, coda, tone] = parts;
  return `${onset}${vowel}${thaiTones[Number(tone)]}${coda}`;
}

const firstSyllable = 0xac00;
const codas = 28;
const vowels = 21;
/** Codas said as p, t and k, by their place in the Unicode block, and what each becomes. */
const nasalOf = new Map([
  ...[17, 26, 18].map((coda) => [coda, 16]),
  ...[7, 19, 20, 22, 23, 25, 27].map((coda) => [coda, 4]),
  ...[1, 2, 3, 24].map((coda) => [coda, 21]),
]);
const nasalOnsets = [2, 6];

/** With the nasal written that is said: 합니다 as 함니다. */
export function spokenKorean(text) {
  return [...text].map((letter, i, letters) => (isBeforeNasal(letters[i + 1]) ? nasalised(letter) : letter)).join('');
}

function isBeforeNasal(next = '') {
  const place = (next.codePointAt(0) ?? 0) - firstSyllable;
  return place >= 0 && place < 11172 && nasalOnsets.includes(Math.floor(place / (codas * vowels)));
}

function nasalised(letter) {
  const place = letter.codePointAt(0) - firstSyllable;
  const nasal = place >= 0 && place < 11172 ? nasalOf.get(place % codas) : undefined;
  return nasal === undefined ? letter : String.fromCodePoint(firstSyllable + place - (place % codas) + nasal);
}
