/** How long phones ring for a call: one timer a call, set anew for each round of ringing (no-answer.ts ends it). */
import type { PbxEffect } from '../effect';
import type { Call } from '../state/call';
import type { PbxView } from '../state/view';
import { timerIdOf } from '../values/ids';

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
