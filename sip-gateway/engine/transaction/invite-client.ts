// The INVITE client transaction: RFC 3261 §17.1.1 with the Accepted state of RFC 6026 §7.2. Pure.
//
//   calling ──1xx──▶ proceeding ──2xx──▶ accepted ──M──▶ terminated     (2xx are passed up each time, the user sends the ACK)
//      │  └────────────2xx────────────────▶│
//      └──3xx-6xx──▶ completed ──D──▶ terminated                        (each repeated final gets the ACK again)

import { stay, type Step } from './machine';
import type { Reliability } from './timers';

export type InviteClientState = 'calling' | 'proceeding' | 'accepted' | 'completed' | 'terminated';
export type InviteClientEvent =
  | 'start'
  | 'provisional'
  | 'success'
  | 'failure'
  | 'timer-a'
  | 'timer-b'
  | 'timer-d'
  | 'timer-m'
  | 'transport-error';

type S = Step<InviteClientState>;

const START: Record<Reliability, S> = {
  unreliable: { state: 'calling', actions: ['send', 'start A', 'start B'] },
  reliable: { state: 'calling', actions: ['send', 'start B'] },
};
const REPEAT: S = { state: 'calling', actions: ['resend', 'repeat A'] };
const FIRST_PROVISIONAL: S = { state: 'proceeding', actions: ['stop repeat', 'stop limit', 'pass'] };
const PROVISIONAL: S = { state: 'proceeding', actions: ['pass'] };
const SUCCESS: S = { state: 'accepted', actions: ['stop repeat', 'start M', 'pass'] };
const SUCCESS_AGAIN: S = { state: 'accepted', actions: ['pass'] };
const FAILURE: Record<Reliability, S> = {
  unreliable: { state: 'completed', actions: ['stop repeat', 'ack', 'start D', 'pass'] },
  reliable: { state: 'terminated', actions: ['stop repeat', 'ack', 'pass', 'end'] },
};
const FAILURE_AGAIN: S = { state: 'completed', actions: ['ack'] };
const TIMED_OUT: S = { state: 'terminated', actions: ['timed-out', 'end'] };
const FAILED: S = { state: 'terminated', actions: ['failed', 'end'] };
const END: S = { state: 'terminated', actions: ['end'] };

export function inviteClient(state: InviteClientState, event: InviteClientEvent, wire: Reliability): S {
  switch (state) {
    case 'calling':
      return whileCalling(event, wire);
    case 'proceeding':
      if (event === 'provisional') return PROVISIONAL;
      if (event === 'success') return SUCCESS;
      if (event === 'failure') return FAILURE[wire];
      // The INVITE arrived, or there would be no 1xx: a transport error now is about some later packet.
      return stay(state);
    case 'accepted':
      if (event === 'success') return SUCCESS_AGAIN;
      return event === 'timer-m' ? END : stay(state);
    case 'completed':
      if (event === 'failure') return FAILURE_AGAIN;
      // The ACK could not be sent (RFC 3261 §17.1.1.2): the user has its final response already.
      return event === 'timer-d' || event === 'transport-error' ? END : stay(state);
    case 'terminated':
      return stay(state);
  }
}

function whileCalling(event: InviteClientEvent, wire: Reliability): S {
  switch (event) {
    case 'start':
      return START[wire];
    case 'timer-a':
      return REPEAT;
    case 'provisional':
      return FIRST_PROVISIONAL;
    case 'success':
      return SUCCESS;
    case 'failure':
      return FAILURE[wire];
    case 'timer-b':
      return TIMED_OUT;
    case 'transport-error':
      return FAILED;
    case 'timer-d':
    case 'timer-m':
      return stay('calling');
  }
}
