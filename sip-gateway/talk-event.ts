/**
 * `Event: talk`: a phone that rings is told to answer (BroadSoft's remote control event package, which no RFC describes; phones
 * of Yealink, Grandstream, Polycom and Snom take it). It is a NOTIFY in the early dialog of our INVITE, to a phone that has
 * said in the Allow-Events of its 180 (RFC 6665 section 8.2.2) that it takes it.
 */
import type { LegId } from '../call-router/values/ids';
import type { Legs } from './legs';
import { headerOf } from './srf-message';

/** What a provisional response of the phone says of itself. */
export function allowsTalk(message: { readonly headers: Readonly<Record<string, string>> }): boolean {
  const packages = headerOf(message, 'allow-events') ?? '';
  return packages.split(',').some((name) => name.trim().toLowerCase() === 'talk');
}

/** The answer is its 200 to our INVITE; what it says to the NOTIFY changes nothing. */
export function tellToTalk(legs: Legs, id: LegId): void {
  const leg = legs.of(id);
  // Answered or ended meanwhile.
  if (leg?.in !== 'inviting' || leg.cancelledWith !== undefined || leg.name.remoteTag === '') return;
  const headers = { Event: 'talk', 'Subscription-State': 'active' };
  leg.link.send({ method: 'NOTIFY', uri: '', dialog: leg.dialog, headers }, { response: () => {}, failed: () => {} });
}
