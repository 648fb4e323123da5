/**
 * Answers a REFER as the router says, and tells the phone by NOTIFY how the transfer goes (RFC 3515 section 2.4): each
 * carries the status line of the moment (RFC 3420). Nothing is sent to a phone that asked for silence (RFC 4488), has
 * answered that it knows of no subscription, or has hung up. Each NOTIFY goes out at once, since a BYE may follow it.
 */
import { type EndCause, sipStatusOf } from '../call-router/values/cause';
import type { LegId } from '../call-router/values/ids';
import type { GatewayClock } from './clock';
import type { AcceptedRefer, ConfirmedLeg, Legs } from './legs';
import { headerOf } from './srf-message';

export interface ReferParts {
  readonly legs: Legs;
  readonly clock: GatewayClock;
}

/** How long the phone is kept informed; a transfer that rings longer ends without a word for it. */
const subscribedS = 60;

export function acceptRefer(parts: ReferParts, id: LegId): void {
  const leg = parts.legs.confirmed(id);
  if (leg?.refer?.in !== 'asked') return;
  const { request, event, stopWaiting } = leg.refer;
  stopWaiting();
  const isSilent = /^\s*false\b/i.test(headerOf(request, 'refer-sub') ?? '');
  const refer: AcceptedRefer = {
    in: 'accepted',
    event,
    isTold: !isSilent,
    status: 100,
    until: parts.clock.now() + subscribedS * 1000,
    stopWaiting: parts.clock.after(subscribedS * 1000, () => timedOut(parts, id, event)),
  };
  parts.legs.put({ ...leg, refer });
  leg.link.reply(request, 202, { headers: isSilent ? { 'Refer-Sub': 'false' } : {} });
  tell(parts, leg, { refer, state: activeFor(subscribedS) });
}

export function refuseRefer(parts: ReferParts, id: LegId, cause: EndCause): void {
  const leg = parts.legs.confirmed(id);
  if (leg?.refer?.in !== 'asked') return;
  leg.refer.stopWaiting();
  parts.legs.put(withoutRefer(leg));
  leg.link.reply(leg.refer.request, sipStatusOf(cause));
}

export function notifyRefer(parts: ReferParts, id: LegId, status: number): void {
  const leg = parts.legs.confirmed(id);
  if (leg?.refer?.in !== 'accepted') return;
  const refer = { ...leg.refer, status };
  if (status < 200) {
    parts.legs.put({ ...leg, refer });
    const leftS = Math.max(1, Math.ceil((refer.until - parts.clock.now()) / 1000));
    return tell(parts, leg, { refer, state: activeFor(leftS) });
  }
  refer.stopWaiting();
  parts.legs.put(withoutRefer(leg));
  tell(parts, leg, { refer, state: 'terminated;reason=noresource' });
}

/** The leg ends: a REFER that nobody has answered yet is (RFC 3261 section 15.1.2). */
export function abandonRefer({ refer, link }: ConfirmedLeg): void {
  refer?.stopWaiting();
  if (refer?.in === 'asked') link.reply(refer.request, 487);
}

export function withoutRefer(leg: ConfirmedLeg): ConfirmedLeg {
  const { refer: _, ...rest } = leg;
  return rest;
}

/** RFC 6665 section 4.2.2: the last word of a subscription whose time is up. */
function timedOut(parts: ReferParts, id: LegId, event: string): void {
  const leg = parts.legs.confirmed(id);
  if (leg?.refer?.in !== 'accepted' || leg.refer.event !== event) return;
  parts.legs.put(withoutRefer(leg));
  tell(parts, leg, { refer: leg.refer, state: 'terminated;reason=timeout' });
}

const activeFor = (seconds: number): string => `active;expires=${seconds}`;

function tell(
  parts: ReferParts,
  leg: ConfirmedLeg,
  { refer, state }: { readonly refer: AcceptedRefer; readonly state: string },
): void {
  if (!refer.isTold) return;
  const headers = {
    Event: refer.event,
    'Subscription-State': state,
    'Content-Type': 'message/sipfrag;version=2.0',
  };
  const body = `SIP/2.0 ${refer.status} ${phraseOf(refer.status)}\r\n`;
  leg.link.send(
    { method: 'NOTIFY', uri: '', dialog: leg.dialog, headers, body },
    {
      response: ({ status }) => {
        if (endsTelling(status)) stopTelling(parts, leg.id, refer.event);
      },
      failed: () => stopTelling(parts, leg.id, refer.event),
    },
  );
}

/** 408, 481 and their like say that nobody listens (RFC 5057 section 5.1); a 5xx is about that one request. */
const endsTelling = (status: number): boolean => (status >= 400 && status < 500) || status === 501 || status >= 600;

function stopTelling(parts: ReferParts, id: LegId, event: string): void {
  const leg = parts.legs.confirmed(id);
  if (leg?.refer?.in !== 'accepted' || leg.refer.event !== event) return;
  parts.legs.put({ ...leg, refer: { ...leg.refer, isTold: false } });
}

/** What a phone may show; the number is what counts (RFC 3261 section 7.2). */
function phraseOf(status: number): string {
  const known: Readonly<Record<number, string>> = {
    100: 'Trying',
    180: 'Ringing',
    183: 'Session Progress',
    200: 'OK',
    403: 'Forbidden',
    404: 'Not Found',
    408: 'Request Timeout',
    480: 'Temporarily Unavailable',
    481: 'Call/Transaction Does Not Exist',
    486: 'Busy Here',
    487: 'Request Terminated',
    488: 'Not Acceptable Here',
    500: 'Server Internal Error',
    503: 'Service Unavailable',
    603: 'Decline',
  };
  return known[status] ?? (status < 200 ? 'Progress' : status < 300 ? 'Accepted' : 'Failed');
}
