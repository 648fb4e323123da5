// A running client transaction: carries out what the pure machine says, for INVITE and for all other methods.
// Responses are matched by branch and CSeq method (RFC 3261 §17.1.3).

import type { Clock } from '../clock';
import type { SipResponse } from '../message/sip-message';
import type { Flow } from '../transport/flow';
import { inviteClient, type InviteClientEvent, type InviteClientState } from './invite-client';
import type { Action } from './machine';
import { nonInviteClient, type NonInviteClientEvent, type NonInviteClientState } from './non-invite-client';
import type { LimitTimer, RepeatTimer } from './timers';
import { TransactionTimers } from './transaction-timers';

export interface ClientRequest {
  readonly method: string;
  readonly branch: string;
  readonly text: string;
  /** The ACK to a final response that is no 2xx; used for INVITE only. */
  ackFor(response: SipResponse): string;
}

export interface ClientTransactionUser {
  /** Each response the machine passes up: 1xx, the final one, and each 2xx to INVITE. */
  answered(response: SipResponse, from: Flow): void;
  /** No final response will come: the time is up, or the transport failed. */
  unanswered(problem: 'timed-out' | 'failed'): void;
  /** It is over, and so are repetitions of its final response. */
  ended(): void;
}

export type ClientTransactions = Map<string, ClientTransaction>;

export function clientKey(branch: string, method: string): string {
  return `${method} ${branch}`;
}

const EVENT_OF: Partial<Record<LimitTimer | RepeatTimer, InviteClientEvent | NonInviteClientEvent>> = {
  A: 'timer-a',
  B: 'timer-b',
  D: 'timer-d',
  E: 'timer-e',
  F: 'timer-f',
  K: 'timer-k',
  M: 'timer-m',
};

type AnyEvent = InviteClientEvent | NonInviteClientEvent;

export class ClientTransaction {
  private readonly table: ClientTransactions;
  private readonly flow: Flow;
  private readonly request: ClientRequest;
  private readonly user: ClientTransactionUser;
  private readonly timers: TransactionTimers;
  private state: InviteClientState | NonInviteClientState;
  private response: SipResponse | undefined;
  private from: Flow;
  private ackText = '';
  private readonly lost = (): void => this.step('transport-error');

  constructor(
    table: ClientTransactions,
    clock: Clock,
    options: {
      flow: Flow;
      request: ClientRequest;
      user: ClientTransactionUser;
      /** Of an INVITE, for any response at all, 100 too; undefined: timer B of the RFC. */
      firstAnswerMs?: number;
    },
  ) {
    this.table = table;
    this.flow = options.flow;
    this.from = options.flow;
    this.request = options.request;
    this.user = options.user;
    this.state = options.request.method === 'INVITE' ? 'calling' : 'trying';
    const { firstAnswerMs } = options;
    const shorter = firstAnswerMs === undefined ? {} : { B: firstAnswerMs };
    this.timers = new TransactionTimers(clock, (timer) => this.fired(timer), shorter);
  }

  /** True until the first response. */
  get isUnheard(): boolean {
    return this.state === 'calling' || this.state === 'trying';
  }

  start(): void {
    this.table.set(clientKey(this.request.branch, this.request.method), this);
    this.flow.watchClose(this.lost);
    this.step('start');
  }

  receive(response: SipResponse, from: Flow): void {
    this.response = response;
    this.from = from;
    const { status } = response;
    if (this.request.method !== 'INVITE') this.step(status < 200 ? 'provisional' : 'final');
    else this.step(status < 200 ? 'provisional' : status < 300 ? 'success' : 'failure');
    this.response = undefined;
  }

  /** Ends it without a word to the user. */
  abandon(): void {
    this.state = 'terminated';
    this.clear();
  }

  private fired(timer: LimitTimer | RepeatTimer): void {
    const event = EVENT_OF[timer];
    if (event) this.step(event);
  }

  private step(event: AnyEvent): void {
    const { reliability } = this.flow;
    // The two machines share this runner; each sees only its own states and events.
    const step =
      this.request.method === 'INVITE'
        ? inviteClient(this.state as InviteClientState, event as InviteClientEvent, reliability)
        : nonInviteClient(this.state as NonInviteClientState, event as NonInviteClientEvent, reliability);
    this.state = step.state;
    for (const action of step.actions) this.perform(action);
  }

  private perform(action: Action): void {
    switch (action) {
      case 'send':
      case 'resend':
        return this.flow.send(this.request.text, this.lost);
      case 'ack':
        return this.sendAck();
      case 'pass':
        if (this.response) this.user.answered(this.response, this.from);
        return;
      case 'timed-out':
      case 'failed':
        return this.user.unanswered(action);
      case 'end':
        return this.end();
      default:
        return this.performTimer(action);
    }
  }

  private performTimer(
    action: Exclude<Action, 'send' | 'resend' | 'ack' | 'pass' | 'timed-out' | 'failed' | 'end'>,
  ): void {
    switch (action) {
      case 'start A':
      case 'start E':
        return this.timers.startRepeat(action === 'start A' ? 'A' : 'E');
      case 'repeat A':
      case 'repeat E':
        return this.timers.repeatAgain(action === 'repeat A' ? 'A' : 'E');
      case 'repeat E slowly':
        return this.timers.repeatSlowly('E');
      case 'stop repeat':
        return this.timers.stopRepeat();
      case 'stop limit':
        return this.timers.stopLimit();
      default: {
        const timer = LIMIT_OF[action];
        if (timer) this.timers.startLimit(timer);
      }
    }
  }

  private sendAck(): void {
    if (this.response && this.ackText === '') this.ackText = this.request.ackFor(this.response);
    this.flow.send(this.ackText, this.lost);
  }

  private end(): void {
    this.clear();
    this.user.ended();
  }

  private clear(): void {
    this.timers.stop();
    this.flow.unwatchClose(this.lost);
    this.table.delete(clientKey(this.request.branch, this.request.method));
  }
}

const LIMIT_OF: Partial<Record<Action, LimitTimer>> = {
  'start B': 'B',
  'start D': 'D',
  'start F': 'F',
  'start K': 'K',
  'start M': 'M',
};
