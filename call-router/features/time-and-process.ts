/** What the clock and the process itself bring: timers of calls, and the shut-down. */
import type { ClockEvent, ProcessEvent } from '../event';
import type { PbxEffect } from '../effect';
import type { Change, PbxView } from '../state/view';
import { type CallId, callIdOf, userIdOf } from '../values/ids';
import { queueTick } from './acd';
import { wrapUpOver } from './agent-status';
import { attendantTimeOver, isAttended } from './attend';
import { joinTimeOver } from './conference-joining';
import type { Decision } from './decision';
import { ignore } from './decision';
import { endCall, lingerOver } from './hang-up';
import { resumeTimeOver } from './lost-leg';
import { clientTold } from './responsible';
import { digitsOver } from './in-call-codes';
import { parkTimeOver } from './park';
import { consentTimeOver } from './consent';
import { acceptTimeOver } from './screening';
import { ringTimeOver } from './no-answer';
import { isQueued } from './queue-wait';

export function timerFired(pbx: PbxView, { timer, at }: ClockEvent): Decision {
  const cut = timer.lastIndexOf('/');
  const id: CallId = callIdOf(timer.slice(0, cut));
  switch (timer.slice(cut + 1)) {
    case 'ring':
      return ringTimeOver(pbx, id, at);
    case 'digits':
      return digitsOver(pbx, timer.slice(0, cut));
    case 'attendant': {
      const call = pbx.calls.get(id);
      // It was led on as the timer fired.
      return call === undefined || !isAttended(call) ? ignore : attendantTimeOver(pbx, call, at);
    }
    case 'join':
      return joinTimeOver(pbx, timer.slice(0, cut), at);
    case 'park':
      return parkTimeOver(pbx, id, at);
    case 'look-up': {
      const call = pbx.calls.get(id);
      // The CRM answered as the timer fired.
      return (call === undefined ? undefined : clientTold(pbx, call, at)) ?? ignore;
    }
    case 'queue': {
      const call = pbx.calls.get(id);
      // An agent answered as the timer fired.
      return call === undefined || !isQueued(call) ? ignore : queueTick(pbx, call, at);
    }
    case 'wrap-up':
      return wrapUpOver(pbx, { user: userIdOf(timer.slice(0, cut)), at });
    case 'consent':
      return consentTimeOver(pbx, id);
    case 'accept':
      return acceptTimeOver(pbx, timer.slice(0, cut), at);
    case 'resume':
      return resumeTimeOver(pbx, timer.slice(0, cut), at);
    case 'linger':
      return lingerOver(pbx, id, at);
    case 'longest': {
      const call = pbx.calls.get(id);
      // It ended as the timer fired.
      return call === undefined || call.state.in === 'ended' ? ignore : endCall(pbx, { call, at, cause: 'too-long' });
    }
    default:
      return ignore; // a timer of an older version of this program
  }
}

/** New calls are refused from now on; those that live are ended with a real BYE or refusal. */
export function shutDown(pbx: PbxView, { type, at }: ProcessEvent): Decision {
  const changes: Change[] = [{ set: 'draining' }];
  if (type === 'drain-asked') return { changes, effects: [] };
  const effects: PbxEffect[] = [];
  for (const call of pbx.calls.values()) {
    if (call.state.in === 'ended') continue;
    const ending = endCall(pbx, { call, at, cause: 'service-stopped' });
    changes.push(...ending.changes);
    effects.push(...ending.effects);
  }
  return { changes, effects };
}
