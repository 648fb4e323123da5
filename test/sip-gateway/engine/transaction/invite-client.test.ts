import {
  inviteClient,
  type InviteClientEvent,
  type InviteClientState,
} from '../../../../sip-gateway/engine/transaction/invite-client';
import { play } from './transcript';

const udp = (events: readonly InviteClientEvent[]) =>
  play(inviteClient, { from: 'calling', wire: 'unreliable', events });
const tcp = (events: readonly InviteClientEvent[]) => play(inviteClient, { from: 'calling', wire: 'reliable', events });

test('a call that is answered: ringing stops timers A and B, timer M keeps the door open for repeated 2xx', () => {
  expect(udp(['start', 'timer-a', 'provisional', 'provisional', 'success', 'success', 'timer-m'])).toEqual([
    'start -> calling: send, start A, start B',
    'timer-a -> calling: resend, repeat A',
    'provisional -> proceeding: stop repeat, stop limit, pass',
    'provisional -> proceeding: pass',
    'success -> accepted: stop repeat, start M, pass',
    'success -> accepted: pass',
    'timer-m -> terminated: end',
  ]);
});

test('a call that is refused: each repetition of the final response gets the ACK again, the user hears it once', () => {
  expect(udp(['start', 'provisional', 'failure', 'failure', 'timer-d'])).toEqual([
    'start -> calling: send, start A, start B',
    'provisional -> proceeding: stop repeat, stop limit, pass',
    'failure -> completed: stop repeat, ack, start D, pass',
    'failure -> completed: ack',
    'timer-d -> terminated: end',
  ]);
});

test('over TCP nothing is repeated and a refused call leaves nothing behind', () => {
  expect(tcp(['start', 'failure'])).toEqual([
    'start -> calling: send, start B',
    'failure -> terminated: stop repeat, ack, pass, end',
  ]);
});

test('nobody answers: timer B ends it', () => {
  expect(udp(['start', 'timer-a', 'timer-b', 'success'])).toEqual([
    'start -> calling: send, start A, start B',
    'timer-a -> calling: resend, repeat A',
    'timer-b -> terminated: timed-out, end',
    'success -> terminated',
  ]);
});

test('the transport fails before anything is heard: the user is told at once', () => {
  expect(udp(['start', 'transport-error'])[1]).toBe('transport-error -> terminated: failed, end');
});

test('ringing wins over a transport error: the INVITE has arrived', () => {
  expect(udp(['start', 'provisional', 'transport-error', 'success'])).toEqual([
    'start -> calling: send, start A, start B',
    'provisional -> proceeding: stop repeat, stop limit, pass',
    'transport-error -> proceeding',
    'success -> accepted: stop repeat, start M, pass',
  ]);
});

test('200 wins over a failure that comes after it, and a failure wins over a 200 that comes after it', () => {
  expect(udp(['start', 'success', 'failure'])[2]).toBe('failure -> accepted');
  expect(udp(['start', 'failure', 'success'])[2]).toBe('success -> completed');
});

test('a timer that fires in the moment it is stopped changes nothing', () => {
  const states: readonly InviteClientState[] = ['proceeding', 'accepted', 'completed', 'terminated'];
  for (const from of states) {
    expect(play(inviteClient, { from, wire: 'unreliable', events: ['timer-a', 'timer-b'] })).toEqual([
      `timer-a -> ${from}`,
      `timer-b -> ${from}`,
    ]);
  }
});
