/**
 * What administrators are told of calls to outside: a refusal by the fraud guard (a dialled call, a transfer, a forwarding),
 * a call for help, and a number of the office that leads more calls outside at once than it plausibly should.
 */
import type { PbxEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { CallId, EpochMs, UserId } from '../values/ids';
import { type Decision, effectsOnly, ignore } from './decision';
import { type Destination, destinationOf } from './dial-plan';
import { isOfficeAccount, limitReached, type Refusal } from './fraud-guard';
import { forwarderFor, personOfFar } from './person-of';
import { targetOf, type TransferAsked } from './transfer';

/** Beyond so many calls at once that one number's routes lead outside: a loop, or somebody who has found a way through. */
const ledOutsideAtOnceMax = 20;

interface Refused {
  readonly why: Refusal;
  readonly call: CallId;
  readonly user: UserId | undefined;
  readonly at: EpochMs;
}

/** A person whose limit is reached calls nobody outside until it is lifted. Too many at once only wait; a mistyped number is no news. */
export function refusalAlarm(pbx: PbxView, { why, call, user, at }: Refused): Decision {
  if (why === 'at-once' || why === 'short-number') return ignore;
  if (why === 'limit' && user !== undefined) return limitReached(pbx, { user, at });
  const kind = why === 'limit' ? 'fraud-limit' : 'forbidden-number';
  return effectsOnly({
    to: 'store',
    do: 'raise-alarm',
    kind,
    at,
    call,
    ...(user === undefined ? {} : { user }),
  });
}

export const whyRefused = (destination: Destination): Refusal | undefined =>
  destination.kind === 'forbidden' ? destination.why : undefined;

export const withAlarm = (told: Decision, alarm: Decision = ignore): Decision =>
  alarm === ignore
    ? told
    : { changes: [...told.changes, ...alarm.changes], effects: [...told.effects, ...alarm.effects] };

/** What the guard says against a transfer: as against a call of who passes it on. */
export function transferRefusal(pbx: PbxView, asked: TransferAsked): Refusal | undefined {
  return whyRefused(targetOf(pbx, asked).destination);
}

export function transferAlarm(pbx: PbxView, asked: TransferAsked): Decision {
  const { destination, alarm = ignore } = targetOf(pbx, asked);
  const why = whyRefused(destination);
  const { call, transferor, at } = asked;
  return why === undefined
    ? alarm
    : refusalAlarm(pbx, { why, call: call.id, user: personOfFar(pbx, transferor.far), at });
}

interface Forwarding {
  readonly call: Call;
  readonly user: UserId;
  readonly target: string;
  readonly at: EpochMs;
}

/**
 * A forwarding that the guard refuses is as if it were not set, and the administrators know. It blocks nobody: strangers who
 * call must not be able to take a person's phone away.
 */
export function forwardingAlarm(pbx: PbxView, { call, user, target, at }: Forwarding): Decision {
  const dialler = forwarderFor(pbx, user, at);
  const why = dialler === undefined ? undefined : whyRefused(destinationOf(pbx, dialler, target));
  if (why !== 'limit' && why !== 'number') return ignore;
  const kind = why === 'limit' ? 'fraud-limit' : 'forbidden-number';
  return effectsOnly({ to: 'store', do: 'raise-alarm', kind, at, call: call.id, user });
}

/** As the INVITE leaves. */
export function outgoingAlarms(
  pbx: PbxView,
  call: Call,
  { leg, at }: { readonly leg: Leg; readonly at: EpochMs },
): readonly PbxEffect[] {
  const user = call.callerUser;
  const alarm = { to: 'store', do: 'raise-alarm', at, call: call.id, ...(user === undefined ? {} : { user }) } as const;
  if (leg.isEmergency === true) return isFirst(call, leg) ? [{ ...alarm, kind: 'emergency-call' }] : [];
  if (leg.spender === undefined || !isOfficeAccount(leg.spender)) return [];
  const running = pbx.spendingOf(leg.spender).filter(({ endedAt }) => endedAt === undefined).length;
  return running === ledOutsideAtOnceMax + 1 ? [{ ...alarm, kind: 'many-calls-out' }] : [];
}

/** The next trunk for the same call for help is no further alarm. */
const isFirst = (call: Call, leg: Leg): boolean =>
  ![...call.legs.values()].some((other) => other.id !== leg.id && other.isEmergency === true);
