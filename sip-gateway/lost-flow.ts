/**
 * A connection has closed: nobody is reached over it any more. Its contacts go at once, a caller on it is given up, and the
 * router is told of each talk, which goes on as long as its audio does (RFC 5626 section 4.4), and of each phone that rang there,
 * which may ring again on its next connection. Or a whole engine is lost.
 */
import type { SipEvent } from '../call-router/event';
import { callOfLeg } from '../call-router/values/ids';
import type { Bindings } from './bindings';
import type { GatewayClock } from './clock';
import { type FlowEnd, flowName } from './leg-flows';
import type { InvitingLeg, Legs, OfferedLeg } from './legs';
import type { SipLink } from './srf-link';
import { randomHex } from './random';

export interface LostFlowParts {
  readonly bindings: Bindings;
  readonly legs: Legs;
  readonly clock: GatewayClock;
  readonly post: (event: SipEvent) => void;
}

export function flowLost(parts: LostFlowParts, end: FlowEnd): void {
  const { bindings, legs, clock, post } = parts;
  const flow = flowName(end);
  if (flow === undefined) return;
  for (const { id, source } of bindings.fromSource(end.address, end.port))
    if (flowName(source) === flow) bindings.drop(id);
  for (const id of legs.flows.on(end)) {
    const leg = legs.of(id);
    if (leg?.in === 'confirmed')
      post({ from: 'sip', at: clock.now(), call: callOfLeg(id), leg: id, type: 'flow-lost', token: randomHex(16) });
    else if (leg !== undefined) giveUp(parts, leg);
  }
}

/**
 * A browser registered over another connection before its old one is known to be dead: its talks come along. What was not answered yet
 * does not, for an answer goes back where its INVITE came from (RFC 7118 section 5), and the page has forgotten it.
 */
export function flowReplaced(parts: LostFlowParts, contact: string, end: FlowEnd): void {
  for (const id of parts.legs.flows.moved(contact, end)) {
    const leg = parts.legs.of(id);
    if (leg !== undefined && leg.in !== 'confirmed') giveUp(parts, leg);
  }
}

function giveUp({ legs, clock, post }: LostFlowParts, leg: OfferedLeg | InvitingLeg): void {
  if (!legs.drop(leg)) return;
  post({ from: 'sip', at: clock.now(), call: callOfLeg(leg.id), leg: leg.id, ...givenUp(leg) });
}

/** No answer would find the way back; what answers on another connection is late, and ended. */
function givenUp(leg: OfferedLeg | InvitingLeg) {
  if (leg.in === 'offered') {
    leg.link.reply(leg.request, 487);
    return { type: 'leg-cancelled' } as const;
  }
  leg.stopWaiting?.();
  leg.sent?.cancel({});
  return { type: 'flow-lost', token: randomHex(16) } as const;
}

/** The engine is gone. Its transactions have failed by themselves; dialogs and unanswered INVITEs of callers are lost with it. */
export function linkLost({ legs, clock, post }: LostFlowParts, link: SipLink): void {
  for (const leg of legs.onLink(link)) {
    if (leg.in === 'inviting' || !legs.drop(leg)) continue;
    const happened = { from: 'sip', at: clock.now(), call: callOfLeg(leg.id), leg: leg.id } as const;
    if (leg.in === 'offered') post({ ...happened, type: 'leg-cancelled' });
    else post({ ...happened, type: 'leg-hung-up', why: 'no-ack' });
  }
}
