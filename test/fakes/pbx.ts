/**
 * A whole router with the worlds outside played by hand: the real switchboard over fakes of SIP, media, CRM, store and
 * clock. Media answers at once and well unless told otherwise; time moves only when a test says so.
 */
import type { PbxEffect } from '../../call-router/effect';
import type { MediaProblem, PbxEvent } from '../../call-router/event';
import type { Limits } from '../../call-router/state/view';
import { isBeingCalled } from '../../call-router/features/decision';
import { checkPbx } from '../../call-router/state/check-pbx';
import {
  callOfLeg,
  type EpochMs,
  epochMs,
  type LegId,
  sdpOf,
  type TimerId,
  timerIdOf,
} from '../../call-router/values/ids';
import { openSwitchboard, type Switchboard } from '../../server/switchboard';
import { FakeRooms } from './rooms';
import { bindings, limits as officeLimits, office } from './office';

export interface FakePbx {
  readonly board: Switchboard;
  /** Every effect since the last look, in order. */
  readonly takeEffects: () => readonly PbxEffect[];
  readonly now: () => EpochMs;
  readonly pass: (ms: number) => void;
  /** Timers that are set, by name. */
  readonly timers: ReadonlyMap<TimerId, number>;
  /** The next `open` of this leg, or answer to it, fails. */
  readonly refuseMedia: (leg: LegId, problem: MediaProblem) => void;
  /** What a phone wants with its next offer. */
  readonly nextOffer: { far: 'speaks-and-hears' | 'holds' };
  /** Legs open in the media engine. */
  readonly openLegs: ReadonlySet<LegId>;
  /** What is said to a leg now: the tag that its end brings back. */
  readonly saidTo: ReadonlyMap<LegId, string>;
}

/** A distributive Omit: an event without its time. */
export type Untimed<Event> = Event extends unknown ? Omit<Event, 'at'> : never;

export function fakePbx(limits: Limits = officeLimits): FakePbx & { post: (event: Untimed<PbxEvent>) => void } {
  const silent = { error: rethrow, debug: () => {}, isDebug: () => false };
  const board = openSwitchboard(limits, silent);
  let at = 1_000_000_000_000;
  let effects: PbxEffect[] = [];
  const timers = new Map<TimerId, number>();
  const openLegs = new Set<LegId>();
  const rooms = new FakeRooms();
  let posted = 0;
  const refusals = new Map<LegId, MediaProblem>();
  const saidTo = new Map<LegId, string>();
  const nextOffer: { far: 'speaks-and-hears' | 'holds' } = { far: 'speaks-and-hears' };
  const post = (event: Untimed<PbxEvent>): void => {
    if (event.type === 'timer-fired') timers.delete(event.timer);
    posted += 1;
    board.post({ ...event, at: epochMs(at) } as PbxEvent);
    posted -= 1;
    checkPbx(board.view);
    // What came of an effect is handled by the outermost: before, the effects are not all carried out.
    if (posted === 0) rooms.check(board.view);
    if (posted === 0) checkAcceptTimers(board, timers);
    if (posted === 0) checkRingTimers(board, timers);
    if (posted === 0) checkResumeTimers(board, timers);
  };
  const note = (effect: PbxEffect): void => void effects.push(effect);
  const media = fakeMedia({ post, openLegs, refusals, nextOffer });
  board.connect({
    sip: note,
    media: (effect) => {
      note(effect);
      rooms.run(effect);
      if (effect.do === 'play-prompts' || effect.do === 'play-recording') saidTo.set(effect.leg, effect.tag);
      media(effect);
    },
    recordings: note,
    crm: note,
    store: note,
    desk: note,
    clock: (effect) => {
      note(effect);
      if (effect.do === 'set-timer') timers.set(effect.timer, at + effect.afterMs);
      else timers.delete(effect.timer);
    },
  });
  post({ from: 'store', type: 'directory-loaded', directory: office });
  for (const binding of bindings) post({ from: 'sip', type: 'bindings-changed', of: binding.of, bindings: [binding] });
  return {
    board,
    post,
    takeEffects() {
      const taken = effects;
      effects = [];
      return taken;
    },
    now: () => epochMs(at),
    pass: (ms) => void (at += ms),
    timers,
    refuseMedia: (leg, problem) => void refusals.set(leg, problem),
    nextOffer,
    openLegs,
    saidTo,
  };
}

/** Whoever is asked to press 1 has so long, and nobody else. */
function checkAcceptTimers({ view }: Switchboard, timers: ReadonlyMap<TimerId, number>): void {
  const asked = [...view.calls.values()]
    .flatMap(({ legs }) => [...legs.values()])
    .flatMap(({ id, state }) => (state.in === 'screening' ? [timerIdOf(id, 'accept')] : []));
  const set = [...timers.keys()].filter((timer) => timer.endsWith('/accept'));
  if (asked.toSorted().join() !== set.toSorted().join()) throw new Error(`asked ${asked}, but timers are ${set}`);
}

/** A browser that is gone is waited for so long, and nobody else. */
function checkResumeTimers({ view }: Switchboard, timers: ReadonlyMap<TimerId, number>): void {
  const gone = [...view.calls.values()]
    .flatMap(({ legs }) => [...legs.values()])
    .flatMap(({ id, lost, state }) => (lost !== undefined && state.in !== 'ended' ? [timerIdOf(id, 'resume')] : []));
  const set = [...timers.keys()].filter((timer) => timer.endsWith('/resume'));
  if (gone.toSorted().join() !== set.toSorted().join()) throw new Error(`gone ${gone}, but timers are ${set}`);
}

/** Whoever waits while phones ring is not left with ringback for ever. */
function checkRingTimers({ view }: Switchboard, timers: ReadonlyMap<TimerId, number>): void {
  const waits = ['reaching-caller', 'ringing', 'consulting', 'transferring', 'calling-back'];
  for (const call of view.calls.values()) {
    const rings = waits.includes(call.state.in) && [...call.legs.values()].some(isBeingCalled);
    if (rings && !timers.has(timerIdOf(call.id, 'ring'))) throw new Error(`${call.id} rings without an end`);
  }
}

function rethrow(fields: object): void {
  throw 'error' in fields && fields.error instanceof Error ? fields.error : new Error(JSON.stringify(fields));
}

interface FakeMedia {
  readonly post: (event: Untimed<PbxEvent>) => void;
  readonly openLegs: Set<LegId>;
  readonly refusals: Map<LegId, MediaProblem>;
  readonly nextOffer: { far: 'speaks-and-hears' | 'holds' };
}

const sdp = sdpOf('v=0 ours');
const quality = { packetsReceived: 0, packetsSent: 0, receivedLossRatio: 0, receivedJitterMs: 0 };

function fakeMedia({
  post,
  openLegs,
  refusals,
  nextOffer,
}: FakeMedia): (effect: Extract<PbxEffect, { to: 'media' }>) => void {
  const refused = (leg: LegId, type: 'leg-not-opened' | 'offer-refused' | 'answer-refused'): boolean => {
    const problem = refusals.get(leg);
    refusals.delete(leg);
    if (problem !== undefined) post({ from: 'media', type, call: callOfLeg(leg), leg, problem });
    return problem !== undefined;
  };
  return (effect) => {
    if (!('leg' in effect)) return;
    const { leg } = effect;
    const on = { from: 'media', call: callOfLeg(leg), leg } as const;
    switch (effect.do) {
      case 'open-answering-leg':
      case 'open-offering-leg':
        if (refused(leg, 'leg-not-opened')) return;
        openLegs.add(leg);
        return post({ ...on, type: 'leg-opened', ...(effect.do === 'open-offering-leg' ? { sdp } : {}) });
      case 'accept-offer':
      case 'take-reoffer':
        return refused(leg, 'offer-refused')
          ? undefined
          : post({ ...on, type: 'offer-accepted', sdp, far: nextOffer.far });
      case 'offer-again':
        return post({ ...on, type: 'offer-made', sdp });
      case 'set-answer':
        return refused(leg, 'answer-refused') ? undefined : post({ ...on, type: 'answer-set', far: nextOffer.far });
      case 'close-leg':
        openLegs.delete(leg);
        return post({ ...on, type: 'leg-closed', quality });
      default:
    }
  };
}
