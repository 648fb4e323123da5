// One dialog: what RFC 3261 §12 says both ends must remember, plus which INVITE is open in which direction. It exists from the
// first response with a To tag and dies with BYE (INVITE) or the last NOTIFY (SUBSCRIBE).
//
//   early ──2xx──▶ confirmed ──BYE──▶ ended        early ──failure, CANCEL──▶ ended

import type { AppConnection } from '../app-link/app-connection';
import type { Flow } from '../transport/flow';
import type { ReceivedRequest } from '../uas/received-request';
import type { ReliableProvisional } from '../uas/reliable-provisional';
import type { SentRequest } from '../uac/sent-request';
import type { AnswerRepeat } from './answer-repeat';

export type DialogRole = 'uac' | 'uas';

export interface DialogStart {
  readonly id: string;
  readonly role: DialogRole;
  /** The method that made it. */
  readonly method: string;
  readonly app: AppConnection;
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** From and To values of our requests in it, with tags. */
  readonly localParty: string;
  readonly remoteParty: string;
  /** Our Contact value. */
  readonly contact: string;
  readonly remoteTarget: string;
  readonly routeSet: readonly string[];
  readonly localSeq: number;
  readonly remoteSeq: number;
  readonly flow: Flow;
}

export class Dialog {
  readonly id: string;
  readonly role: DialogRole;
  readonly method: string;
  readonly app: AppConnection;
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly localParty: string;
  remoteParty: string;
  contact: string;
  remoteTarget: string;
  routeSet: readonly string[];
  localSeq: number;
  remoteSeq: number;
  /** Where the peer's last request or response came from. */
  flow: Flow;
  state: 'early' | 'confirmed' | 'ended' = 'early';
  /** The peer's INVITE we have not finally answered. */
  openInvite: ReceivedRequest | undefined;
  /** Our newest reliable provisional response in it (RFC 3262). */
  reliable: ReliableProvisional | undefined;
  /** RSeq of the newest reliable provisional response of the peer; 0: none yet. */
  remoteRseq = 0;
  /** Our re-INVITE the peer has not finally answered. */
  openReinvite: SentRequest | undefined;
  /** Our 2xx that waits for its ACK. */
  unacknowledged: AnswerRepeat | undefined;
  /** Our INVITE whose 2xx the application has not acknowledged yet. */
  awaitingAck: SentRequest | undefined;
  /** Set when it must be ended as soon as the application has acknowledged the 2xx; the text for Reason. */
  endAfterAck: string | undefined;
  /** When a subscription is over if nobody says so; undefined for INVITE dialogs. */
  expiresMs: number | undefined;
  /** A BYE of the application that waits for the ACK to our 2xx (RFC 3261 §15). */
  heldBye: (() => void) | undefined;

  constructor(start: DialogStart) {
    this.id = start.id;
    this.role = start.role;
    this.method = start.method;
    this.app = start.app;
    this.callId = start.callId;
    this.localTag = start.localTag;
    this.remoteTag = start.remoteTag;
    this.localParty = start.localParty;
    this.remoteParty = start.remoteParty;
    this.contact = start.contact;
    this.remoteTarget = start.remoteTarget;
    this.routeSet = start.routeSet;
    this.localSeq = start.localSeq;
    this.remoteSeq = start.remoteSeq;
    this.flow = start.flow;
  }
}

/** The id the application knows a dialog by: the same for all forks of one INVITE. */
export function dialogIdOf(callId: string, fromTag: string): string {
  return `${callId};from-tag=${fromTag}`;
}
