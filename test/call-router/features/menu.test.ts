/** How the digits of a menu are read: the longest match, choices before extensions. */
import { type MenuStep, readDigits } from '../../../call-router/features/menu';
import { office } from '../../fakes/office';

const menu = (choices: readonly string[], directExtension: boolean): MenuStep => ({
  kind: 'menu',
  prompt: [],
  choices: choices.map((digits) => ({ digits })),
  directExtension,
  timeoutS: 5,
  triesMax: 2,
});

/** The fake office has the extensions 101, 102 and 103. */
const table: readonly (readonly [string, readonly string[], boolean, string, boolean])[] = [
  ['1', ['1', '2'], false, 'choice 0', false],
  ['2', ['1', '2'], false, 'choice 1', false],
  ['3', ['1', '2'], false, 'nothing', false],
  ['1', ['1', '12'], false, 'choice 0', true],
  ['12', ['1', '12'], false, 'choice 1', false],
  ['1', ['1'], true, 'choice 0', true],
  ['10', ['1'], true, 'nothing', true],
  ['101', ['1'], true, 'extension', false],
  ['101', ['1'], false, 'nothing', false],
  ['103', [], true, 'extension', false],
  ['104', [], true, 'nothing', false],
  ['101', ['101'], true, 'choice 0', false],
  ['#', ['#'], false, 'choice 0', false],
  ['*', ['1'], true, 'nothing', false],
];

it.each(table)('%s of [%j], extensions %s: %s, may grow: %s', (typed, choices, direct, fits, mayGrow) => {
  const read = readDigits(office, menu(choices, direct), typed);
  const found = read.fits?.kind === 'choice' ? `choice ${read.fits.index}` : (read.fits?.kind ?? 'nothing');
  expect([found, read.mayGrow]).toEqual([fits, mayGrow]);
});
