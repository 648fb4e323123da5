/**
 * Carries out what the router wants of SIP. Returns at once, never throws; the outcome is an event. An effect on a leg
 * that is gone does nothing: it crossed the end of that leg.
 */
import type { SipEffect } from '../call-router/effect';
import { assertNever } from '../call-router/values/assert';
import { sipStatusOf } from '../call-router/values/cause';
import { callHeader } from './call-header';
import { acceptRefer, notifyRefer, refuseRefer } from './answer-refer';
import { callOfLeg, type LegId, type Sdp } from '../call-router/values/ids';
import { descriptionIn } from './description';
import { endLeg, reasonFor } from './end-leg';
import { focusContact, markFocus } from './focus';
import type { ConfirmedLeg, InvitingLeg, OfferedLeg } from './legs';
import { type OutgoingParts, placeInvite } from './place-invite';
import { answeredSession } from './refresh-session';
import { sendReoffer } from './send-reoffer';
import { allowsUpdate as allowsUpdateIn } from './session-timer';
import { tellToTalk } from './talk-event';
import { capabilitiesTo } from './trunk-headers';

/** 64 × T1 after CANCEL the INVITE is over even without a final response (RFC 3261 section 9.1); a little more. */
const cancelledMaxMs = 40_000;

export function runSipEffect(parts: OutgoingParts, effect: SipEffect): void {
  switch (effect.do) {
    case 'ring':
      return ring(parts, effect.leg);
    case 'progress':
      return progress(parts, effect.leg, effect.sdp);
    case 'answer':
      return answer(parts, effect.leg, effect.sdp);
    case 'invite':
      return placeInvite(parts, effect);
    case 'refuse':
    case 'cancel':
    case 'bye':
      return endLeg({ legs: parts.legs, giveUpOn: (leg) => giveUpOn(parts, leg) }, effect);
    case 'accept-reoffer':
      return acceptReoffer(parts, effect.leg, effect.sdp);
    case 'refuse-reoffer': {
      const leg = withoutReoffer(parts, effect.leg);
      return leg?.link.reply(leg.reoffer, sipStatusOf(effect.cause), { headers: reasonFor(effect.cause) });
    }
    case 'reoffer':
      return sendReoffer(parts, effect.leg, effect.sdp);
    case 'accept-refer':
      return acceptRefer(parts, effect.leg);
    case 'refuse-refer':
      return refuseRefer(parts, effect.leg, effect.cause);
    case 'notify-refer':
      return notifyRefer(parts, effect.leg, effect.status);
    case 'mark-focus':
      return markFocus(parts, effect.leg, effect.conference);
    case 'talk':
      return tellToTalk(parts.legs, effect.leg);
    case 'publish-dialogs':
      return parts.subscriptions.publishDialogs(effect.entity, effect.dialogs);
    case 'publish-messages':
      return parts.messageLamps.publish(effect.users, effect);
    default:
      return assertNever(effect);
  }
}

function ring(parts: OutgoingParts, id: LegId): void {
  const leg = parts.legs.of(id);
  if (leg?.in === 'offered') leg.link.reply(leg.request, 180, { headers: provisional(leg) });
}

function progress(parts: OutgoingParts, id: LegId, sdp: Sdp): void {
  const leg = parts.legs.of(id);
  if (leg?.in === 'offered')
    leg.link.reply(leg.request, 183, { headers: { ...describes, ...provisional(leg) }, body: sdp });
}

function answer(parts: OutgoingParts, id: LegId, sdp: Sdp): void {
  const leg = parts.legs.of(id);
  if (leg?.in !== 'offered') return;
  const { link, dialog, far, name, request } = leg;
  const theirs = descriptionIn(request);
  const described = theirs === undefined || theirs === 'unreadable' ? {} : { theirs };
  const allowsUpdate = allowsUpdateIn(request);
  const focus = leg.focus === undefined ? {} : { focus: leg.focus };
  const of = { id, link, dialog, far, name, ...focus, ours: sdp, ...described, allowsUpdate, ownsCallId: false };
  const confirmed: ConfirmedLeg = { in: 'confirmed', ...of, awaitsAck: true };
  parts.legs.put(confirmed);
  const session = answeredSession(parts, id, request);
  link.reply(request, 200, {
    headers: {
      ...{ ...describes, ...capabilitiesTo(far), ...ourTag(leg), ...session },
      ...{ ...focusContact(leg), ...callHeader(far, id) },
    },
    body: sdp,
    // A CANCEL was answered by the engine while our 200 was on its way to it.
    failed: () => {
      if (parts.legs.drop(confirmed))
        parts.post({ from: 'sip', type: 'leg-cancelled', at: parts.clock.now(), call: callOfLeg(id), leg: id });
    },
  });
}

/** The engines take our tag from the first response, and keep it. */
const ourTag = (leg: OfferedLeg) => ({ To: `;tag=${leg.name.localTag}` });

/** Repeated until its PRACK comes where the caller requires that; the engine does it (RFC 3262 section 3). */
const provisional = (leg: OfferedLeg) => ({
  ...{ ...ourTag(leg), ...callHeader(leg.far, leg.id) },
  ...(leg.isReliable ? { Require: '100rel' } : {}),
});

const describes = { 'Content-Type': 'application/sdp' };

function acceptReoffer(parts: OutgoingParts, id: LegId, sdp: Sdp): void {
  const leg = withoutReoffer(parts, id);
  if (leg === undefined) return;
  const now = parts.legs.of(id);
  if (now?.in === 'confirmed') parts.legs.put({ ...now, ours: sdp });
  const session = answeredSession(parts, id, leg.reoffer);
  leg.link.reply(leg.reoffer, 200, {
    headers: { ...describes, ...capabilitiesTo(leg.far), ...session, ...focusContact(leg) },
    body: sdp,
  });
}

/** Takes their open offer off the leg, to be answered. Undefined: there is none any more. */
function withoutReoffer(parts: OutgoingParts, id: LegId) {
  const leg = parts.legs.of(id);
  if (leg?.in !== 'confirmed' || leg.reoffer === undefined) return undefined;
  const { reoffer, ...rest } = leg;
  parts.legs.put(rest);
  return { link: leg.link, far: leg.far, focus: leg.focus, reoffer };
}

function giveUpOn(parts: OutgoingParts, { id, dialog }: InvitingLeg): () => void {
  return parts.clock.after(cancelledMaxMs, () => {
    const leg = parts.legs.of(id);
    if (leg?.in !== 'inviting' || leg.dialog !== dialog || !parts.legs.drop(leg)) return;
    parts.post({
      from: 'sip',
      type: 'leg-refused',
      at: parts.clock.now(),
      call: callOfLeg(id),
      leg: id,
      status: 408,
    });
  });
}
