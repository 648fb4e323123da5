/**
 * How a person can be reached now, as their colleagues see it: by which phones, and what they are doing. Worked out from
 * bindings, calls, what they have set and whether their page is awake; nothing is kept.
 *
 *   on a call:   ringing | talking
 *   no phone:    away (their page sleeps) | off
 *   else:        paused | do-not-disturb | wrap-up | free
 */
import type { Way } from '../state/person';
import type { PbxView } from '../state/view';
import type { EpochMs, UserId } from '../values/ids';
import { legsOfPerson } from './agent-status';
import { isBeingCalled, isEnded } from './decision';
import { waysOf } from './rings-on';

/** `away`: the browser is asleep; `off`: no phone of theirs can be reached. */
export type PresenceState = 'free' | 'ringing' | 'talking' | 'wrap-up' | 'paused' | 'do-not-disturb' | 'away' | 'off';

export interface PersonSeen {
  readonly user: UserId;
  readonly at: EpochMs;
  /** Their pages: none is open, one at least answers, or all of them sleep. */
  readonly pages: 'none' | 'awake' | 'asleep';
}

export interface Reachable {
  readonly state: PresenceState;
  /** Phones that can be rung now. */
  readonly ways: readonly Way[];
}

export function presenceOf(pbx: PbxView, person: PersonSeen): Reachable {
  const all = waysOf(pbx, person.user);
  // A sleeping page may still be registered; whoever calls it hears nobody.
  const ways = person.pages === 'asleep' ? all.filter((way) => way !== 'headset') : all;
  return { state: onCall(pbx, person.user) ?? withoutCall(pbx, ways, person), ways };
}

/** Who rings at their phone is not talked to yet; whoever dials is busy from the first digit. */
function onCall(pbx: PbxView, user: UserId): 'ringing' | 'talking' | undefined {
  if (pbx.callsOfUser(user).length === 0) return undefined;
  const legs = legsOfPerson(pbx, user).filter((leg) => !isEnded(leg));
  return legs.length > 0 && legs.every(isBeingCalled) ? 'ringing' : 'talking';
}

function withoutCall(pbx: PbxView, ways: readonly Way[], { user, at, pages }: PersonSeen): PresenceState {
  if (ways.length === 0) return pages === 'asleep' ? 'away' : 'off';
  const person = pbx.person(user);
  if (person.agentOf.length > 0 && person.pause !== undefined) return 'paused';
  if (person.doNotDisturb) return 'do-not-disturb';
  return (pbx.agentWork(user)?.wrapUpUntil ?? 0) > at ? 'wrap-up' : 'free';
}
