/**
 * Carries out `look-up`: asks the CRM and posts what it said. No answer within the deadline, or a failure, is an event too: the
 * call goes on without knowing who it is, and the store asks once more when it ends.
 */
import type { CrmEffect } from '../call-router/effect';
import type { CrmEvent } from '../call-router/event';
import type { CallId, EpochMs } from '../call-router/values/ids';
import type { Crm, Found, LookUp } from './crm';

export interface CrmRunnerParts {
  readonly crm: Crm;
  readonly clock: {
    readonly now: () => EpochMs;
    /** Runs the task once; the answer cancels it. */
    readonly after: (ms: number, task: () => void) => () => void;
  };
  readonly post: (event: CrmEvent) => void;
  /** For the log: ids and the error only. */
  readonly log: { readonly warn: (fields: object, message: string) => void };
  /** Default 2000. */
  readonly deadlineMs?: number;
}

const deadlineMsDefault = 2000;

/** The runner returns at once and never throws; each effect is answered by exactly one event. */
export function crmRunner(parts: CrmRunnerParts): (effect: CrmEffect) => void {
  return (effect) => {
    const { call } = effect;
    let isAnswered = false;
    const answer = (event: CrmEvent): void => {
      if (isAnswered) return; // the deadline has passed, or it has just been kept
      isAnswered = true;
      cancelDeadline();
      parts.post(event);
    };
    const failed = (error: unknown): void => {
      if (!isAnswered) parts.log.warn({ call, error }, 'a client could not be looked up');
      answer({ from: 'crm', type: 'look-up-failed', call, at: parts.clock.now() });
    };
    const cancelDeadline = parts.clock.after(parts.deadlineMs ?? deadlineMsDefault, () => failed('no answer in time'));
    ask(parts, effect).then((found) => answer(eventOf(found, call, parts.clock.now())), failed);
  };
}

/** A CRM that throws at once has failed like one that rejects. */
async function ask(parts: CrmRunnerParts, effect: CrmEffect): Promise<Found> {
  const { number, typed, makes, displayName, source, responsible } = effect;
  const request: LookUp = {
    number,
    typed,
    makes,
    at: parts.clock.now(),
    ...(displayName === undefined ? {} : { displayName }),
    ...(source === undefined ? {} : { source }),
    ...(responsible === undefined ? {} : { responsible }),
  };
  return parts.crm.lookUp(request);
}

function eventOf(found: Found, call: CallId, at: EpochMs): CrmEvent {
  if (!found.found) return { from: 'crm', type: 'client-unknown', call, at };
  return { from: 'crm', type: 'client-found', call, at, card: found.card, others: found.others };
}
