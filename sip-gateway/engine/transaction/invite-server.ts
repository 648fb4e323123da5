// The INVITE server transaction: RFC 3261 §17.2.1 with the Accepted state of RFC 6026 §7.1. Pure.
//
//   proceeding ──2xx──▶ accepted ──L──▶ terminated          (repeated INVITEs are absorbed; the dialog repeats the 2xx)
//        └──3xx-6xx──▶ completed ──ACK──▶ confirmed ──I──▶ terminated
//                          └──H──▶ terminated               (no ACK came: the user is told)

import { stay, type Step } from './machine';
import type { Reliability } from './timers';

export type InviteServerState = 'proceeding' | 'accepted' | 'completed' | 'confirmed' | 'terminated';
export type InviteServerEvent =
  | 'request'
  | 'provisional'
  | 'success'
  | 'failure'
  | 'ack'
  | 'timer-g'
  | 'timer-h'
  | 'timer-i'
  | 'timer-l'
  | 'transport-error';

type S = Step<InviteServerState>;

const PROVISIONAL: S = { state: 'proceeding', actions: ['send'] };
const REQUEST_AGAIN: S = { state: 'proceeding', actions: ['resend'] };
const SUCCESS: S = { state: 'accepted', actions: ['send', 'start L'] };
const SUCCESS_AGAIN: S = { state: 'accepted', actions: ['resend'] };
const FAILURE: Record<Reliability, S> = {
  unreliable: { state: 'completed', actions: ['send', 'start G', 'start H'] },
  reliable: { state: 'completed', actions: ['send', 'start H'] },
};
const FAILURE_AGAIN: S = { state: 'completed', actions: ['resend'] };
const FAILURE_REPEATED: S = { state: 'completed', actions: ['resend', 'repeat G'] };
const CONFIRMED: Record<Reliability, S> = {
  unreliable: { state: 'confirmed', actions: ['stop repeat', 'start I'] },
  reliable: { state: 'terminated', actions: ['stop repeat', 'end'] },
};
const NO_ACK: S = { state: 'terminated', actions: ['timed-out', 'end'] };
const FAILED: S = { state: 'terminated', actions: ['failed', 'end'] };
const END: S = { state: 'terminated', actions: ['end'] };

export function inviteServer(state: InviteServerState, event: InviteServerEvent, wire: Reliability): S {
  switch (state) {
    case 'proceeding':
      if (event === 'request') return REQUEST_AGAIN;
      if (event === 'provisional') return PROVISIONAL;
      if (event === 'success') return SUCCESS;
      if (event === 'failure') return FAILURE[wire];
      return event === 'transport-error' ? FAILED : stay(state);
    case 'accepted':
      // `success` again is the user repeating its 2xx; a repeated INVITE is absorbed (RFC 6026 §7.1).
      if (event === 'success') return SUCCESS_AGAIN;
      return event === 'timer-l' ? END : stay(state);
    case 'completed':
      if (event === 'request') return FAILURE_AGAIN;
      if (event === 'timer-g') return FAILURE_REPEATED;
      if (event === 'ack') return CONFIRMED[wire];
      if (event === 'timer-h') return NO_ACK;
      return event === 'transport-error' ? FAILED : stay(state);
    case 'confirmed':
      return event === 'timer-i' ? END : stay(state);
    case 'terminated':
      return stay(state);
  }
}
