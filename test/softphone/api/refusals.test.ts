/** What the server refuses is said in the language of the page: every sentence that a person can meet stands in the catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { refusalWords } from '../../../softphone/src/api/refusals';
import { english } from '../../../softphone/src/text/english';
import { loadCatalogue } from '../../../softphone/src/text/languages';
import { speak } from '../../../softphone/src/text/text';
import { problemKinds } from '../../../server/api/problems';

afterEach(() => speak('en', english));

it.each([
  ['is in use already', 'už se používá'],
  ['must be 2 to 6 digits, the first 1 to 9', 'musí být: 2 až 6 číslic, první 1 až 9'],
  ['is taken by Anna', 'už používá Anna'],
  ['It is still used by Main line.', 'Stále se používá: Main line.'],
  ['a sentence that nobody translated', 'a sentence that nobody translated'],
])('%s is said in Czech: %s', async (said, words) => {
  speak('cs', await loadCatalogue('cs'));
  expect(refusalWords(said)).toBe(words);
});

it('in English it stays as it came', () => expect(refusalWords('is missing')).toBe('is missing'));

/** Met by programs only: the pages never send such a thing. */
const forPrograms = [
  'Ask for the subprotocol',
  'Only a browser that is logged in',
  'Only an office PBX reports calls',
  'Open it as a WebSocket',
  'Send the WAV file itself',
  'This token belongs to nobody',
  'a call begins, is answered',
  'is a leg of no live call',
  'is in the past',
  'is not of a push service',
  'this token is nobody’s',
  'whose rights the token has',
  'name the leg of yours',
  'must be after `from`',
  'is none of ours',
  'a prompt replaces one of ours',
  'The body is not JSON',
  'The body must be JSON',
  'The request cannot be read',
  'There are no such bytes',
  'The request does not come from our own page',
  'Not available in this version',
  'Log-in name or password is wrong',
  'logged-out',
  'is no prompt of ours',
  'is none of our prompts',
];

it('every sentence that the server refuses with stands in the catalogue, or is for programs', async () => {
  const catalogue = Object.fromEntries(Object.keys(english).map((key) => [key, `«${key}»`]));
  speak('cs', catalogue);
  const missing = sentences().filter(
    (sentence) => !refusalWords(sentence).startsWith('«') && !forPrograms.some((part) => sentence.includes(part)),
  );
  expect(missing).toEqual([]);
});

const root = path.resolve(__dirname, '../../..');
const places = ['server/api', 'prisma/settings', 'prisma/office', 'prisma/desk', 'prisma/crm', 'prisma/calls'];

/** As they stand in the sources of the server; a blank is filled in with a word. */
function sentences(): readonly string[] {
  const files = places.flatMap((place) =>
    readdirSync(path.join(root, place), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(root, place, file)),
  );
  const found = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const said = text.matchAll(/(?:\bwhy: |\bdetail: |\binvalid\([^,()]+,\s*)(?:'([^']+)'|`([^`]+)`)/g);
    return [...said].map(([, plain, filled]) => plain ?? (filled ?? '').replace(/\$\{[^}]*\}/g, 'X'));
  });
  expect(found.length).toBeGreaterThan(80);
  return [...found, ...Object.values(problemKinds).map(({ title }) => title)];
}
