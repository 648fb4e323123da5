/** How long phones ring for a call: one timer a call, set anew for each round of ringing (no-answer.ts ends it). */
import type { PbxEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import { timerIdOf } from '../values/ids';
import { isOfficeSide } from './office-side';

/** @param afterMs as long as a step or a person says; the service's own limit otherwise. */
export const ringTimer = (pbx: PbxView, { id }: Call, afterMs = pbx.limits.ringTimeoutMs): PbxEffect => ({
  to: 'clock',
  do: 'set-timer',
  timer: timerIdOf(id, 'ring'),
  afterMs,
});

export const ringTimerOff = ({ id }: Call): PbxEffect => ({
  to: 'clock',
  do: 'clear-timer',
  timer: timerIdOf(id, 'ring'),
});

/**
 * Somebody outside who was called directly rings as long as their network lets them (timer C of RFC 3261 section 16.6 is more
 * than three minutes): their mailbox and slow people answer late. Undefined: phones of ours ring too, or something comes next.
 */
export function outsideRingMs(pbx: PbxView, call: Call, branches: readonly Leg[]): number | undefined {
  const isDirect =
    call.direction === 'outbound' && call.answeredAt === undefined && (call.path?.onward.length ?? 0) === 0;
  const areOutside = branches.every((leg) => leg.far.kind === 'trunk' && !isOfficeSide(pbx, leg));
  return isDirect && areOutside ? pbx.limits.outsideRingTimeoutMs : undefined;
}
