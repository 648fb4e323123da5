// The non-INVITE server transaction: RFC 3261 §17.2.2, with RFC 4320 §4.1: no provisional but 100 Trying, and no 408 of our own
// (a 408 for a non-INVITE would always come too late to be of use). Pure.
//
//   trying ──1xx──▶ proceeding ──final──▶ completed ──J──▶ terminated
//      └───────────────final────────────────▶│

import { stay, type Step } from './machine';
import type { Reliability } from './timers';

export type NonInviteServerState = 'trying' | 'proceeding' | 'completed' | 'terminated';
export type NonInviteServerEvent = 'request' | 'provisional' | 'final' | 'timer-j' | 'transport-error';

type S = Step<NonInviteServerState>;

const PROVISIONAL: S = { state: 'proceeding', actions: ['send'] };
const REQUEST_AGAIN: S = { state: 'proceeding', actions: ['resend'] };
const FINAL: Record<Reliability, S> = {
  unreliable: { state: 'completed', actions: ['send', 'start J'] },
  reliable: { state: 'terminated', actions: ['send', 'end'] },
};
const FINAL_AGAIN: S = { state: 'completed', actions: ['resend'] };
const FAILED: S = { state: 'terminated', actions: ['failed', 'end'] };
const END: S = { state: 'terminated', actions: ['end'] };

export function nonInviteServer(state: NonInviteServerState, event: NonInviteServerEvent, wire: Reliability): S {
  switch (state) {
    case 'trying':
    case 'proceeding':
      if (event === 'provisional') return PROVISIONAL;
      if (event === 'final') return FINAL[wire];
      // Before the first response a repeated request is absorbed without an answer (§17.2.2).
      if (event === 'request') return state === 'proceeding' ? REQUEST_AGAIN : stay(state);
      return event === 'transport-error' ? FAILED : stay(state);
    case 'completed':
      if (event === 'request') return FINAL_AGAIN;
      return event === 'timer-j' || event === 'transport-error' ? END : stay(state);
    case 'terminated':
      return stay(state);
  }
}
