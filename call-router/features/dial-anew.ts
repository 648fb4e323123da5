/**
 * A person whose leg is with us alone dials a number: from here on it is a call like any other, with its card, its record
 * and its recording, though it began as a code or by listening to messages.
 */
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { EpochMs, UserId } from '../values/ids';
import { saveCall } from './call-record';
import { both, type Decision } from './decision';
import { destinationOf } from './dial-plan';
import type { Refusal } from './fraud-guard';
import { whyRefused } from './guard-alarm';
import { leadOn } from './lead-on';
import { newCallOf } from './new-call';
import { diallerFor } from './person-of';

interface DialAnew {
  /** Connected. */
  readonly leg: Leg;
  /** Who dials. */
  readonly user: UserId;
  readonly number: string;
  readonly at: EpochMs;
}

/** Undefined: the person has no phone to dial as, or it leads nowhere. */
export function dialAnew(
  pbx: PbxView,
  call: Call,
  { leg, user, number, at }: DialAnew,
): Decision | Refusal | undefined {
  const dialler = diallerFor(pbx, user, at);
  if (dialler === undefined) return undefined;
  const destination = destinationOf(pbx, dialler, number);
  const refused = whyRefused(destination);
  if (refused !== undefined) return refused;
  // What a caller's number said is no call for help.
  const isHelp = destination.kind === 'outside' && destination.isEmergency === true;
  if (isHelp || !isSomebody(destination.kind)) return undefined;
  const event = {
    from: 'sip',
    type: 'invite-received',
    at,
    call: call.id,
    leg: leg.id,
    origin: dialler,
    caller: { user: '', withheld: false },
    dialled: number,
    towards: leg.towards,
  } as const;
  const { call: fresh, lookUp } = newCallOf(pbx, event, destination);
  const { isService: _codeNoMore, ...before } = call;
  const dialled: Call = { ...before, ...fresh, legs: call.legs, nextLeg: call.nextLeg };
  const first = [...lookUp, ...(lookUp.length > 0 ? [] : saveCall(dialled, at))];
  return both(first, leadOn(pbx, dialled, { leg, destination, at }));
}

const isSomebody = (kind: ReturnType<typeof destinationOf>['kind']): boolean =>
  kind === 'people' || kind === 'outside' || kind === 'plan' || kind === 'queue' || kind === 'mailbox';
