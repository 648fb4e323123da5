import { inviteServer, type InviteServerEvent } from '../../../../sip-gateway/engine/transaction/invite-server';
import { play } from './transcript';

const udp = (events: readonly InviteServerEvent[]) =>
  play(inviteServer, { from: 'proceeding', wire: 'unreliable', events });
const tcp = (events: readonly InviteServerEvent[]) =>
  play(inviteServer, { from: 'proceeding', wire: 'reliable', events });

test('a repeated INVITE gets the newest provisional response again', () => {
  expect(udp(['provisional', 'request', 'provisional', 'request'])).toEqual([
    'provisional -> proceeding: send',
    'request -> proceeding: resend',
    'provisional -> proceeding: send',
    'request -> proceeding: resend',
  ]);
});

test('after our 2xx repeated INVITEs are absorbed, and the dialog may repeat the 2xx, until timer L', () => {
  expect(udp(['success', 'request', 'success', 'ack', 'timer-l'])).toEqual([
    'success -> accepted: send, start L',
    'request -> accepted',
    'success -> accepted: resend',
    'ack -> accepted',
    'timer-l -> terminated: end',
  ]);
});

test('a refusal is repeated until its ACK, and late ACKs are absorbed until timer I', () => {
  expect(udp(['failure', 'timer-g', 'request', 'ack', 'ack', 'timer-g', 'timer-i'])).toEqual([
    'failure -> completed: send, start G, start H',
    'timer-g -> completed: resend, repeat G',
    'request -> completed: resend',
    'ack -> confirmed: stop repeat, start I',
    'ack -> confirmed',
    'timer-g -> confirmed',
    'timer-i -> terminated: end',
  ]);
});

test('over TCP a refusal is sent once and its ACK ends everything', () => {
  expect(tcp(['failure', 'ack'])).toEqual([
    'failure -> completed: send, start H',
    'ack -> terminated: stop repeat, end',
  ]);
});

test('no ACK to a refusal: timer H ends it', () => {
  expect(udp(['failure', 'timer-h', 'ack'])).toEqual([
    'failure -> completed: send, start G, start H',
    'timer-h -> terminated: timed-out, end',
    'ack -> terminated',
  ]);
});

test('our 2xx wins over a refusal given after it', () => {
  expect(udp(['success', 'failure'])[1]).toBe('failure -> accepted');
});
