/**
 * Proof that a mobile is its owner's: it is called and hears a code, three times over; whoever reads it back in the page
 * has the phone in hand (server/verify-mobile.ts keeps the code). The call is no conversation and leaves no record.
 */
import type { CommandEvent } from '../command';
import type { Call } from '../state/call';
import type { PbxView } from '../state/view';
import { announceAndEnd } from './attend';
import { type Decision, decided, ignore, withLegs } from './decision';
import { toMobile } from './mobile';
import { newCallOf } from './new-call';
import { diallerFor } from './person-of';
import { branchesOf, openBranch } from './ring';
import { ringTimer } from './ring-timer';
import type { Prompt } from '../state/office';

type VerifyAsked = Extract<CommandEvent, { readonly type: 'verify-mobile-asked' }>;

export function verifyMobileAsked(pbx: PbxView, event: VerifyAsked): Decision {
  const { call: id, number, user, code, at } = event;
  const dialler = diallerFor(pbx, user, at);
  if (pbx.draining || pbx.calls.size >= pbx.limits.callsMax || dialler === undefined) return ignore;
  const invite = {
    from: 'sip',
    type: 'invite-received',
    at,
    call: id,
    leg: event.leg,
    origin: dialler,
    caller: { user: '', withheld: false },
    dialled: number,
    towards: '',
  } as const;
  const destination = toMobile(pbx, { dialler, number });
  if (destination.kind !== 'outside') return ignore; // server/verify-mobile.ts has said so
  const { call } = newCallOf(pbx, invite, destination);
  const { callerLeg: _nobody, ...rest } = call;
  const calling: Call = {
    ...rest,
    client: { in: 'not-looked-up' },
    isService: true,
    state: { in: 'reaching-caller', dialled: '', says: thrice(code) },
    legs: new Map(),
    nextLeg: 1,
  };
  const branches = branchesOf(pbx, calling, destination);
  if (typeof branches === 'string') return ignore;
  const ringing = withLegs({ ...calling, nextLeg: calling.nextLeg + branches.length }, ...branches);
  return decided(ringing, [...branches.map((leg) => openBranch(pbx, leg)), ringTimer(pbx, call)]);
}

const thrice = (code: string): Prompt => [1, 2, 3].flatMap(() => [{ say: 'verification-code' }, { digits: code }]);

/** The phone was answered. */
export function sayToReached(
  pbx: PbxView,
  call: Call,
  { leg, says, at }: Pick<Parameters<typeof announceAndEnd>[2], 'leg' | 'at'> & { readonly says: Prompt },
): Decision {
  return announceAndEnd(pbx, call, { leg, prompts: says, cause: 'caller-hung-up', at });
}
