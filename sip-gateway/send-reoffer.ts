/**
 * A later offer of ours: a re-INVITE (RFC 3261 section 14.1). Waits until the dialog may carry one: confirmed, our 200
 * acknowledged, no other offer open either way; where both ends offered at once (491) it is sent again after the time of
 * that section. Only the latest offer counts; one whose leg ends is forgotten.
 */
import type { SipEvent } from '../call-router/event';
import { callOfLeg, type LegId, type Sdp } from '../call-router/values/ids';
import { descriptionIn } from './description';
import { authorizationFor } from './end-leg';
import { focusContact } from './focus';
import type { Headers } from './header-values';
import type { ConfirmedLeg } from './legs';
import { randomHex } from './random';
import type { SessionParts } from './refresh-session';
import { glareMs } from './session-timer';
import type { Heard } from './srf-link';
import { capabilitiesTo } from './trunk-headers';

/** An offer of ours that waits, or is sent and not answered yet. */
export interface Reoffer {
  readonly sdp: Sdp;
  readonly isSent: boolean;
}

const waitMs = 250;

/** → reoffer-answered | reoffer-refused */
export function sendReoffer(parts: SessionParts, id: LegId, sdp: Sdp): void {
  if (parts.legs.of(id) === undefined) return;
  const offer: Reoffer = { sdp, isSent: false };
  parts.legs.reoffers.set(id, offer);
  sendWhenFree(parts, id, offer);
}

function sendWhenFree(parts: SessionParts, id: LegId, offer: Reoffer): void {
  if (parts.legs.reoffers.get(id) !== offer) return;
  const leg = parts.legs.of(id);
  if (leg === undefined) return void parts.legs.reoffers.delete(id);
  if (leg.in === 'confirmed' && mayOffer(leg)) return send(parts, leg, { offer, authorization: {} });
  parts.clock.after(waitMs, () => sendWhenFree(parts, id, offer));
}

const mayOffer = ({ awaitsAck, reoffer, session }: ConfirmedLeg): boolean =>
  !awaitsAck && reoffer === undefined && session?.isOffering !== true;

interface Sending {
  readonly offer: Reoffer;
  readonly authorization: Headers;
}

function send(parts: SessionParts, leg: ConfirmedLeg, { offer, authorization }: Sending): void {
  const sent: Reoffer = { ...offer, isSent: true };
  parts.legs.reoffers.set(leg.id, sent);
  const headers: Headers = {
    ...capabilitiesTo(leg.far),
    ...authorization,
    ...focusContact(leg),
    'Content-Type': 'application/sdp',
  };
  const request = { method: 'INVITE', uri: '', dialog: leg.dialog, headers, body: offer.sdp };
  leg.link.send(request, heard(parts, leg, { offer: sent, authorization }));
}

function heard(parts: SessionParts, { id, dialog }: ConfirmedLeg, sending: Sending): Heard {
  let uri = '';
  const tell = (outcome: Outcome): void => {
    if (parts.legs.reoffers.get(id) === sending.offer) parts.legs.reoffers.delete(id);
    if (parts.legs.confirmed(id)?.dialog !== dialog) return;
    parts.post({ from: 'sip', at: parts.clock.now(), call: callOfLeg(id), leg: id, ...outcome });
  };
  return {
    sent: (request) => {
      uri = request.uri;
    },
    response: (response, ack) => {
      const { status } = response;
      if (status < 200) return;
      if (status < 300) ack();
      const leg = parts.legs.confirmed(id);
      // A later offer took its place, or the leg is over.
      if (leg === undefined || parts.legs.reoffers.get(id) !== sending.offer) return;
      const wasProven = Object.keys(sending.authorization).length > 0;
      const authorization = authorizationFor(response, { method: 'INVITE', uri, credentials: leg.credentials });
      if (authorization !== undefined && !wasProven) return send(parts, leg, { ...sending, authorization });
      if (status === 491) return againAfterGlare(parts, leg, sending.offer);
      const answer = status < 300 ? descriptionIn(response) : undefined;
      if (answer === undefined || answer === 'unreadable') return tell({ type: 'reoffer-refused', status });
      parts.legs.put({ ...leg, ours: sending.offer.sdp, theirs: answer });
      tell({ type: 'reoffer-answered', sdp: answer });
    },
    failed: () => tell({ type: 'reoffer-refused', status: 503 }),
  };
}

type Outcome =
  | Pick<Extract<SipEvent, { type: 'reoffer-answered' }>, 'type' | 'sdp'>
  | Pick<Extract<SipEvent, { type: 'reoffer-refused' }>, 'type' | 'status'>;

function againAfterGlare(parts: SessionParts, { id, ownsCallId }: ConfirmedLeg, { sdp }: Reoffer): void {
  const offer: Reoffer = { sdp, isSent: false };
  parts.legs.reoffers.set(id, offer);
  const chance = Number.parseInt(randomHex(2), 16) / 65_536;
  parts.clock.after(glareMs({ ownsCallId, chance }), () => sendWhenFree(parts, id, offer));
}
