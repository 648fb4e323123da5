/**
 * 302 from a phone (RFC 3261 section 21.3.3): its owner has set a forwarding in the phone itself. Followed as the same
 * forwarding set with us would be: as a call of that person, under their rules and limits, with the same guard against
 * circles. Among several who ring together it is a no: nobody's forwarding takes the call from the others.
 */
import type { SipEvent } from '../event';
import type { PbxView } from '../state/view';
import { type Decision, both, ignore, isBeingCalled, withLegs } from './decision';
import { forwardedTo, isLoop, passedOn } from './forwarding';
import { forwardingAlarm, withAlarm } from './guard-alarm';
import { endedLeg } from './hang-up';
import { leadOn } from './lead-on';
import { branchFailed } from './no-answer';
import { waitingLegOf } from './onward';
import { withoutBranches } from './transfer';

export function legRedirected(pbx: PbxView, event: Extract<SipEvent, { readonly type: 'leg-redirected' }>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // It crossed our CANCEL, or is a late word after its 200, which stands.
  if (call === undefined || leg === undefined || !isBeingCalled(leg) || leg.state.in === 'screening') return ignore;
  const { at } = event;
  const { user } = leg.far;
  const waits = waitingLegOf(call);
  const isTheirs = user !== undefined && call.path?.called === user && !isLoop(call, user);
  const destination = isTheirs
    ? event.contacts
        .map((target) => forwardedTo(pbx, { user, target, at }))
        .find((one) => one !== undefined && one.kind !== 'forbidden' && one.kind !== 'no-trunk')
    : undefined;
  if (user === undefined || destination === undefined || waits === undefined) {
    const refused = branchFailed(pbx, call, { leg: { ...leg, sipStatus: 302 }, cause: 'rejected', at });
    const [target] = event.contacts;
    const isGuarded = isTheirs && destination === undefined && target !== undefined;
    return withAlarm(refused, isGuarded ? forwardingAlarm(pbx, { call, user, target, at }) : undefined);
  }
  const gone = withLegs(passedOn(call, user), endedLeg({ ...leg, sipStatus: 302 }, 'transferred', at));
  const quiet = withoutBranches(gone, 'transferred', at);
  const close = { to: 'media', do: 'close-leg', leg: leg.id } as const;
  return both([close, ...quiet.effects], leadOn(pbx, quiet.call, { leg: waits, destination, at }));
}
