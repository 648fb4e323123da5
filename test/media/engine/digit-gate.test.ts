/** The gate of one leg, word by word. */
import { DigitGate, keptMax } from '../../../media/engine/digit-gate';
import type { Heard } from '../../../media/engine/dtmf';

const keys = '0123456789*#';
let gate: DigitGate;

beforeEach(() => {
  gate = new DigitGate();
  gate.arm();
});

const spell = (heard: readonly Heard[]): string =>
  heard
    .map((one) => (one.type === 'began' ? `${keys[one.press.event]}v` : `${keys[one.press.event]}^${one.durationMs}`))
    .join(' ');
const down = (key: string): string =>
  spell(gate.hear({ type: 'began', press: { event: keys.indexOf(key), volume: 10 } }));
const up = (key: string, durationMs = 100): string =>
  spell(gate.hear({ type: 'ended', press: { event: keys.indexOf(key), volume: 10 }, durationMs }));
const press = (pressed: string): string[] => Array.from(pressed, (key) => [down(key), up(key)].join(' ').trim());

test('a gate that nobody armed lets a star pass', () => {
  gate = new DigitGate();
  expect(press('*1')).toEqual(['*v *^100', '1v 1^100']);
});

test('digits pass until a star goes down, then none does', () => {
  expect(press('12*34#')).toEqual(['1v 1^100', '2v 2^100', '', '', '', '']);
});

test('a star that went down before the gate was armed comes up on the other side too', () => {
  gate = new DigitGate();
  down('*');
  gate.arm();
  expect(up('*')).toBe('*^100');
});

test('what was swallowed is never sent, and the next star opens the gate again', () => {
  press('*3#');
  expect(spell(gate.swallow())).toBe('');
  expect(press('7*1')).toEqual(['7v 7^100', '', '']);
  expect(spell(gate.replay())).toBe('*v *^100 1v 1^100');
});

test('replay gives everything back in order and once, each with its own duration', () => {
  down('*');
  up('*', 120);
  down('9');
  up('9', 340);
  expect(spell(gate.replay())).toBe('*v *^120 9v 9^340');
  expect(spell(gate.replay())).toBe('');
});

test('arming an open gate again changes nothing', () => {
  press('*2');
  gate.arm();
  expect(press('3')).toEqual(['']);
  expect(spell(gate.replay())).toBe('*v *^100 2v 2^100 3v 3^100');
});

test.each(['swallow', 'replay'] as const)(
  'a key that is down at a %s was not judged: the far end hears it',
  (verdict) => {
    press('*');
    down('5');
    expect(spell(gate[verdict]())).toBe(verdict === 'swallow' ? '5v' : '*v *^100 5v');
    expect(up('5', 250)).toBe('5^250');
  },
);

test.each(['swallow', 'replay'] as const)('a star that is down at a %s begins the next code', (verdict) => {
  press('*1');
  down('*');
  expect(spell(gate[verdict]())).toBe(verdict === 'swallow' ? '' : '*v *^100 1v 1^100');
  expect(up('*')).toBe('');
  expect(press('8')).toEqual(['']);
  expect(spell(gate.replay())).toBe('*v *^100 8v 8^100');
});

test('the press after twenty sends them all on and is not kept itself, not even a star', () => {
  expect(press(`*${'1'.repeat(keptMax - 1)}`).join('')).toBe('');
  expect(down('*')).toBe(`*v *^100 ${'1v 1^100 '.repeat(keptMax - 1)}*v`);
  expect(up('*')).toBe('*^100');
  expect(press('4*')).toEqual(['4v 4^100', '']);
});

test('a verdict on a gate that is not open does nothing', () => {
  expect(spell(gate.swallow()) + spell(gate.replay())).toBe('');
  gate = new DigitGate();
  expect(spell(gate.replay())).toBe('');
  expect(press('*')).toEqual(['*v *^100']);
});
