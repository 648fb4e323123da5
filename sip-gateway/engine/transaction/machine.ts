// What the four transaction machines have in common: a machine is a pure function from a state and an event to the next state
// and a list of actions. Steps are constants, so a message costs no allocation. Who carries the actions out: client-transaction.ts
// and server-transaction.ts.

import type { LimitTimer, RepeatTimer } from './timers';

export type Action =
  | 'send' // the request, or the newest response, for the first time
  | 'resend' // the same bytes again
  | 'ack' // the ACK to a non-2xx final response (RFC 3261 §17.1.1.3)
  | 'pass' // hand the message to the transaction's user
  | 'timed-out' // tell the user: no answer
  | 'failed' // tell the user: the transport failed
  | `start ${LimitTimer}` // a transaction has one limit timer; starting one ends the one before
  | `start ${RepeatTimer}` // first interval T1
  | `repeat ${RepeatTimer}` // next interval
  | 'repeat E slowly' // interval T2 (non-INVITE client in Proceeding)
  | 'stop repeat'
  | 'stop limit'
  | 'end';

export interface Step<State extends string> {
  readonly state: State;
  readonly actions: readonly Action[];
}

/** A step that leaves the state alone and does nothing: late or repeated events. */
export function stay<State extends string>(state: State): Step<State> {
  return { state, actions: [] };
}
