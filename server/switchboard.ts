/**
 * The loop: one event at a time is decided, its changes applied, its effects handed to their runners. Events that come
 * meanwhile wait in order. The only place that catches InvariantError: `decide` has changed nothing by then, so that one
 * call is ended and the others talk on.
 */
import { decide } from '../call-router/decide';
import type { PbxEffect } from '../call-router/effect';
import type { PbxEvent } from '../call-router/event';
import type { Decision } from '../call-router/features/decision';
import { endCall } from '../call-router/features/hang-up';
import type { Change, Limits, PbxView } from '../call-router/state/view';
import type { CallId } from '../call-router/values/ids';
import { lampsAround } from './lamps-around';
import { PbxState } from './pbx-state';

/** One runner for each kind of effect; none throws, each answers with events. */
export type Runners = { readonly [To in PbxEffect['to']]: (effect: Extract<PbxEffect, { readonly to: To }>) => void };

export interface SwitchboardLog {
  readonly error: (fields: object, message: string) => void;
  readonly debug: (fields: object, message: string) => void;
  /** False saves making the fields of the lines above. */
  readonly isDebug: () => boolean;
}

export type Observer = (changes: readonly Change[]) => void;

export interface Switchboard {
  readonly view: PbxView;
  readonly post: (event: PbxEvent) => void;
  /** Effects go nowhere before the runners are known. */
  readonly connect: (runners: Runners) => void;
  /** Told what each event changed, when that is applied and its effects are on their way. It must be quick. */
  readonly observe: (observer: Observer) => void;
  readonly counters: () => { readonly events: number; readonly invariantErrors: number };
}

export function openSwitchboard(limits: Limits, log: SwitchboardLog): Switchboard {
  const pbx = new PbxState(limits);
  const waiting: PbxEvent[] = [];
  const observers: Observer[] = [];
  let isRunning = false;
  let runners: Runners | undefined;
  let events = 0;
  let invariantErrors = 0;

  const decideSafely = (event: PbxEvent): Decision => {
    try {
      return decide(pbx, event);
    } catch (error) {
      invariantErrors += 1;
      log.error({ error, event: event.type, call: callOf(event) }, 'decision failed');
      return endBrokenCall(pbx, event);
    }
  };

  const handle = (event: PbxEvent): void => {
    events += 1;
    pbx.at = event.at;
    if (log.isDebug()) log.debug({ event: event.type, call: callOf(event), leg: legOf(event) }, 'event');
    const { changes, effects } = decideSafely(event);
    const lamps = lampsAround(pbx, changes);
    pbx.apply(changes);
    for (const effect of effects) carryOut(effect);
    for (const effect of lamps()) carryOut(effect);
    for (const user of pbx.takeFreed()) waiting.push({ from: 'agents', type: 'agent-freed', at: event.at, user });
    if (changes.length > 0) for (const observer of observers) tellSafely(observer, changes, log);
  };

  const carryOut = (effect: PbxEffect): void => {
    if (log.isDebug()) log.debug({ effect: effect.do, to: effect.to, leg: legOf(effect) }, 'effect');
    try {
      if (runners !== undefined) runEffect(runners, effect);
    } catch (error) {
      log.error({ error, effect: effect.do, leg: legOf(effect) }, 'effect failed');
    }
  };

  return {
    view: pbx,
    post(event) {
      waiting.push(event);
      if (isRunning) return;
      isRunning = true;
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) handle(next);
      isRunning = false;
    },
    connect(all) {
      runners = all;
    },
    observe(told) {
      observers.push(told);
    },
    counters: () => ({ events, invariantErrors }),
  };
}

function runEffect(runners: Runners, effect: PbxEffect): void {
  switch (effect.to) {
    case 'sip':
      return runners.sip(effect);
    case 'media':
      return runners.media(effect);
    case 'recordings':
      return runners.recordings(effect);
    case 'crm':
      return runners.crm(effect);
    case 'store':
      return runners.store(effect);
    case 'desk':
      return runners.desk(effect);
    default:
      return runners.clock(effect);
  }
}

/** Calls do not depend on who looks at them. */
function tellSafely(observer: Observer, changes: readonly Change[], log: SwitchboardLog): void {
  try {
    observer(changes);
  } catch (error) {
    log.error({ error }, 'changes could not be told');
  }
}

function callOf(event: PbxEvent): CallId | undefined {
  return 'call' in event ? event.call : undefined;
}

function legOf(it: PbxEvent | PbxEffect): string | undefined {
  return 'leg' in it ? it.leg : undefined;
}

/** The call whose event could not be decided is ended for everyone on it. */
function endBrokenCall(view: PbxView, event: PbxEvent): Decision {
  const id = callOf(event);
  const call = id === undefined ? undefined : view.calls.get(id);
  if (call === undefined || call.state.in === 'ended') return { changes: [], effects: [] };
  return endCall(view, { call, at: event.at, cause: 'internal-error' });
}
