/**
 * Proofs that a mobile is its owner's: the mobile is called and hears a code, and whoever has the phone in hand reads it back.
 * A code lasts ten minutes and three tries; another call makes another code. Kept in memory only: after a restart one asks again.
 */
import { randomInt } from 'node:crypto';
import { toMobile } from '../call-router/features/mobile';
import { diallerFor } from '../call-router/features/person-of';
import type { OwnNumber } from '../call-router/state/directory';
import { callIdOf, type EpochMs, legIdOf, type NumberId, type UserId } from '../call-router/values/ids';
import { fail, type Result, succeed } from '../call-router/values/result';
import type { CommandProblem, Commands } from './api/commands';
import type { Clock } from './clock';
import { notNow } from './in-call-commands';
import { overloaded } from './overloaded';
import type { Switchboard } from './switchboard';

const lastsMs = 10 * 60_000;
const triesMax = 3;
/** Between two calls to the same mobile, so that nobody's phone is rung again and again. */
const nextCallMs = 60_000;

interface Proof {
  readonly code: string;
  readonly calledAt: EpochMs;
  readonly tries: number;
}

export function mobileProofs(
  board: Switchboard,
  clock: Clock,
  newId: () => string,
): Pick<Commands, 'callMobile' | 'proveMobile'> {
  const proofs = new Map<NumberId, Proof>();
  return {
    async callMobile({ number }) {
      const at = clock.now();
      const own = board.view.directory.numbers.find(({ id }) => id === number);
      const mobile = own === undefined ? fail({ kind: 'not-found' } as const) : mobileOf(own);
      if (!mobile.ok) return mobile;
      const last = proofs.get(number);
      if (last !== undefined && at - last.calledAt < nextCallMs) return notNow('it was called less than a minute ago');
      const problem = whyNoCall(board, mobile.value, at);
      if (problem !== undefined) return fail(problem);
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const call = callIdOf(newId());
      const { user, digits } = mobile.value;
      proofs.set(number, { code, calledAt: at, tries: 0 });
      board.post({
        from: 'api',
        type: 'verify-mobile-asked',
        at,
        call,
        leg: legIdOf(call, 1),
        user,
        number: digits,
        code,
      });
      return board.view.calls.has(call) ? succeed(undefined) : notNow('no trunk takes the call now');
    },
    async proveMobile({ number, code }) {
      const proof = proofs.get(number);
      if (proof === undefined || clock.now() - proof.calledAt > lastsMs)
        return notNow('let the mobile be called first');
      if (proof.code === code) {
        proofs.delete(number);
        return succeed(undefined);
      }
      const tries = proof.tries + 1;
      if (tries >= triesMax) proofs.delete(number);
      else proofs.set(number, { ...proof, tries });
      return fail({ kind: 'invalid', field: 'code', why: 'is not the code that was said' });
    },
  };
}

interface Mobile {
  readonly user: UserId;
  /** E.164. */
  readonly digits: string;
}

function mobileOf({ kind, match, ownerUserId }: OwnNumber): Result<Mobile, CommandProblem> {
  if (kind !== 'mobile' || match.kind !== 'exact' || ownerUserId === undefined) {
    return notNow('only a mobile number with an owner is verified');
  }
  return succeed({ user: ownerUserId, digits: match.number });
}

function whyNoCall({ view }: Switchboard, { user, digits }: Mobile, at: EpochMs): CommandProblem | undefined {
  const full = overloaded(view);
  if (full !== undefined) return full;
  const dialler = diallerFor(view, user, at);
  if (dialler === undefined) return { kind: 'not-now', why: 'its owner has no device' };
  const destination = toMobile(view, { dialler, number: digits });
  if (destination.kind === 'outside') return undefined;
  const why = destination.kind === 'forbidden' ? 'this number may not be called' : 'there is no trunk to call it on';
  return { kind: 'not-now', why };
}
