/** An operator or a program ends a call, or takes back the ringing of one phone while others ring on. */
import type { CommandEvent } from '../command';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EpochMs } from '../values/ids';
import { cancelBranch } from './cancel-branch';
import { joinFailed } from './conference-joining';
import { isConferring } from './conference-mix';
import { partyLeft } from './consult';
import { type Decision, decided, ignore, isBeingCalled, isConnected, withLegs, both } from './decision';
import { endCall, endedLeg } from './hang-up';
import { branchFailed } from './no-answer';
import { offerTakenBack } from './offer';
import { isOfficeSide } from './office-side';
import { isQueued } from './queue-wait';
import { isConsulting, isTransferring } from './transfer';

export function hangUpAsked(pbx: PbxView, event: Extract<CommandEvent, { type: 'hang-up-asked' }>): Decision {
  const call = pbx.calls.get(event.call);
  // It ended while the command was on its way; server/call-commands.ts answers 409 from the same view.
  if (call === undefined || call.state.in === 'ended') return ignore;
  const leg = event.leg === undefined ? undefined : call.legs.get(event.leg);
  // In a transfer one may leave and the others go on, as if their phone had hung up.
  const left = leg !== undefined && isConnected(leg) ? partyLeft(pbx, call, { leg, at: event.at }) : undefined;
  if (left !== undefined && leg !== undefined) {
    return both([{ to: 'sip', do: 'bye', leg: leg.id, cause: 'ended-by-command' }], left);
  }
  if (leg !== undefined && isConferring(call) && isBeingCalled(leg))
    return both(
      cancelBranch(leg, 'ended-by-command'),
      joinFailed(pbx, call, { leg, cause: 'ended-by-command', at: event.at }),
    );
  if (leg !== undefined && isQueued(call) && isBeingCalled(leg))
    return offerTakenBack(pbx, call, { leg, at: event.at });
  const others = [...call.legs.values()].filter((other) => other.id !== leg?.id && isBeingCalled(other));
  if (leg !== undefined && isBeingCalled(leg) && others.length === 0 && isCallee(pbx, call, leg))
    return declined(pbx, call, { leg, at: event.at });
  if (leg === undefined || !isBeingCalled(leg) || others.length === 0)
    return endCall(pbx, { call, at: event.at, cause: 'ended-by-command' });
  return decided(withLegs(call, endedLeg(leg, 'ended-by-command', event.at)), cancelBranch(leg, 'ended-by-command'));
}

/** A phone of the office, or whoever a call is being passed on to; of a call out the leg is the call. */
const isCallee = (pbx: PbxView, call: Call, leg: Leg): boolean =>
  isConsulting(call) || isTransferring(call) || (call.state.in === 'ringing' && isOfficeSide(pbx, leg));

/** The last one that rings: as if it had been rejected there, and what comes next comes. */
function declined(pbx: PbxView, call: Call, { leg, at }: { readonly leg: Leg; readonly at: EpochMs }): Decision {
  const told = cancelBranch(leg, 'ended-by-command').filter(({ do: what }) => what !== 'close-leg');
  return both(told, branchFailed(pbx, call, { leg, cause: 'rejected', at }));
}
