/** A key told by RFC 4733 and by SIP INFO counts once; two presses of a key count twice. */
import { DigitTwins } from '../../../media/engine/digit-twins';
import { until } from '../media-bench';
import { type FarEnd, JoinedEnds } from './joined-ends';

describe('through the engine', () => {
  let ends: JoinedEnds;
  let phone: FarEnd;

  beforeEach(async () => {
    ends = new JoinedEnds(23_300);
    phone = await ends.open('phone');
  });
  afterEach(() => ends.stop());

  const info = (digit: string) => ends.tell({ type: 'take-digit', leg: 'phone', digit, durationMs: 160 });

  test('INFO alone is told with its duration, sent to the other leg, and kept by the gate', async () => {
    const other = await ends.open('other');
    await ends.join(phone, other);
    await info('5');
    expect(ends.told()).toEqual(['5 160 ms']);
    await ends.pass(300);
    await until(() => other.end.heard.some(({ payload }) => payload.length === 4));
    await ends.tell({ type: 'gate-digits', leg: 'phone' });
    await info('*');
    await info('1');
    expect(ends.told()).toEqual(['* 160 ms withheld', '1 160 ms withheld']);
    await info('x');
    expect(ends.told()).toEqual([]);
  });

  test('INFO behind the RFC 4733 key, and before it, is its twin', async () => {
    await ends.press(phone, '5');
    await info('5');
    expect(ends.told()).toEqual(['5 80 ms']);
    await ends.pass(1000);
    await info('7');
    await ends.press(phone, '7');
    expect(ends.told()).toEqual(['7 160 ms']);
    await ends.press(phone, '7');
    expect(ends.told()).toEqual(['7 80 ms']);
  });

  test('the same key again, told twice each time, is two presses', async () => {
    for (let i = 0; i < 2; i++) {
      await ends.press(phone, '1');
      await info('1');
    }
    expect(ends.told()).toEqual(['1 80 ms', '1 80 ms']);
  });
});

test('within its duration and 200 ms it is a twin, later a press of its own', () => {
  const twins = new DigitTwins();
  const press = (at: number) => [twins.began('event', 5, at), twins.ended('event', at + 80)];
  expect(press(0)).toEqual([true, true]);
  expect(twins.began('info', 5, 80 + 160 + 200, 160)).toBe(false);
  expect(twins.ended('info', 440)).toBe(false);
  expect(press(1000)).toEqual([true, true]);
  expect(twins.began('info', 5, 1080 + 361, 160)).toBe(true);
});

test('another key is never a twin', () => {
  const twins = new DigitTwins();
  expect(twins.began('event', 5, 0)).toBe(true);
  expect(twins.began('info', 6, 10, 160)).toBe(true);
});
