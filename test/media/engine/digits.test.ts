/** Digits through the whole engine on real sockets: kept at the gate, sent on later, and those of our own. */
import { levelAt } from '../../audio/goertzel';
import { until } from '../media-bench';
import { gapsMs, keyPayloads, keysIn, spelled } from '../keys';
import { settingOf } from './engine-bench';
import { type FarEnd, JoinedEnds } from './joined-ends';

let ends: JoinedEnds;
let phone: FarEnd;
let customer: FarEnd;

beforeEach(async () => {
  ends = new JoinedEnds(22_200);
  phone = await ends.open('phone', 'PCMU');
  customer = await ends.open('customer');
  await ends.join(phone, customer);
  await ends.tell({ type: 'gate-digits', leg: 'phone' });
});

afterEach(async () => {
  await ends.stop();
  expect(ends.engine.clock.running).toBe(0);
});

const keysHeard = () => keysIn(customer.end.heard);
const swallow = () => ends.tell({ type: 'swallow-digits', leg: 'phone' });
const replay = () => ends.tell({ type: 'replay-digits', leg: 'phone' });

test('a star code is told key by key and, swallowed, not one packet of it reaches the far end', async () => {
  await ends.press(phone, '*102#');
  expect(ends.told()).toEqual(['*', '1', '0', '2', '#'].map((key) => `${key} 80 ms withheld`));
  await swallow();
  await ends.pass(2000);
  expect(customer.end.heard).toEqual([]);
  await ends.press(phone, '6');
  await until(() => spelled(customer.end.heard).includes('6 80 ms'));
  expect(ends.told()).toEqual(['6 80 ms']);
});

test('a digit pressed before the star passes, and audio flows while digits are withheld', async () => {
  await ends.press(phone, '4');
  await ends.press(phone, '*3');
  expect(ends.told()).toEqual(['4 80 ms', '* 80 ms withheld', '3 80 ms withheld']);
  await ends.speak(25, [phone, 440], [customer, 1000]);
  await until(() => customer.end.audio().length === 25 * 160);
  expect(levelAt(440, customer.end.audio())).toBeGreaterThan(-11);
  expect(phone.end.audio()).toHaveLength(25 * 160);
  expect(spelled(customer.end.heard)).toEqual(['4 80 ms']);
});

test('a code that is none is sent on with its durations, and what is pressed meanwhile comes behind it', async () => {
  await ends.press(phone, '*', 120);
  await ends.press(phone, '9', 300);
  await replay();
  await ends.press(phone, '12', 60);
  expect(ends.told()).toEqual(['* 120 ms withheld', '9 300 ms withheld', '1 60 ms', '2 60 ms']);
  await ends.pass(600);
  await until(() => spelled(customer.end.heard).length === 4);
  expect(spelled(customer.end.heard)).toEqual(['* 120 ms', '9 300 ms', '1 60 ms', '2 60 ms']);
  expect(Math.min(...gapsMs(keysHeard()))).toBeGreaterThanOrEqual(50);
  expect(gapsMs(keysHeard())[0]).toBe(60);
  const sequences = customer.end.heard.map((packet) => packet.sequence);
  expect(sequences.every((one, i) => i === 0 || one === (((sequences[i - 1] ?? 0) + 1) & 0xffff))).toBe(true);
});

test('the twenty-first key sends all on by itself and is told as heard', async () => {
  await ends.press(phone, '*2345678901234567890', 60);
  expect(ends.told().every((one) => one.endsWith('withheld'))).toBe(true);
  expect(customer.end.heard).toEqual([]);
  await ends.press(phone, '7', 60);
  expect(ends.told()).toEqual(['7 60 ms']);
  await ends.pass(3600);
  await until(() => keysHeard().length === 21 && keysHeard().at(-1)?.durationMs === 60);
  expect(
    keysHeard()
      .map(({ key }) => key)
      .join(''),
  ).toBe('*23456789012345678907');
});

test('a key held while the code is sent on lasts for the far end as long as it was down', async () => {
  await ends.press(phone, '*');
  const held = keyPayloads('5', 1000);
  await ends.sendKey(phone, held.slice(0, 10));
  await replay();
  await ends.sendKey(phone, held.slice(10));
  await ends.pass(600);
  await until(() => spelled(customer.end.heard).includes('5 1000 ms'));
  expect(spelled(customer.end.heard)).toEqual(['* 80 ms', '5 1000 ms']);
  expect(ends.told()).toEqual(['* 80 ms withheld', '5 1000 ms']);
});

test('the gate stays armed over another join and another description, and what it keeps goes to who is joined then', async () => {
  await ends.press(phone, '*');
  const colleague = await ends.open('colleague');
  await ends.join(phone, colleague);
  await ends.tell({ type: 'set', leg: 'phone', setting: settingOf(phone.end) });
  await ends.press(phone, '8');
  expect(ends.told()).toEqual(['* 80 ms withheld', '8 80 ms withheld']);
  await replay();
  await ends.pass(400);
  await until(() => spelled(colleague.end.heard).length === 2);
  await ends.press(phone, '*');
  expect(ends.told()).toEqual(['* 80 ms withheld']);
  expect(customer.end.heard).toEqual([]);
});

test("the customer's stars pass: only the leg that was armed has a gate", async () => {
  await ends.press(customer, '*1');
  await until(() => spelled(phone.end.heard).includes('1 80 ms'));
  expect(spelled(phone.end.heard)).toEqual(['* 80 ms', '1 80 ms']);
});

test('a key that is down when its leg leaves comes up at the far end, and is not heard by who is joined next', async () => {
  const held = keyPayloads('5', 1000);
  await ends.sendKey(phone, held.slice(0, 10));
  await ends.tell({ type: 'separate', a: 'phone', b: 'customer' });
  await ends.pass(200);
  const colleague = await ends.open('colleague');
  await ends.join(phone, colleague);
  await ends.sendKey(phone, held.slice(10));
  await until(() => customer.end.heard.filter(({ payload }) => (payload[1] ?? 0) & 0x80).length === 3);
  expect(keysHeard()[0]?.durationMs).toBeLessThanOrEqual(220);
  expect(colleague.end.heard).toEqual([]);
});

test('digits of ours go out with 100 ms and a pause each, while the other leg speaks, and audio goes on behind them', async () => {
  await ends.speak(10, [phone, 440]);
  await ends.tell({ type: 'send-digits', leg: 'customer', digits: '1w*,#Dx' });
  await ends.speak(50, [phone, 440]);
  await until(() => customer.end.heard.at(-1)?.payloadType === 8);
  expect(spelled(customer.end.heard)).toEqual(['1 100 ms', '* 100 ms', '# 100 ms', 'D 100 ms']);
  expect(gapsMs(keysHeard())).toEqual([60, 60, 60]);
  expect(spelled(phone.end.heard)).toEqual([]);
  const { heard } = customer.end;
  expect(heard.every(({ sequence }, i) => i === 0 || sequence === (((heard[i - 1]?.sequence ?? 0) + 1) & 0xffff))).toBe(
    true,
  );
  // Audio has the time stamps it would have had without digits: ten packets, a hole, and the rest.
  const start = heard[0]?.timestamp ?? 0;
  const audioAt = heard.filter(({ payloadType }) => payloadType === 8).map((one) => (one.timestamp - start) >>> 0);
  expect(audioAt.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, i) => i * 160));
  expect(audioAt.at(-1)).toBe(59 * 160);
  const digitsEnd = ((keysHeard()[3]?.timestamp ?? 0) - start + 800) >>> 0;
  expect(audioAt.some((at) => at >= 1600 && at < digitsEnd)).toBe(false);
  expect(ends.told()).toEqual([]);
});

test('digits of ours and a key pressed at the other leg do not cut each other', async () => {
  const held = keyPayloads('5', 400);
  await ends.sendKey(phone, held.slice(0, 5));
  await ends.tell({ type: 'send-digits', leg: 'customer', digits: '12' });
  await ends.sendKey(phone, held.slice(5));
  await ends.pass(800);
  await until(() => spelled(customer.end.heard).length === 3);
  expect(spelled(customer.end.heard)).toEqual(['5 400 ms', '1 100 ms', '2 100 ms']);
});

test('digits of ours reach a leg that is joined to nobody and hears a tone', async () => {
  await ends.tell(
    { type: 'separate', a: 'phone', b: 'customer' },
    { type: 'play', leg: 'customer', tone: 'ringback', country: 'DE' },
    { type: 'send-digits', leg: 'customer', digits: '42' },
  );
  await ends.pass(800);
  await until(() => customer.end.heard.at(-1)?.payloadType === 8);
  expect(spelled(customer.end.heard)).toEqual(['4 100 ms', '2 100 ms']);
});
