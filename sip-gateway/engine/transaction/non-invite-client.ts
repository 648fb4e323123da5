// The non-INVITE client transaction: RFC 3261 §17.1.2, with RFC 4320 §4.2 (a late response is no error, it is just late). Pure.
//
//   trying ──1xx──▶ proceeding ──final──▶ completed ──K──▶ terminated
//      └───────────────final────────────────▶│

import { stay, type Step } from './machine';
import type { Reliability } from './timers';

export type NonInviteClientState = 'trying' | 'proceeding' | 'completed' | 'terminated';
export type NonInviteClientEvent =
  | 'start'
  | 'provisional'
  | 'final'
  | 'timer-e'
  | 'timer-f'
  | 'timer-k'
  | 'transport-error';

type S = Step<NonInviteClientState>;

const START: Record<Reliability, S> = {
  unreliable: { state: 'trying', actions: ['send', 'start E', 'start F'] },
  reliable: { state: 'trying', actions: ['send', 'start F'] },
};
const REPEAT: S = { state: 'trying', actions: ['resend', 'repeat E'] };
const REPEAT_SLOWLY: S = { state: 'proceeding', actions: ['resend', 'repeat E slowly'] };
const PROVISIONAL: S = { state: 'proceeding', actions: ['pass'] };
const FINAL: Record<Reliability, S> = {
  unreliable: { state: 'completed', actions: ['stop repeat', 'start K', 'pass'] },
  reliable: { state: 'terminated', actions: ['stop repeat', 'pass', 'end'] },
};
const TIMED_OUT: S = { state: 'terminated', actions: ['timed-out', 'end'] };
const FAILED: S = { state: 'terminated', actions: ['failed', 'end'] };
const END: S = { state: 'terminated', actions: ['end'] };

export function nonInviteClient(state: NonInviteClientState, event: NonInviteClientEvent, wire: Reliability): S {
  switch (state) {
    case 'trying':
    case 'proceeding':
      return whileWaiting(state, event, wire);
    case 'completed':
      return event === 'timer-k' ? END : stay(state);
    case 'terminated':
      return stay(state);
  }
}

function whileWaiting(state: 'trying' | 'proceeding', event: NonInviteClientEvent, wire: Reliability): S {
  switch (event) {
    case 'start':
      return state === 'trying' ? START[wire] : stay(state);
    case 'provisional':
      return PROVISIONAL;
    case 'final':
      return FINAL[wire];
    case 'timer-e':
      return state === 'trying' ? REPEAT : REPEAT_SLOWLY;
    case 'timer-f':
      return TIMED_OUT;
    case 'transport-error':
      return FAILED;
    case 'timer-k':
      return stay(state);
  }
}
