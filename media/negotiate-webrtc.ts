/**
 * Offer and answer of a leg towards a browser. What is agreed is decided by negotiate.ts, as for phones; here mediasoup's
 * half follows it, which takes a moment: each step waits for the one before on the same leg. Each outcome is an event.
 */
import type { types } from 'mediasoup';
import type { MediaProblem } from '../call-router/event';
import type { MediaEffect } from '../call-router/media-effect';
import { assertNever } from '../call-router/values/assert';
import { type LegId, callOfLeg } from '../call-router/values/ids';
import type { BrowserSide } from './browser-side';
import { describeAnswer, describeOffer, stream } from './describe-browser';
import { legLost } from './drop-leg';
import { errorOf } from './engine/thrown';
import { putLeg } from './leg-setting';
import type { MediaLeg } from './legs';
import type { MediaContext } from './media-context';
import { type Settled, answerOffer, codecsOf, readDescription, takeAnswer, wishOf } from './negotiate';
import { renewSide } from './open-webrtc-leg';

type Effect<Do> = Extract<MediaEffect, { do: Do }>;
export type Negotiating = Effect<'accept-offer' | 'take-reoffer' | 'offer-again' | 'set-answer'>;

/** People who talk would rather wait in silence than lose the call: a worker that dies again and again comes back late. */
const patienceMs = 15_000;

/** For a leg that is open towards a browser. */
export function negotiateWithBrowser(media: MediaContext, effect: Negotiating): void {
  media.browsers.inTurn(effect.leg, async () => {
    try {
      await carryOut(media, effect);
    } catch (error) {
      media.failed(errorOf(error));
      refuse(media, effect, 'engine-lost');
    }
  });
}

async function carryOut(media: MediaContext, effect: Negotiating): Promise<void> {
  const leg = media.legs.get(effect.leg);
  const side = media.browsers.get(effect.leg);
  if (leg?.state !== 'open' || side === undefined) return refuse(media, effect, 'engine-lost');
  switch (effect.do) {
    case 'accept-offer':
      return acceptOffer(media, { leg, side }, effect);
    case 'take-reoffer':
      return takeReoffer(media, { leg, side }, effect);
    case 'offer-again':
      return offer(media, { leg, side }, 'offer-made');
    case 'set-answer':
      return setAnswer(media, { leg, side }, effect);
    default:
      return assertNever(effect);
  }
}

interface Ends {
  readonly leg: MediaLeg;
  readonly side: BrowserSide;
}

async function acceptOffer(media: MediaContext, ends: Ends, effect: Effect<'accept-offer'>): Promise<void> {
  const { leg } = ends;
  // Accepted before (183, now 200): the same words again.
  if (leg.offer === undefined) {
    if (leg.described === undefined || leg.far === undefined) return refuse(media, effect, 'bad-description');
    media.post({
      ...about(media, leg.id),
      type: 'offer-accepted',
      sdp: leg.described,
      far: wishOf(leg.far),
    });
    return;
  }
  const like = codecsOf(effect.like === undefined ? undefined : media.legs.get(effect.like));
  const answered = answerOffer(leg, leg.offer, like);
  if (!answered.ok) return refuse(media, effect, answered.problem);
  await accept(media, ends, answered.value);
}

async function takeReoffer(media: MediaContext, ends: Ends, effect: Effect<'take-reoffer'>): Promise<void> {
  const offered = readDescription(effect.offer, media.ownPorts);
  if (!offered.ok) return refuse(media, effect, offered.problem);
  const answered = answerOffer(ends.leg, offered.value, codecsOf(ends.leg));
  if (!answered.ok) return refuse(media, effect, answered.problem);
  await accept(media, ends, answered.value);
}

async function accept(media: MediaContext, { leg, side: former }: Ends, { leg: agreed, far }: Settled): Promise<void> {
  const { webrtc } = agreed.far ?? {};
  const isAnother = webrtc !== undefined && former.isOfAnother(webrtc);
  const side = isAnother ? await renewSide(media, agreed, patienceMs) : former;
  if (side === undefined) throw new Error('no mediasoup worker for a browser that came back as another');
  if (webrtc !== undefined) await side.meet(webrtc, 'offered');
  const described = await describeAnswer(side, leg, agreed);
  if (!isOpen(media, leg.id) || described.described === undefined) return;
  putLeg(media, described);
  media.post({ ...about(media, leg.id), type: 'offer-accepted', sdp: described.described, far });
}

async function offer(media: MediaContext, { leg, side }: Ends, type: 'offer-made' | 'leg-remade'): Promise<void> {
  const offering = await describeOffer(side, leg, codecsOf(leg));
  if (!isOpen(media, leg.id) || offering.described === undefined) return;
  putLeg(media, offering);
  media.post({ ...about(media, leg.id), type, sdp: offering.described });
}

async function setAnswer(media: MediaContext, { leg, side }: Ends, effect: Effect<'set-answer'>): Promise<void> {
  const taken = takeAnswer(leg, effect.answer, media.ownPorts);
  if (!taken.ok) return refuse(media, effect, taken.problem);
  const { leg: agreed, far } = taken.value;
  if (agreed.far?.webrtc !== undefined) await side.meet(agreed.far.webrtc, 'answered');
  const source = await stream(side, agreed);
  if (!isOpen(media, leg.id)) return;
  putLeg(media, agreed);
  media.post({ ...about(media, leg.id), type: 'answer-set', far });
  // It chose another codec than our first, so what it hears has another source than we said: we say so.
  if (source?.ssrc !== leg.webrtc?.source?.ssrc) await offer(media, { leg: agreed, side }, 'leg-remade');
}

/** A worker died: its legs get another half, and their browsers a new offer. → leg-remade | leg-not-opened */
export function remakeLegs(media: MediaContext, worker: types.Worker): void {
  for (const id of media.browsers.onWorker(worker)) {
    media.browsers.inTurn(id, () => remake(media, id).catch((error: unknown) => lose(media, id, error)));
  }
}

async function remake(media: MediaContext, id: LegId): Promise<void> {
  const leg = media.legs.get(id);
  if (leg?.state !== 'open') return;
  const side = await renewSide(media, leg, patienceMs);
  if (side === undefined)
    return isOpen(media, id) ? lose(media, id, new Error('no mediasoup worker came back')) : undefined;
  if (leg.described !== undefined) return offer(media, { leg, side }, 'leg-remade');
  // Nothing was said to it yet.
  putLeg(media, { ...leg, relayPort: side.relayPort });
}

function lose(media: MediaContext, id: LegId, error: unknown): void {
  media.failed(errorOf(error));
  const leg = media.legs.get(id);
  if (leg === undefined) return;
  leg.thread.post({ type: 'close', leg: id });
  legLost(media, leg);
}

const isOpen = (media: MediaContext, id: LegId): boolean => media.legs.get(id)?.state === 'open';

function refuse(media: MediaContext, effect: Negotiating, problem: MediaProblem): void {
  const on = about(media, effect.leg);
  if (effect.do === 'set-answer') media.post({ ...on, type: 'answer-refused', problem });
  else media.post({ ...on, type: 'offer-refused', problem });
}

function about(media: MediaContext, leg: LegId) {
  return { from: 'media', at: media.now(), call: callOfLeg(leg), leg } as const;
}
