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
import { callerLegOf, type Decision, both, ignore } from './decision';
import type { Destination } from './dial-plan';
import { limitReached, type Refusal } from './fraud-guard';
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
  const spoken = destination.kind === 'forbidden' && destination.why !== undefined ? destination.why : undefined;
  const caller = callerLegOf(call);
  if (spoken !== undefined && caller !== undefined && isOfficeSide(pbx, caller)) {
    const first = [...lookUp, openCallerLeg(pbx, call, event), ...(lookUp.length > 0 ? [] : saveCall(call, event.at))];
    const prompts = [{ say: spoken === 'number' ? 'not-allowed' : 'limit-reached' }];
    const told = both(first, announceAndEnd(pbx, call, { leg: caller.id, prompts, cause, at: event.at }));
    return withAlarm(told, alarmOf(pbx, call, spoken));
  }
  const legs = new Map([...call.legs].map(([id, leg]) => [id, { ...leg, media: 'closed' as const }]));
  const retry = cause === 'overloaded' ? { retryAfterS: pbx.limits.retryAfterS } : {};
  return both(lookUp, endCall(pbx, { call: { ...call, legs }, at: call.startedAt, cause, ...retry }));
}

function alarmOf(pbx: PbxView, call: Call, why: Refusal): Decision {
  if (why === 'at-once') return ignore;
  const { callerUser: user, startedAt: at, id } = call;
  if (why === 'limit' && user !== undefined) return limitReached(pbx, { user, at });
  const kind = why === 'limit' ? 'fraud-limit' : 'forbidden-number';
  const who = user === undefined ? {} : { user };
  return { changes: [], effects: [{ to: 'store', do: 'raise-alarm', kind, at, call: id, ...who }] };
}

const withAlarm = (told: Decision, alarm: Decision): Decision => ({
  changes: [...told.changes, ...alarm.changes],
  effects: [...told.effects, ...alarm.effects],
});
