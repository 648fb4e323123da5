/** Which shortcut a key completes: one key, one after the other, with modifiers, on keyboards that write no Latin. */
import { type Begun, keyName, type PressedKey, pressKey } from '../../../softphone/src/frame/shortcut-keys';
import { type ShortcutId, shortcuts } from '../../../softphone/src/frame/shortcuts';

const every = Object.keys(shortcuts) as ShortcutId[];
const press = (key: string, fields: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  timeStamp: 0,
  ...fields,
});

function pressAll(keys: readonly PressedKey[], ids: readonly ShortcutId[] = every): ShortcutId | undefined {
  let begun: Begun | undefined;
  let id: ShortcutId | undefined;
  for (const key of keys) ({ id, begun } = pressKey(key, begun, ids));
  return id;
}

describe('a shortcut', () => {
  it('of one key is done by it', () => expect(pressAll([press('/')])).toBe('search'));
  it('of two keys is done by the second', () => expect(pressAll([press('g'), press('c')])).toBe('go-calls'));
  it('is not done when the second key comes late', () =>
    expect(pressAll([press('g'), press('c', { timeStamp: 2000 })])).toBeUndefined());
  it('begins anew with a key that does not fit', () =>
    expect(pressAll([press('g'), press('/'), press('g'), press('g'), press('l')])).toBe('go-leads'));
  it('is not done where nobody offers it', () => expect(pressAll([press('/')], ['help'])).toBeUndefined());
  it('is not done with a modifier it does not have', () =>
    expect(pressAll([press('/', { ctrlKey: true })])).toBeUndefined());
});

describe('the name of a key', () => {
  it.each([
    ['its Latin letter', press('G', { shiftKey: true }), 'g'],
    ['what a Czech keyboard writes', press('?', { code: 'Comma', shiftKey: true }), '?'],
    ['its place where it writes Thai', press('แ', { code: 'KeyC' }), 'c'],
    ['its place where it writes Korean', press('ㅎ', { code: 'KeyG' }), 'g'],
    ['its place while an input method waits', press('Process', { code: 'KeyG' }), 'g'],
    ['the question mark of a Korean keyboard', press('ㅁ', { code: 'Slash', shiftKey: true }), '?'],
    ['with Alt, whatever Alt writes', press('å', { code: 'KeyA', altKey: true }), 'Alt+a'],
    ['a named key', press('Escape'), 'Escape'],
  ])('is %s', (_what, pressed, name) => expect(keyName(pressed)).toBe(name));
});

it('no two shortcuts have the same keys, and none begins with another', () => {
  const sequences = Object.values(shortcuts).map(({ keys }) => `${keys.join(' ')} `);
  expect(new Set(sequences).size).toBe(sequences.length);
  const begins = sequences.filter((one) => sequences.some((other) => other !== one && other.startsWith(one)));
  expect(begins).toEqual([]);
});
