/**
 * Hold and resume by button or program: the far end hears music and the two are apart until it is resumed. No offer goes
 * out (RFC 3264 section 8.4 asks for none between us and a phone that did not ask): the phone of who holds stays as it is.
 */
import type { CommandEvent } from '../command';
import type { Call, Leg, LegState } from '../state/call';
import type { PbxView } from '../state/view';
import type { EpochMs, LegId } from '../values/ids';
import { memberTurned } from './conference-members';
import { type Conferring, isConferring } from './conference-mix';
import { type Decision, decided, ignore, inState, isConnected, otherLegOf, withLegs } from './decision';
import { music } from './heard-in-call';
import { recordLegs } from './recording-rule';
import { talkAgain } from './transfer';

type Asked = Extract<CommandEvent, { readonly type: 'hold-asked' | 'resume-asked' }>;

export function holdAsked(pbx: PbxView, event: Asked): Decision {
  const member = memberOf(pbx, event.leg);
  const held = { in: 'held', since: event.at, byCommand: true } as const;
  if (member !== undefined)
    return member.leg.state.in === 'answered' ? memberTurned(pbx, member.call, { leg: member.leg, to: held }) : ignore;
  const found = talkOf(pbx, event.leg);
  if (found === undefined || found.leg.state.in !== 'answered') return ignore; // held or over meanwhile
  const { call, leg, other } = found;
  return decided(withLegs(call, inState(leg, held)), [
    { to: 'media', do: 'separate', a: leg.id, b: other },
    { to: 'media', do: 'watch', leg: leg.id, audioLostMs: 0 },
    music(other),
    ...recordLegs(call, { customer: other }),
  ]);
}

export function resumeAsked(pbx: PbxView, event: Asked): Decision {
  const member = memberOf(pbx, event.leg);
  if (member !== undefined)
    return isHeldByCommand(member.leg)
      ? memberTurned(pbx, member.call, { leg: member.leg, to: released(member.leg, event.at) })
      : ignore;
  const found = talkOf(pbx, event.leg);
  if (found === undefined || !isHeldByCommand(found.leg)) return ignore;
  const { call, leg } = found;
  if (call.state.in !== 'talking') return ignore;
  const { caller, callee } = call.state;
  return talkAgain(pbx, withLegs(call, resumed(leg, event.at)), { a: caller, b: callee, at: event.at });
}

export const isHeldByCommand = ({ state }: Leg): boolean => state.in === 'held' && state.byCommand === true;

/** Whoever goes on to do something else with the call does not hold it any more. */
export const resumed = (leg: Leg, at: EpochMs): Leg => (isHeldByCommand(leg) ? inState(leg, released(leg, at)) : leg);

/** A phone that holds by itself as well goes on doing so: the far end has its music until the phone resumes. */
const released = ({ state }: Leg, since: EpochMs): Extract<LegState, { readonly in: 'held' | 'answered' }> =>
  state.in === 'held' && state.andByPhone === true ? { in: 'held', since } : { in: 'answered', since };

/** What the phone does by itself while the button holds. Undefined: no button does. */
export function turnedBehind(leg: Leg, far: 'speaks-and-hears' | 'holds'): Leg | undefined {
  if (leg.state.in !== 'held' || leg.state.byCommand !== true) return undefined;
  const { since } = leg.state;
  const held = { in: 'held', since, byCommand: true } as const;
  return inState(leg, far === 'holds' ? { ...held, andByPhone: true } : held);
}

function memberOf(pbx: PbxView, id: LegId): { call: Conferring; leg: Leg } | undefined {
  const call = pbx.callOf(id);
  const leg = call?.legs.get(id);
  if (call === undefined || !isConferring(call) || leg === undefined || !call.state.members.includes(id))
    return undefined;
  return { call, leg };
}

function talkOf(pbx: PbxView, id: LegId): { call: Call; leg: Leg; other: LegId } | undefined {
  const call = pbx.callOf(id);
  const leg = call?.legs.get(id);
  const other = call === undefined ? undefined : otherLegOf(call, id);
  if (call === undefined || leg === undefined || other === undefined || !isConnected(leg)) return undefined;
  return { call, leg, other };
}
