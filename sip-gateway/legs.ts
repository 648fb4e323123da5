/**
 * The state of this folder's legs: which SIP transaction or dialog carries which LegId (RFC 3261 section 12).
 *
 *   theirs  offered ──200──▶ confirmed ──BYE──▶ gone
 *   ours    inviting ──200──▶ confirmed             (inviting ──final above 299──▶ gone)
 *
 * A leg that is gone is in no map: whatever still comes for it is late.
 */
import type { LampDialog } from '../call-router/effect';
import type { CallId, LegId, Sdp } from '../call-router/values/ids';
import type { TrunkAccount } from './accounts';
import type { WatchedDialog } from './dialog-info';
import type { Credentials } from './digest';
import type { Headers } from './header-values';
import { LegFlows } from './leg-flows';
import type { Reoffer } from './send-reoffer';
import type { Session } from './refresh-session';
import type { ReceivedRequest, SentRequest, SipLink } from './srf-link';

/** Whose the other end is. Only our own people move calls about (RFC 3515 section 5.2). */
export type FarEnd = 'device' | 'pbx' | 'provider';

/** A dialog as it is named on the wire (RFC 3261 section 12). */
export interface DialogName {
  readonly sipCallId: string;
  /** Ours. */
  readonly localTag: string;
  /** The far end's; empty before its answer. */
  readonly remoteTag: string;
}

interface Common {
  readonly id: LegId;
  readonly far: FarEnd;
  readonly name: DialogName;
  readonly link: SipLink;
  /** The engine's name of the dialog; known before there is one. */
  readonly dialog: string;
  /** Our Contact names this conference. */
  readonly focus?: CallId;
}

/** INVITE received, no final response yet. */
export interface OfferedLeg extends Common {
  readonly in: 'offered';
  readonly request: ReceivedRequest;
  /** It requires reliable provisional responses (RFC 3262). */
  readonly isReliable: boolean;
}

/** INVITE sent, no final response yet. */
export interface InvitingLeg extends Common {
  readonly in: 'inviting';
  readonly sent?: SentRequest;
  /** The router wants it no more; headers of the CANCEL. */
  readonly cancelledWith?: Headers;
  /** Takes back the deadline that a cancelled INVITE has. */
  readonly stopWaiting?: () => void;
}

/** REFER received; the router owes it an answer. */
export interface AskedRefer {
  readonly in: 'asked';
  readonly request: ReceivedRequest;
  /** Value of Event in its NOTIFYs. */
  readonly event: string;
  readonly stopWaiting: () => void;
}

/** The transfer is under way. */
export interface AcceptedRefer {
  readonly in: 'accepted';
  readonly event: string;
  /** False: the phone wants to hear nothing, or no more. */
  readonly isTold: boolean;
  /** What it was told last. */
  readonly status: number;
  /** When its subscription ends. */
  readonly until: number;
  readonly stopWaiting: () => void;
}

export interface ConfirmedLeg extends Common {
  readonly in: 'confirmed';
  /** Our 200 has not been acknowledged yet: BYE must wait (RFC 3261 section 15). */
  readonly awaitsAck: boolean;
  readonly byeWaiting?: Headers;
  /** Their re-INVITE or UPDATE that we owe an answer. */
  readonly reoffer?: ReceivedRequest;
  readonly refer?: AskedRefer | AcceptedRefer;
  /** There was a REFER before: the next one's NOTIFYs name it. */
  readonly hasReferred?: true;
  /** In the dialog, where the far end asks for digest again. */
  readonly credentials?: Credentials;
  /** Our description that stands, and theirs: a refreshed session repeats it. */
  readonly ours?: Sdp;
  readonly theirs?: Sdp;
  readonly allowsUpdate: boolean;
  /** The Call-ID is ours: the dialog began with our INVITE. */
  readonly ownsCallId: boolean;
  /** Its session timer, where one was agreed on. */
  readonly session?: Session;
}

export type SipLeg = OfferedLeg | InvitingLeg | ConfirmedLeg;

export class Legs {
  readonly flows = new LegFlows();
  private readonly byId = new Map<LegId, SipLeg>();
  private readonly byDialog = new Map<string, LegId>();
  /** Later offers of ours that are not answered yet (send-reoffer.ts). */
  readonly reoffers = new Map<LegId, Reoffer>();
  /** The last dialogs that ended, oldest first. */
  private readonly ended = new Set<string>();

  get size(): number {
    return this.byId.size;
  }

  of(id: LegId): SipLeg | undefined {
    return this.byId.get(id);
  }

  confirmed(id: LegId): ConfirmedLeg | undefined {
    const leg = this.byId.get(id);
    return leg?.in === 'confirmed' ? leg : undefined;
  }

  inDialog(dialog: string): SipLeg | undefined {
    const id = this.byDialog.get(dialog);
    return id === undefined ? undefined : this.byId.get(id);
  }

  /** The leg of a dialog that has its far end's tag. */
  named({ sipCallId, localTag, remoteTag }: DialogName): SipLeg | undefined {
    for (const leg of this.byId.values()) {
      if (leg.name.sipCallId !== sipCallId || leg.name.localTag !== localTag) continue;
      if (remoteTag !== '' && leg.name.remoteTag === remoteTag) return leg;
    }
    return undefined;
  }

  /** The dialog was ours not long ago. */
  hasEnded(name: DialogName): boolean {
    return this.ended.has(nameKey(name));
  }

  /**
   * With its dialog, where a colleague may take the call over (RFC 5359 sections 2.8 and 2.13): it rings at a phone of ours, or
   * it is parked. A talk is nobody else's. Undefined: our INVITE is out, but nothing rings yet.
   */
  watched(dialog: LampDialog, entity: string): WatchedDialog | undefined {
    const leg = this.byId.get(dialog.id);
    if (leg === undefined) return dialog;
    if (leg.in === 'inviting' && leg.name.remoteTag === '') return undefined;
    const isParked = leg.in === 'confirmed' && !/^\d/.test(entity);
    return isParked || (leg.in === 'inviting' && leg.far !== 'provider') ? { ...dialog, name: leg.name } : dialog;
  }

  /** Stores what is true of the leg now. */
  put(leg: SipLeg): void {
    this.byId.set(leg.id, leg);
    this.byDialog.set(leg.dialog, leg.id);
  }

  /** False: it was gone already. */
  drop(leg: SipLeg): boolean {
    const now = this.byId.get(leg.id);
    if (now?.in === 'confirmed') {
      now.refer?.stopWaiting();
      now.session?.stop();
    }
    this.flows.forget(leg.id);
    if (this.byDialog.get(leg.dialog) === leg.id) this.byDialog.delete(leg.dialog);
    if (now !== undefined) this.remember(now);
    return this.byId.delete(leg.id);
  }

  private remember({ name }: SipLeg): void {
    this.ended.add(nameKey(name));
    const [oldest] = this.ended;
    if (this.ended.size > endedMax && oldest !== undefined) this.ended.delete(oldest);
  }

  /** The legs that live on a link, for when it is lost. */
  onLink(link: SipLink): SipLeg[] {
    return [...this.byId.values()].filter((leg) => leg.link === link);
  }
}

const endedMax = 1_000;

const nameKey = ({ sipCallId, localTag, remoteTag }: DialogName): string => `${sipCallId} ${localTag} ${remoteTag}`;

/** @param trunk that leads there; undefined: a device of ours. */
export function farEndOf(trunk: TrunkAccount | undefined): FarEnd {
  if (trunk === undefined) return 'device';
  return trunk.kind === 'pbx' ? 'pbx' : 'provider';
}
