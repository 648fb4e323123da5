/**
 * The focus of a conference (RFC 4579 section 5.2): our Contact on the leg of a phone of ours names the conference and says
 * `isfocus`, so that its keys bring further calls here. The name is a URI that an INVITE or a REFER may come to.
 */
import { type CallId, callIdOf, type LegId } from '../call-router/values/ids';
import type { Headers } from './header-values';
import type { Legs, SipLeg } from './legs';

const prefix = 'conf-';

/** The conference that a user part names; whether it lives, the router knows. */
export function conferenceIn(user: string): CallId | undefined {
  const id = user.startsWith(prefix) ? user.slice(prefix.length) : '';
  return /^[0-9a-f]{32}$/.test(id) ? callIdOf(id) : undefined;
}

/** Contact of a leg that is in a conference; nothing for any other: the engine writes its own. */
export function focusContact({ focus }: { readonly focus?: CallId | undefined }): Headers {
  return focus === undefined ? {} : { Contact: `<sip:${prefix}${focus}@localhost>;isfocus` };
}

export function markFocus(parts: { readonly legs: Legs }, id: LegId, conference: CallId | undefined): void {
  const leg = parts.legs.of(id);
  // A provider knows us by the Contact it was told at the registration.
  if (leg === undefined || leg.in === 'inviting' || leg.far === 'provider' || leg.focus === conference) return;
  const { focus: _, ...rest } = leg;
  const marked: SipLeg = conference === undefined ? rest : { ...rest, focus: conference };
  parts.legs.put(marked);
  if (marked.in !== 'confirmed' || !marked.allowsUpdate || marked.awaitsAck) return;
  const headers = conference === undefined ? { Contact: '<sip:trunkline@localhost>' } : focusContact(marked);
  const request = { method: 'UPDATE', uri: '', dialog: marked.dialog, headers };
  // Refused or not, the call goes on; the next message of ours in it says the same.
  marked.link.send(request, { response: () => undefined, failed: () => undefined });
}
