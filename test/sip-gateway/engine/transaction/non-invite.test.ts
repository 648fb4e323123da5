import {
  nonInviteClient,
  type NonInviteClientEvent,
} from '../../../../sip-gateway/engine/transaction/non-invite-client';
import {
  nonInviteServer,
  type NonInviteServerEvent,
} from '../../../../sip-gateway/engine/transaction/non-invite-server';
import { nextRepeatMs } from '../../../../sip-gateway/engine/transaction/timers';
import { play } from './transcript';

const client = (wire: 'reliable' | 'unreliable', events: readonly NonInviteClientEvent[]) =>
  play(nonInviteClient, { from: 'trying', wire, events });
const server = (wire: 'reliable' | 'unreliable', events: readonly NonInviteServerEvent[]) =>
  play(nonInviteServer, { from: 'trying', wire, events });

test('client: repeats with timer E, slowly after a provisional response, and absorbs repeated finals until timer K', () => {
  expect(client('unreliable', ['start', 'timer-e', 'provisional', 'timer-e', 'final', 'final', 'timer-k'])).toEqual([
    'start -> trying: send, start E, start F',
    'timer-e -> trying: resend, repeat E',
    'provisional -> proceeding: pass',
    'timer-e -> proceeding: resend, repeat E slowly',
    'final -> completed: stop repeat, start K, pass',
    'final -> completed',
    'timer-k -> terminated: end',
  ]);
});

test('client over TCP: sent once, over with the final response', () => {
  expect(client('reliable', ['start', 'final'])).toEqual([
    'start -> trying: send, start F',
    'final -> terminated: stop repeat, pass, end',
  ]);
});

test('client: timer F ends the wait, also after a provisional response', () => {
  expect(client('unreliable', ['start', 'timer-f'])[1]).toBe('timer-f -> terminated: timed-out, end');
  expect(client('unreliable', ['start', 'provisional', 'timer-f'])[2]).toBe('timer-f -> terminated: timed-out, end');
});

test('client: the final response wins over a timer F that fires after it', () => {
  expect(client('unreliable', ['start', 'final', 'timer-f'])[2]).toBe('timer-f -> completed');
});

test('server: a repeated request is absorbed before the answer and gets the answer again after it', () => {
  expect(server('unreliable', ['request', 'final', 'request', 'final', 'timer-j'])).toEqual([
    'request -> trying',
    'final -> completed: send, start J',
    'request -> completed: resend',
    'final -> completed',
    'timer-j -> terminated: end',
  ]);
});

test('server over TCP: over with the answer', () => {
  expect(server('reliable', ['final'])).toEqual(['final -> terminated: send, end']);
});

test.each([
  ['A', 500, 1000],
  ['A', 16000, 32000],
  ['E', 500, 1000],
  ['E', 4000, 4000],
  ['G', 2000, 4000],
  ['G', 4000, 4000],
] as const)('timer %s after %d ms waits %d ms', (timer, before, after) => {
  expect(nextRepeatMs(timer, before)).toBe(after);
});
