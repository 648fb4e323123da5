// A running server transaction: carries out what the pure machine says, for INVITE and for all other methods.
// Requests are matched by branch, sent-by and method, an ACK by that of its INVITE (RFC 3261 §17.2.3). A branch without the
// magic cookie comes from a stack older than RFC 3261: the whole Via, the Call-ID and the number of CSeq stand in for it.

import type { Clock } from '../clock';
import type { SipRequest } from '../message/sip-message';
import type { Flow } from '../transport/flow';
import { inviteServer, type InviteServerEvent, type InviteServerState } from './invite-server';
import type { Action } from './machine';
import { nonInviteServer, type NonInviteServerEvent, type NonInviteServerState } from './non-invite-server';
import type { LimitTimer, RepeatTimer } from './timers';
import { TransactionTimers } from './transaction-timers';

export type ServerTransactions = Map<string, ServerTransaction>;

/** The key of the transaction this request belongs to, as a request of `method` (ACK and CANCEL look for INVITE). */
export function serverKey(request: SipRequest, method: string): string {
  const { via } = request;
  const place = `${via.host}:${via.port ?? ''}`;
  if (via.branch.startsWith('z9hG4bK') && via.branch.length > 7) return `${method} ${via.branch} ${place}`;
  return `${method} ${request.callId} ${request.seq} ${request.fromTag} ${place} ${via.branch}`;
}

export interface ServerTransactionUser {
  /** No ACK came for a final response, or the transport failed. */
  unanswered(problem: 'timed-out' | 'failed'): void;
}

const EVENT_OF: Partial<Record<LimitTimer | RepeatTimer, InviteServerEvent | NonInviteServerEvent>> = {
  G: 'timer-g',
  H: 'timer-h',
  I: 'timer-i',
  J: 'timer-j',
  L: 'timer-l',
};

type AnyEvent = InviteServerEvent | NonInviteServerEvent;

export class ServerTransaction {
  readonly key: string;
  private readonly isInvite: boolean;
  private readonly table: ServerTransactions;
  private readonly flow: Flow;
  private readonly timers: TransactionTimers;
  private state: InviteServerState | NonInviteServerState;
  private lastResponse = '';
  private user: ServerTransactionUser | undefined;

  constructor(table: ServerTransactions, clock: Clock, options: { key: string; method: string; flow: Flow }) {
    this.key = options.key;
    this.isInvite = options.method === 'INVITE';
    this.table = table;
    this.flow = options.flow;
    this.state = this.isInvite ? 'proceeding' : 'trying';
    this.timers = new TransactionTimers(clock, (timer) => this.fired(timer));
    table.set(options.key, this);
  }

  /** True while no final response has been sent. */
  get isOpen(): boolean {
    return this.state === 'proceeding' || this.state === 'trying';
  }

  set listener(user: ServerTransactionUser) {
    this.user = user;
  }

  /** The request came again. */
  repeated(): void {
    this.step('request');
  }

  /** An ACK with this transaction's branch came. */
  acknowledged(): void {
    this.step('ack');
  }

  /** Sends a response; after a final one only repetitions of it are sent. */
  respond(status: number, text: string): void {
    this.lastResponse = text;
    if (!this.isInvite) this.step(status < 200 ? 'provisional' : 'final');
    else this.step(status < 200 ? 'provisional' : status < 300 ? 'success' : 'failure');
  }

  /** Repeats a reliable provisional response (RFC 3262 §3) or a 2xx (RFC 3261 §13.3.1.4). */
  resend(text: string): void {
    if (this.state !== 'terminated') this.flow.send(text);
  }

  /** Forgets the request unanswered. */
  abandon(): void {
    this.state = 'terminated';
    this.end();
  }

  private fired(timer: LimitTimer | RepeatTimer): void {
    const event = EVENT_OF[timer];
    if (event) this.step(event);
  }

  private step(event: AnyEvent): void {
    const { reliability } = this.flow;
    // The two machines share this runner; each sees only its own states and events.
    const step = this.isInvite
      ? inviteServer(this.state as InviteServerState, event as InviteServerEvent, reliability)
      : nonInviteServer(this.state as NonInviteServerState, event as NonInviteServerEvent, reliability);
    this.state = step.state;
    for (const action of step.actions) this.perform(action);
  }

  private perform(action: Action): void {
    switch (action) {
      case 'send':
      case 'resend':
        if (this.lastResponse !== '') this.flow.send(this.lastResponse);
        return;
      case 'start G':
        return this.timers.startRepeat('G');
      case 'repeat G':
        return this.timers.repeatAgain('G');
      case 'stop repeat':
        return this.timers.stopRepeat();
      case 'timed-out':
      case 'failed':
        return this.user?.unanswered(action);
      case 'end':
        return this.end();
      default: {
        const timer = LIMIT_OF[action];
        if (timer) this.timers.startLimit(timer);
      }
    }
  }

  private end(): void {
    this.timers.stop();
    this.lastResponse = '';
    this.table.delete(this.key);
  }
}

const LIMIT_OF: Partial<Record<Action, LimitTimer>> = {
  'start H': 'H',
  'start I': 'I',
  'start J': 'J',
  'start L': 'L',
};
