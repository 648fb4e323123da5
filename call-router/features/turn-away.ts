/**
 * A call that reaches nobody: refused with its cause, written down, and its caller is still a client. Who may not call a
 * number, or has called enough, hears why before the call ends.
 */
import type { PbxEffect } from '../effect';
import type { Call } from '../state/call';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { announceAndEnd } from './attend';
import { saveCall } from './call-record';
import { callerLegOf, type Decision, both } from './decision';
import type { Destination } from './dial-plan';
import { promptOfRefusal } from './fraud-guard';
import { refusalAlarm, whyRefused, withAlarm } from './guard-alarm';
import { endCall } from './hang-up';
import { isOfficeSide } from './office-side';
import { type InviteReceived, openCallerLeg } from './ring';

interface TurnedAway {
  readonly event: InviteReceived;
  readonly destination: Destination;
  readonly cause: EndCause;
  readonly lookUp: readonly PbxEffect[];
}

export function turnAway(pbx: PbxView, call: Call, { event, destination, cause, lookUp }: TurnedAway): Decision {
  const spoken = whyRefused(destination);
  const caller = callerLegOf(call);
  if (spoken !== undefined && caller !== undefined && isOfficeSide(pbx, caller)) {
    const first = [...lookUp, openCallerLeg(pbx, call, event), ...(lookUp.length > 0 ? [] : saveCall(call, event.at))];
    const prompts = [{ say: promptOfRefusal(spoken) }];
    const told = both(first, announceAndEnd(pbx, call, { leg: caller.id, prompts, cause, at: event.at }));
    return withAlarm(told, refusalAlarm(pbx, { why: spoken, call: call.id, user: call.callerUser, at: event.at }));
  }
  const legs = new Map([...call.legs].map(([id, leg]) => [id, { ...leg, media: 'closed' as const }]));
  const retry = cause === 'overloaded' ? { retryAfterS: pbx.limits.retryAfterS } : {};
  return both(lookUp, endCall(pbx, { call: { ...call, legs }, at: call.startedAt, cause, ...retry }));
}
