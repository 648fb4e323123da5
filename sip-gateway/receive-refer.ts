/**
 * REFER in the dialog of a leg (RFC 3515): a phone of ours or an office PBX asks that its far end talk to somebody else.
 * What is read here becomes an event; the router's effects answer it (answer-refer.ts). A provider may move nobody.
 */
import { callOfLeg, type LegId } from '../call-router/values/ids';
import { withoutRefer } from './answer-refer';
import { conferenceIn } from './focus';
import type { ConfirmedLeg, Legs, SipLeg } from './legs';
import type { InDialogParts } from './receive-in-dialog';
import { unsupportedIn } from './option-tags';
import { parseReferTo } from './refer-to';
import type { ReplacedDialog } from './replaces';
import type { ReceivedRequest } from './srf-link';
import { headerOf } from './srf-message';

/** The router answers at once; if it does not, the phone must still hear an end. */
const answerWithinMs = 5_000;

export function receiveRefer(parts: InDialogParts, leg: SipLeg, request: ReceivedRequest): void {
  const { link } = leg;
  if (leg.far === 'provider') return link.reply(request, 403);
  if (leg.in !== 'confirmed') return link.reply(request, 491); // its own INVITE is still open
  if (leg.byeWaiting !== undefined) return link.reply(request, 481);
  // Whatever becomes of it, the next one is not the first in this dialog.
  parts.legs.put({ ...leg, hasReferred: true });
  if (leg.refer !== undefined) return link.reply(request, 491);
  // That no subscription is wanted, we can honour (RFC 4488).
  const unsupported = unsupportedIn(headerOf(request, 'require'), ['norefersub']);
  if (unsupported !== '') return link.reply(request, 420, { headers: { Unsupported: unsupported } });
  const target = parseReferTo(referToOf(request));
  if (typeof target === 'number') return link.reply(request, target);
  const replaces = target.replaces === undefined ? undefined : replacedLeg(parts.legs, leg, target.replaces);
  if (typeof replaces === 'number') return link.reply(request, replaces);
  holdRefer(parts, leg, request);
  const conference = conferenceIn(target.user);
  parts.post({
    from: 'sip',
    type: 'refer-received',
    at: parts.clock.now(),
    call: callOfLeg(leg.id),
    leg: leg.id,
    target: target.user,
    ...(conference === undefined ? {} : { conference }),
    ...(replaces === undefined ? {} : { replaces }),
  });
}

/** srf leaves the compact form as it came. */
function referToOf(request: ReceivedRequest): string {
  const written = [headerOf(request, 'refer-to'), headerOf(request, 'r')];
  return written.filter((value) => value !== undefined).join(',');
}

function holdRefer(parts: InDialogParts, leg: ConfirmedLeg, request: ReceivedRequest): void {
  const { clock, legs } = parts;
  const seq = Number.parseInt(headerOf(request, 'cseq') ?? '', 10);
  const stopWaiting = clock.after(answerWithinMs, () => {
    const now = legs.of(leg.id);
    if (now?.in !== 'confirmed' || now.refer?.in !== 'asked' || now.refer.request !== request) return;
    legs.put(withoutRefer(now));
    leg.link.reply(request, 500);
  });
  // RFC 3515 section 2.4.6: the second and later ones of a dialog are told apart by their CSeq.
  const event = leg.hasReferred === true ? `refer;id=${seq}` : 'refer';
  legs.put({ ...leg, hasReferred: true, refer: { in: 'asked', request, event, stopWaiting } });
}

/** Our leg of the dialog it names, or the status that refuses it (RFC 3891 section 3). */
function replacedLeg(legs: Legs, asking: ConfirmedLeg, { name, earlyOnly }: ReplacedDialog): LegId | number {
  const leg = legs.named(name);
  if (leg === undefined || leg.in === 'inviting' || leg.id === asking.id || leg.far === 'provider') return 481;
  if (leg.in === 'confirmed') return earlyOnly ? 486 : leg.byeWaiting === undefined ? leg.id : 481;
  return leg.id;
}
