/** My calls are one line a client, at the place of the newest. */
import type { Call } from '../../../server/api/messages';
import { callGroups, numberToCall } from '../../../softphone/src/calls/call-groups';

const call = (id: string, fields: Partial<Call> = {}): Call => ({
  id,
  direction: 'inbound',
  startedAt: '2026-11-23T10:00:00.000Z',
  ringMs: 0,
  talkMs: 0,
  totalMs: 0,
  caller: { typed: '777123456', number: '+420777123456' },
  callee: { typed: '210000001', number: '+420210000001' },
  rangUserIds: ['anna'],
  otherCards: [],
  legs: [],
  ...fields,
});
const shown = (calls: readonly Call[]) => callGroups(calls, 'anna').map(({ last, count }) => `${last.id} ${count}`);

it('calls in and out of one client are one line, whichever number it was', () => {
  const card = { kind: 'contact', id: '7', name: 'Karel' } as const;
  const out = call('d', { card, direction: 'outbound', callee: { typed: '602', number: '+420602111222' } });
  expect(shown([out, call('c', { caller: { typed: '', number: '+420111' } }), call('b', { card })])).toEqual([
    'd 2',
    'c 1',
  ]);
});

it('without a card the number is the client; a withheld one is nobody', () => {
  const back = call('d', { direction: 'outbound', callee: { typed: '777 123 456', number: '+420777123456' } });
  const withheld = { caller: { typed: '' } };
  expect(shown([back, call('c'), call('b', withheld), call('a', withheld)])).toEqual(['d 2', 'b 1', 'a 1']);
  expect(numberToCall(call('b', withheld), 'anna')).toBeUndefined();
});

it('a colleague is one line for both directions, called by extension', () => {
  const mine = call('b', { direction: 'internal', caller: { typed: '101', userId: 'anna' }, callee: { typed: '102' } });
  const theirs = call('a', {
    direction: 'internal',
    caller: { typed: '102', userId: 'boris' },
    callee: { typed: '101' },
  });
  expect(shown([mine, theirs])).toEqual(['b 2']);
  expect(numberToCall(theirs, 'anna')).toBe('102');
});
