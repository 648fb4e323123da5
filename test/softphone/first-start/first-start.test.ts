/** Which step of the first start comes next, and how its test call stands. */
import type { Call, FirstStart, LiveCall } from '../../../server/api/messages';
import { isWanted, mayOpen, nextStep } from '../../../softphone/src/pages/first-start/steps';
import { testCallOf } from '../../../softphone/src/pages/first-start/test-call';

const begun: FirstStart = { state: 'open', hasNumbers: false };
const line = { ...begun, line: 'rented' } as const;
const trunk = { ...line, trunkId: 't1' };
const number = { ...trunk, numberId: 'n1', userId: 'u1', hasNumbers: true };

it.each<readonly [FirstStart, string]>([
  [begun, 'line'],
  [line, 'trunk'],
  [trunk, 'number'],
  [{ ...trunk, numberId: 'n1' }, 'number'],
  [number, 'phone'],
  [{ ...number, phone: 'browser' }, 'call'],
])('%o goes on with %s', (progress, step) => expect(nextStep(progress)).toBe(step));

it('one may go back, and not ahead', () => {
  expect([mayOpen('line', trunk), mayOpen('number', trunk), mayOpen('phone', trunk)]).toEqual([true, true, false]);
});

it.each<readonly [FirstStart, boolean]>([
  [begun, true],
  [{ ...begun, hasNumbers: true }, false],
  [{ ...begun, state: 'skipped' }, false],
  [number, true],
  [{ ...number, state: 'done' }, false],
])('%o is where an administrator begins: %s', (progress, wanted) => expect(isWanted(progress)).toBe(wanted));

const wanted = { numberId: 'n1', trunkId: 't1', since: '2026-11-23T09:00:00.000Z' };
const live = (fields: Partial<LiveCall>): LiveCall => ({
  id: 'c1',
  direction: 'inbound',
  state: 'ringing',
  startedAt: '2026-11-23T09:00:05.000Z',
  caller: { typed: '+420777123456', number: '+420777123456' },
  callee: { typed: '+420210000001' },
  numberId: 'n1',
  rangUserIds: [],
  recording: 'none',
  legs: [],
  ...fields,
});
const ended = (fields: Partial<Call>): Call => ({
  id: 'c1',
  direction: 'inbound',
  startedAt: '2026-11-23T09:00:05.000Z',
  endedAt: '2026-11-23T09:01:05.000Z',
  ringMs: 5000,
  talkMs: 0,
  totalMs: 60_000,
  caller: { typed: '+420777123456' },
  callee: { typed: '+420210000001' },
  numberId: 'n1',
  rangUserIds: [],
  otherCards: [],
  legs: [],
  ...fields,
});
const answeredAt = '2026-11-23T09:00:10.000Z';

it.each<readonly [string, readonly LiveCall[], readonly Call[], object]>([
  ['no call', [], [], { in: 'waiting' }],
  ['it rings', [live({})], [], { in: 'ringing', from: '+420777123456' }],
  [
    'they talk',
    [live({ state: 'talking', answeredAt, recording: 'running' })],
    [],
    { in: 'talking', from: '+420777123456', since: answeredAt, isRecorded: true },
  ],
  ['it was answered', [], [ended({ answeredAt, talkMs: 50_000 })], { in: 'worked' }],
  ['nobody took it', [], [ended({})], { in: 'unanswered' }],
  ['an answered one and a later one that nobody took', [], [ended({}), ended({ answeredAt })], { in: 'worked' }],
  ['the next one rings', [live({})], [ended({})], { in: 'ringing' }],
  [
    'over the trunk alone, as from a PBX',
    [live({ numberId: undefined, trunkId: 't1' } as object)],
    [],
    { in: 'ringing' },
  ],
  ['we call out to test it', [live({ direction: 'outbound', callee: { typed: '777' } })], [], { from: '777' }],
  ['another number', [live({ numberId: 'n2' })], [ended({ numberId: 'n2' })], { in: 'waiting' }],
  ['an older call', [], [ended({ startedAt: '2026-11-23T08:59:00.000Z', answeredAt })], { in: 'waiting' }],
])('%s', (_, now, calls, state) => expect(testCallOf(now, calls, wanted)).toMatchObject(state));
