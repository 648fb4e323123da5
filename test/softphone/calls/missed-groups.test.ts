/** Missed calls are one line a client until somebody has reached the client. */
import type { MissedCall } from '../../../server/api/messages';
import { callBackNumber, groupedByClient } from '../../../softphone/src/calls/missed-groups';

const missed = (callId: string, fields: Partial<MissedCall> = {}): MissedCall => ({
  callId,
  of: 'user',
  ofId: 'anna',
  missedAt: '2026-11-23T10:00:00.000Z',
  caller: { typed: '777123456', number: '+420777123456' },
  ...fields,
});
const reached = { reachedAt: '2026-11-23T11:00:00.000Z', reachedCallId: 'r' };

it('calls of one number that nobody has followed up are one line, named by the newest', () => {
  const groups = groupedByClient([missed('c'), missed('b'), missed('a')]);
  expect(groups.map(({ last, count }) => [last.callId, count])).toEqual([['c', 3]]);
});

it('what was missed before the client was reached is a line of its own', () => {
  const groups = groupedByClient([missed('c'), missed('b', reached), missed('a', reached)]);
  expect(groups.map(({ last, count }) => [last.callId, count])).toEqual([
    ['c', 1],
    ['b', 2],
  ]);
});

it('two numbers of one card are one client; a withheld number is nobody’s', () => {
  const card = { kind: 'contact', id: '7', name: 'Karel' } as const;
  const other = { typed: '602', number: '+420602111222' };
  expect(groupedByClient([missed('b', { card }), missed('a', { card, caller: other })])).toHaveLength(1);
  const withheld = missed('d', { caller: { typed: '' } });
  expect(groupedByClient([withheld, { ...withheld, callId: 'e' }])).toHaveLength(2);
  expect(callBackNumber(withheld)).toBeUndefined();
});
