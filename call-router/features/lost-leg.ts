/**
 * A browser whose connection has closed in a call (RFC 5626): the page was loaded anew, the network changed, the machine
 * sleeps. The connection alone ends nothing; when its audio stays away too, the others hear music and it is waited for.
 *
 *   connected ──flow-lost──▶ watched ──audio-lost──▶ awaited ──audio-back, re-INVITE──▶ as before
 *                               │                       ├─INVITE to resume-<token>──▶ a new leg in its place (resume.ts)
 *                               └─20 s, audio goes on   └─20 s──▶ ended, audio-lost
 *
 * A browser that is waited for is as a phone that holds. Of a leg that its phone holds no audio is expected: it is waited for
 * at once. One that rings goes on ringing, so that the page may answer on its next connection (late-browser.ts); a desk phone does not.
 */
import type { PbxEffect } from '../effect';
import type { MediaEvent, SipEvent } from '../event';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import { type CallId, type EpochMs, type LegId, legIdFrom, timerIdOf, type UserId } from '../values/ids';
import { both, type Decision, decided, ignore, isBeingCalled, isConnected, isEnded, withLegs } from './decision';
import { audioLost, endCall, legDropped } from './hang-up';
import { farTurned, reofferReceived } from './hold';
import { branchFailed } from './no-answer';
import { isPicker, pickerLate } from './pickup';

type Sip<Type> = Extract<SipEvent, { readonly type: Type }>;
type Media<Type> = Extract<MediaEvent, { readonly type: Type }>;

/** A resume that is on its way as the time is over gets so long to be settled. */
const takerMs = 1000;

export const resumeTimerOff = ({ id }: Leg): PbxEffect => ({
  to: 'clock',
  do: 'clear-timer',
  timer: timerIdOf(id, 'resume'),
});

const resumeTimer = ({ id }: Leg, afterMs: number): PbxEffect => ({
  to: 'clock',
  do: 'set-timer',
  timer: timerIdOf(id, 'resume'),
  afterMs,
});

export function flowLost(pbx: PbxView, { leg: id, token, at }: Sip<'flow-lost'>): Decision {
  const call = pbx.callOf(id);
  const leg = call?.legs.get(id);
  // Over; or waited for since an earlier connection of it closed.
  if (call === undefined || leg === undefined || isEnded(leg) || leg.lost?.in === 'awaited') return ignore;
  // Its responses would have to go back on the connection that is gone (RFC 7118 section 5).
  if (leg.direction === 'incoming' && !isConnected(leg)) return gone(pbx, call, { leg, at });
  if (!isBrowser(pbx, leg)) return phoneLost(pbx, call, { leg, at });
  const watched: Leg = { ...leg, lost: { in: 'watched', token } };
  if (isHeldByPhone(leg) && canBeAwaited(call, leg)) return awaited(pbx, call, { leg: watched, token, at });
  return decided(withLegs(call, watched), [
    resumeTimer(leg, pbx.limits.resumeWaitMs),
    ...(isConnected(leg) ? [watchShort(pbx, leg)] : []),
  ]);
}

/**
 * A desk phone that rings is not called again on its next connection. One that talks opens another when it needs it, and may be
 * silent meanwhile: muted, or with nothing to say. A trunk's connection that closes before the answer is the trunk's failure.
 */
function phoneLost(pbx: PbxView, call: Call, { leg, at }: { readonly leg: Leg; readonly at: EpochMs }): Decision {
  const isOnItsWay = leg.state.in === 'dialling' || leg.state.in === 'ringing';
  const cause = leg.far.kind === 'trunk' ? 'trunk-failed' : 'unreachable';
  return isOnItsWay ? branchFailed(pbx, call, { leg, cause, at }) : ignore;
}

const isBrowser = ({ directory }: PbxView, { far }: Leg): boolean =>
  far.kind === 'device' && directory.devices.get(far.device)?.kind === 'browser';

function gone(pbx: PbxView, call: Call, { leg, at }: { readonly leg: Leg; readonly at: EpochMs }): Decision {
  return isPicker(call, leg) ? pickerLate(call, leg, at) : endCall(pbx, { call, at, cause: 'caller-gave-up' });
}

const watchShort = ({ limits }: PbxView, { id }: Leg): PbxEffect => ({
  to: 'media',
  do: 'watch',
  leg: id,
  audioLostMs: limits.flowLostAudioMs,
  counts: 'rtp-alone',
});

const isHeldByPhone = ({ state }: Leg): boolean =>
  state.in === 'held' && (state.byCommand !== true || state.andByPhone === true);

/** It has a place in the call that another leg can take. */
export function canBeAwaited({ state, callerLeg }: Call, { id }: Leg): boolean {
  switch (state.in) {
    case 'talking':
      return state.caller === id || state.callee === id;
    case 'consulting':
      return state.customer === id || state.transferor === id || state.target === id;
    case 'conferring':
      return state.members.includes(id);
    case 'ringing':
      return callerLeg === id;
    default:
      return false;
  }
}

/** RTP stayed away: of a browser that has lost its connection, or of anybody for so long that the call is over. */
export function audioMissed(pbx: PbxView, event: Media<'audio-lost'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  if (call === undefined || leg?.lost?.in !== 'watched' || !isConnected(leg)) return audioLost(pbx, event);
  const { at } = event;
  return canBeAwaited(call, leg)
    ? awaited(pbx, call, { leg, token: leg.lost.token, at })
    : legDropped(pbx, call, { leg, cause: 'audio-lost', at });
}

interface Awaiting {
  readonly leg: Leg;
  readonly token: string;
  readonly at: EpochMs;
}

function awaited(pbx: PbxView, call: Call, { leg, token, at }: Awaiting): Decision {
  const forMs = pbx.limits.resumeWaitMs;
  const heldBefore = isHeldByPhone(leg);
  const marked: Leg = { ...leg, lost: { in: 'awaited', token, until: (at + forMs) as EpochMs, heldBefore } };
  const known = withLegs(call, marked);
  const turned = heldBefore ? ignore : farTurned(pbx, known, { leg: marked, far: 'holds', at });
  const waits = turned.changes.length > 0 ? turned : decided(known, turned.effects);
  const { user } = leg.far;
  const offered: readonly PbxEffect[] =
    user === undefined ? [] : [{ to: 'desk', do: 'offer-resume', user, call: call.id, leg: leg.id, token, forMs }];
  return both([resumeTimer(leg, forMs), ...offered], waits);
}

/** What this person's browser may take up again now: told to each of their pages that comes. */
export function resumesOf(pbx: PbxView, user: UserId, at: EpochMs): readonly ResumeOffer[] {
  return pbx.callsOfUser(user).flatMap(({ id: call, legs }) =>
    [...legs.values()].flatMap(({ id: leg, far, lost, state }) => {
      if (far.user !== user || lost?.in !== 'awaited' || state.in === 'ended') return [];
      return [{ call, leg, token: lost.token, forMs: Math.max(0, lost.until - at) }];
    }),
  );
}

export interface ResumeOffer {
  readonly call: CallId;
  readonly leg: LegId;
  readonly token: string;
  readonly forMs: number;
}

export function audioBack(pbx: PbxView, event: Media<'audio-back'>): Decision {
  return backAgain(pbx, event.leg, event.at) ?? ignore; // nobody waited for it
}

/** A later offer comes on a connection that lives: its browser is there again, whatever its audio does meanwhile. */
export function reoffered(pbx: PbxView, event: Sip<'reoffer-received'>): Decision {
  const back = backAgain(pbx, event.leg, event.at) ?? ignore;
  const offer = reofferReceived(pbx, event);
  return { changes: [...back.changes, ...offer.changes], effects: [...back.effects, ...offer.effects] };
}

/** As it was before. Undefined: it was not lost. */
function backAgain(pbx: PbxView, id: LegId, at: EpochMs): Decision | undefined {
  const call = pbx.callOf(id);
  const leg = call?.legs.get(id);
  if (call === undefined || leg?.lost === undefined || !isConnected(leg)) return undefined;
  const { lost, ...found } = leg;
  const known = withLegs(call, found);
  const off = [resumeTimerOff(leg)];
  if (lost.in === 'watched') return decided(known, [...off, ...watchAgain(pbx, found)]);
  const turned = lost.heldBefore ? ignore : farTurned(pbx, known, { leg: found, far: 'speaks-and-hears', at });
  return both(off, turned.changes.length > 0 ? turned : decided(known, turned.effects));
}

const watchAgain = ({ limits }: PbxView, { id, state }: Leg): readonly PbxEffect[] => [
  { to: 'media', do: 'watch', leg: id, audioLostMs: state.in === 'answered' ? limits.audioLostMs : 0 },
];

/** 20 s after the connection closed, or after the audio did. */
export function resumeTimeOver(pbx: PbxView, subject: string, at: EpochMs): Decision {
  const id = legIdFrom(subject);
  const call = pbx.callOf(id);
  const leg = call?.legs.get(id);
  // It came back or ended as the timer fired.
  if (call === undefined || leg?.lost === undefined || isEnded(leg)) return ignore;
  if (isBeingTaken(call, leg)) return { changes: [], effects: [resumeTimer(leg, takerMs)] };
  const { lost, ...alone } = leg;
  const known = withLegs(call, alone);
  if (isBeingCalled(leg)) {
    const cancel: PbxEffect = { to: 'sip', do: 'cancel', leg: id, cause: 'unreachable' };
    return both([cancel], branchFailed(pbx, known, { leg: alone, cause: 'unreachable', at }));
  }
  if (lost.in === 'watched') return decided(known, isConnected(leg) ? watchAgain(pbx, alone) : []);
  // Its page may never have been away: of what it holds there is nothing to be heard.
  if (lost.heldBefore && isRegistered(pbx, leg)) return decided(known, []);
  return legDropped(pbx, known, { leg: alone, cause: 'audio-lost', at });
}

/** Somebody's resume is being answered. */
export const isBeingTaken = ({ legs }: Call, { id }: Leg): boolean =>
  [...legs.values()].some((one) => one.takes === id && !isEnded(one));

function isRegistered(pbx: PbxView, { far }: Leg): boolean {
  if (far.kind !== 'device') return false;
  return pbx.bindingsOfUser(far.user).some(({ of }) => of.kind === 'device' && of.device === far.device);
}
