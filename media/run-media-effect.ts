/**
 * Carries out what the router asks of media. Returns at once and never throws; each outcome is an event. An effect for
 * a leg that is gone crossed its end: where an answer is awaited it is refused, the rest is late and means nothing.
 */
import type { MediaEffect } from '../call-router/media-effect';
import type { MediaProblem } from '../call-router/event';
import { assertNever } from '../call-router/values/assert';
import { dropLeg } from './drop-leg';
import { type Negotiating, negotiateWithBrowser } from './negotiate-webrtc';
import { type ForEngine, messageOf } from './engine-command';
import { type CallId, type LegId, callOfLeg } from '../call-router/values/ids';
import { errorOf } from './engine/thrown';
import { putLeg } from './leg-setting';
import type { MediaLeg } from './legs';
import type { MediaContext } from './media-context';
import { type Settled, answerOffer, codecsOf, makeOffer, readDescription, takeAnswer, wishOf } from './negotiate';
import { forgetSounds, playMusic, playPrompts, playRecording } from './play-sounds';
import { openAnsweringLeg, openOfferingLeg } from './open-rtp-leg';

type Effect<Do> = Extract<MediaEffect, { do: Do }>;

export function runMediaEffect(media: MediaContext, effect: MediaEffect): void {
  switch (effect.do) {
    case 'open-answering-leg':
      return openAnsweringLeg(media, effect);
    case 'open-offering-leg':
      return openOfferingLeg(media, effect);
    case 'accept-offer':
    case 'take-reoffer':
    case 'offer-again':
    case 'set-answer':
      return negotiate(media, effect);
    case 'play':
    case 'stop-playing':
      forgetSounds(media, effect.leg);
      return tell(media, effect);
    case 'play-prompts':
      return playPrompts(media, effect);
    case 'play-recording':
      return playRecording(media, effect);
    case 'play-music':
      return playMusic(media, effect);
    case 'record':
      return record(media, effect);
    case 'pause-recording':
      return pauseRecording(media, effect);
    case 'stop-recording':
      return stopRecording(media, effect);
    case 'record-room':
      return recordRoom(media, effect);
    case 'close-leg':
      return closeLeg(media, effect);
    default:
      return tell(media, effect);
  }
}

/** Which codec the other end chose is known when its browser's answer is taken, which takes a moment. */
function negotiate(media: MediaContext, effect: Negotiating): void {
  const like = effect.do === 'accept-offer' ? effect.like : undefined;
  if (like === undefined || media.legs.get(like)?.over !== 'webrtc') return negotiateNow(media, effect);
  media.browsers.inTurn(like, async () => {
    try {
      negotiateNow(media, effect);
    } catch (error) {
      media.failed(errorOf(error));
      refuseOffer(media, effect.leg, 'engine-lost');
    }
  });
}

function negotiateNow(media: MediaContext, effect: Negotiating): void {
  if (media.legs.get(effect.leg)?.over === 'webrtc') return negotiateWithBrowser(media, effect);
  switch (effect.do) {
    case 'accept-offer':
      return acceptOffer(media, effect);
    case 'take-reoffer':
      return takeReoffer(media, effect);
    case 'offer-again':
      return offerAgain(media, effect);
    case 'set-answer':
      return setAnswer(media, effect);
    default:
      return assertNever(effect);
  }
}

function acceptOffer(media: MediaContext, effect: Effect<'accept-offer'>): void {
  const leg = media.legs.get(effect.leg);
  if (leg === undefined) return refuseOffer(media, effect.leg, 'engine-lost');
  // Accepted before (183, now 200): the same words again.
  if (leg.offer === undefined) return repeatAnswer(media, leg);
  const like = codecsOf(effect.like === undefined ? undefined : media.legs.get(effect.like));
  const answered = answerOffer(leg, leg.offer, like);
  if (!answered.ok) return refuseOffer(media, effect.leg, answered.problem);
  offerAccepted(media, answered.value);
}

function takeReoffer(media: MediaContext, effect: Effect<'take-reoffer'>): void {
  const leg = media.legs.get(effect.leg);
  if (leg === undefined) return refuseOffer(media, effect.leg, 'engine-lost');
  const offer = readDescription(effect.offer, media.ownPorts);
  if (!offer.ok) return refuseOffer(media, effect.leg, offer.problem);
  const answered = answerOffer(leg, offer.value, codecsOf(leg));
  if (!answered.ok) return refuseOffer(media, effect.leg, answered.problem);
  offerAccepted(media, answered.value);
}

function offerAccepted(media: MediaContext, { leg, far }: Settled): void {
  putLeg(media, leg);
  if (leg.described === undefined) return;
  media.post({ ...about(media, leg.id), type: 'offer-accepted', sdp: leg.described, far });
}

function repeatAnswer(media: MediaContext, leg: MediaLeg): void {
  if (leg.described === undefined || leg.far === undefined) return refuseOffer(media, leg.id, 'bad-description');
  media.post({ ...about(media, leg.id), type: 'offer-accepted', sdp: leg.described, far: wishOf(leg.far) });
}

function offerAgain(media: MediaContext, effect: Effect<'offer-again'>): void {
  const leg = media.legs.get(effect.leg);
  if (leg === undefined) return refuseOffer(media, effect.leg, 'engine-lost');
  const offering = makeOffer(leg, codecsOf(leg));
  putLeg(media, offering);
  if (offering.described === undefined) return;
  media.post({ ...about(media, leg.id), type: 'offer-made', sdp: offering.described });
}

function setAnswer(media: MediaContext, effect: Effect<'set-answer'>): void {
  const leg = media.legs.get(effect.leg);
  const taken = leg === undefined ? undefined : takeAnswer(leg, effect.answer, media.ownPorts);
  if (taken?.ok) {
    putLeg(media, taken.value.leg);
    media.post({ ...about(media, effect.leg), type: 'answer-set', far: taken.value.far });
    return;
  }
  const problem = taken?.problem ?? 'engine-lost';
  media.post({ ...about(media, effect.leg), type: 'answer-refused', problem });
}

/** Legs and recording are of one call, so of one worker. */
function record(media: MediaContext, effect: Effect<'record'>): void {
  const { call, customer, ours } = effect;
  const thread = threadOfRecording(media, call, [customer, ours]);
  thread?.post({ type: 'record', call, customer, ...(ours === undefined ? {} : { ours }) });
}

function recordRoom(media: MediaContext, { call, customer }: Effect<'record-room'>): void {
  threadOfRecording(media, call, [customer])?.post({ type: 'record-room', call, customer });
}

function threadOfRecording(media: MediaContext, call: CallId, legs: readonly (LegId | undefined)[]) {
  const threads = legs.map((leg) => (leg === undefined ? undefined : media.legs.get(leg)?.thread));
  const thread = media.recordings.get(call) ?? threads.find((one) => one !== undefined);
  if (thread !== undefined) media.recordings.set(call, thread);
  return thread;
}

function pauseRecording(media: MediaContext, { call }: Effect<'pause-recording'>): void {
  media.recordings.get(call)?.post({ type: 'pause-recording', call });
}

function stopRecording(media: MediaContext, effect: Effect<'stop-recording'>): void {
  media.recordings.get(effect.call)?.post({ type: 'stop-recording', call: effect.call });
  media.recordings.delete(effect.call);
}

function closeLeg(media: MediaContext, effect: Effect<'close-leg'>): void {
  forgetSounds(media, effect.leg);
  const leg = media.legs.get(effect.leg);
  if (leg !== undefined && leg.thread.post({ type: 'close', leg: leg.id })) {
    media.legs.put({ ...leg, state: 'closing' });
    return;
  }
  // Gone already, with its worker or before: its end is still answered, so that nobody waits for it.
  dropLeg(media, effect.leg);
  const quality = { packetsReceived: 0, packetsSent: 0, receivedLossRatio: 0, receivedJitterMs: 0 };
  media.post({ ...about(media, effect.leg), type: 'leg-closed', quality });
}

function tell(media: MediaContext, effect: ForEngine): void {
  media.legs.get('a' in effect ? effect.a : effect.leg)?.thread.post(messageOf(effect));
}

function refuseOffer(media: MediaContext, leg: LegId, problem: MediaProblem): void {
  media.post({ ...about(media, leg), type: 'offer-refused', problem });
}

function about(media: MediaContext, leg: LegId) {
  return { from: 'media', at: media.now(), call: callOfLeg(leg), leg } as const;
}
