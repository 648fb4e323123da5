/**
 * Requests inside a dialog of a leg: ACK, BYE, re-INVITE, UPDATE and the ones that are only answered
 * (RFC 3261 sections 12.2.2, 14 and 15; RFC 3311 for UPDATE). Also the BYE an engine sends by itself when an ACK or a
 * session refresh stays away: it reports that one, we only note it.
 */
import { callOfLeg, type Sdp } from '../call-router/values/ids';
import { abandonRefer } from './answer-refer';
import { descriptionIn } from './description';
import { sendBye } from './end-leg';
import type { ConfirmedLeg, SipLeg } from './legs';
import { supportedTowards, unsupportedIn } from './option-tags';
import { answeredSession, type SessionParts } from './refresh-session';
import { receiveInfo } from './receive-info';
import { receiveRefer } from './receive-refer';
import type { ReceivedRequest, SipLink } from './srf-link';
import { sessionAnswer, sessionMinS } from './session-timer';
import { endOf, headerOf } from './srf-message';
import { capabilitiesTo } from './trunk-headers';

export type InDialogParts = SessionParts;

export function receiveInDialog(parts: InDialogParts, request: ReceivedRequest, link: SipLink): void {
  const leg = parts.legs.inDialog(request.stackDialogId);
  if (leg === undefined) {
    // Late: we have hung up already.
    if (request.method !== 'ACK' && request.source === 'network') link.reply(request, 481);
    return;
  }
  if (request.source === 'network') parts.legs.flows.heardFrom(leg.id, endOf(request));
  switch (request.method) {
    case 'ACK':
      return acknowledged(parts, leg, request);
    case 'BYE':
      return hungUp(parts, leg, request);
    case 'INVITE':
    case 'UPDATE':
      return reoffered(parts, leg, request);
    case 'INFO':
      return receiveInfo(parts, leg, request);
    case 'OPTIONS':
      return link.reply(request, 200, { headers: { ...capabilitiesTo(leg.far), Accept: 'application/sdp' } });
    case 'REFER':
      return receiveRefer(parts, leg, request);
    case 'PRACK': // the engine has seen to it that it names our provisional response
      // It may carry an offer (RFC 3262 section 5): later ones come by UPDATE or re-INVITE.
      return link.reply(request, descriptionIn(request) === undefined ? 200 : 488);
    case 'NOTIFY':
    case 'MESSAGE':
    case 'SUBSCRIBE':
    case 'PUBLISH':
      return link.reply(request, 405, { headers: capabilitiesTo(leg.far) });
    default:
      return link.reply(request, 501);
  }
}

function acknowledged(parts: InDialogParts, leg: SipLeg, request: ReceivedRequest): void {
  if (leg.in !== 'confirmed') return;
  if (leg.byeWaiting !== undefined) {
    parts.legs.drop(leg);
    sendBye(leg, leg.byeWaiting);
    return;
  }
  const body = descriptionIn(request);
  const sdp = body === 'unreadable' ? undefined : body;
  if (leg.awaitsAck || sdp !== undefined)
    parts.legs.put({ ...leg, awaitsAck: false, ...(sdp === undefined ? {} : { theirs: sdp }) });
  parts.post({ ...onLeg(parts, leg), type: 'ack-received', ...(sdp === undefined ? {} : { sdp }) });
}

function hungUp(parts: InDialogParts, leg: SipLeg, request: ReceivedRequest): void {
  if (request.source === 'network') leg.link.reply(request, 200);
  if (leg.in === 'inviting') return; // a callee cannot end an early dialog (section 15): our INVITE decides
  parts.legs.drop(leg);
  if (leg.in === 'offered') {
    leg.link.reply(leg.request, 487);
    parts.post({ ...onLeg(parts, leg), type: 'leg-cancelled' });
    return;
  }
  if (leg.reoffer !== undefined) leg.link.reply(leg.reoffer, 487);
  abandonRefer(leg);
  if (leg.byeWaiting === undefined)
    parts.post({ ...onLeg(parts, leg), type: 'leg-hung-up', why: reasonOfEnd(request) });
}

/** The Reason of a BYE that the engine sent by itself; from the far end it is a hang-up whatever it says. */
function reasonOfEnd(request: ReceivedRequest): 'bye' | 'no-ack' | 'session-expired' {
  if (request.source === 'network') return 'bye';
  const reason = headerOf(request, 'reason') ?? '';
  if (/session/i.test(reason)) return 'session-expired';
  return /ack timeout/i.test(reason) ? 'no-ack' : 'bye';
}

function reoffered(parts: InDialogParts, leg: SipLeg, request: ReceivedRequest): void {
  const { link } = leg;
  const unsupported = unsupportedIn(headerOf(request, 'require'), supportedTowards(leg.far));
  if (unsupported !== '') return link.reply(request, 420, { headers: { Unsupported: unsupported } });
  const offer = descriptionIn(request);
  if (offer === 'unreadable') return link.reply(request, 415, { headers: { Accept: 'application/sdp' } });
  if (leg.in !== 'confirmed') return earlyUpdate(leg, request, offer);
  if (sessionAnswer(request, leg.session?.terms).kind === 'too-small')
    return link.reply(request, 422, { headers: { 'Min-SE': String(sessionMinS) } });
  // An UPDATE without a description only refreshes the dialog and its session.
  if (offer === undefined && request.method === 'UPDATE')
    return link.reply(request, 200, {
      headers: { ...capabilitiesTo(leg.far), ...answeredSession(parts, leg.id, request) },
    });
  // One offer at a time (RFC 3261 section 14.2, RFC 3311 section 5.2).
  if (leg.reoffer !== undefined) return link.reply(request, 500, retryLater);
  if (leg.session?.isOffering === true || parts.legs.reoffers.get(leg.id)?.isSent === true)
    return link.reply(request, 491);
  holdReoffer(parts, leg, request, offer);
}

/** Before the answer (RFC 3311 section 5.2): our offer is open, or theirs is; nothing is offered beside it. */
function earlyUpdate(leg: SipLeg, request: ReceivedRequest, offer: Sdp | undefined): void {
  if (offer === undefined && request.method === 'UPDATE') return leg.link.reply(request, 200);
  if (leg.in === 'inviting') return leg.link.reply(request, 491);
  leg.link.reply(request, 500, retryLater);
}

const retryLater = { headers: { 'Retry-After': '5' } };

function holdReoffer(parts: InDialogParts, leg: ConfirmedLeg, request: ReceivedRequest, offer: Sdp | undefined): void {
  parts.legs.put({ ...leg, reoffer: request, ...(offer === undefined ? {} : { theirs: offer }) });
  request.on('cancel', () => {
    const now = parts.legs.of(leg.id);
    if (now?.in !== 'confirmed' || now.reoffer !== request) return;
    const { reoffer: _, ...rest } = now;
    parts.legs.put(rest);
  });
  parts.post({ ...onLeg(parts, leg), type: 'reoffer-received', ...(offer === undefined ? {} : { offer }) });
}

const onLeg = (parts: InDialogParts, leg: SipLeg) => ({
  from: 'sip' as const,
  at: parts.clock.now(),
  call: callOfLeg(leg.id),
  leg: leg.id,
});
