/** Opens a leg towards an RTP peer: a phone, a trunk, an office PBX. The engine's answer comes in receive-rtp-events.ts. */
import { randomInt } from 'node:crypto';
import type { MediaEffect } from '../call-router/media-effect';
import type { MediaProblem } from '../call-router/event';
import { type LegId, callOfLeg } from '../call-router/values/ids';
import { loopback } from './browser-side';
import { isWide, orderedBy } from './codecs';
import type { MediaLeg } from './legs';
import { codecsOf, makeOffer, readOffer } from './negotiate';
import { putLeg } from './leg-setting';
import { openBrowserLeg } from './open-webrtc-leg';
import type { MediaContext } from './media-context';

type Opening<Do> = Extract<MediaEffect, { do: Do }>;

/** A leg whose far end has offered. → leg-opened | leg-not-opened */
export function openAnsweringLeg(media: MediaContext, effect: Opening<'open-answering-leg'>): void {
  const offer = readOffer(effect.offer, effect.codecs, media.ownPorts);
  if (!offer.ok) return refuse(media, effect.leg, offer.problem);
  open(media, { ...newLeg(media, effect), ...offer.value });
}

/**
 * A leg where we offer, in the order of `like`; what is wide-band only if `like` may still come to it, or is there, so that
 * nothing is transcoded for its sake. → leg-opened with our offer | leg-not-opened
 */
export function openOfferingLeg(media: MediaContext, effect: Opening<'open-offering-leg'>): void {
  const like = effect.like === undefined ? undefined : media.legs.get(effect.like);
  const leg = { ...newLeg(media, effect), over: effect.over };
  const wide = like?.speaks === undefined ? codecsOf(like) : [like.speaks.codec];
  const offered = leg.codecs.filter((codec) => !isWide(codec) || wide.includes(codec));
  open(media, { ...leg, codecs: orderedBy(codecsOf(like), offered.length === 0 ? leg.codecs : offered) });
}

/** The engine has bound the leg's ports. A browser's is not open before mediasoup's half of it is there. */
export function legOpened(media: MediaContext, opening: MediaLeg, made: { rtpPort: number; ssrc: number }): void {
  if (opening.over === 'webrtc') return openBrowserLeg(media, { ...opening, ...made });
  const bound: MediaLeg = { ...opening, ...made, state: 'open' };
  const leg = bound.offer === undefined ? makeOffer(bound, bound.codecs) : bound;
  putLeg(media, leg);
  const sdp = leg.offer === undefined && leg.described !== undefined ? { sdp: leg.described } : {};
  media.post({ from: 'media', type: 'leg-opened', at: media.now(), call: leg.call, leg: leg.id, ...sdp });
}

function open(media: MediaContext, leg: MediaLeg): void {
  // mediasoup alone speaks with it, on this machine.
  const bindAddress =
    leg.over === 'webrtc' ? loopback : leg.host.includes(':') ? media.bindAddress6 : media.bindAddress;
  if (!leg.thread.post({ type: 'open', leg: leg.id, bindAddress })) return refuse(media, leg.id, 'engine-lost');
  media.legs.put(leg);
}

function newLeg(media: MediaContext, effect: Opening<'open-answering-leg' | 'open-offering-leg'>): MediaLeg {
  const call = callOfLeg(effect.leg);
  return {
    id: effect.leg,
    call,
    thread: media.legs.threadOfCall(call) ?? media.threadForNewCall(),
    state: 'opening',
    towards: effect.towards,
    host: media.addressTowards(effect.towards),
    codecs: effect.codecs,
    over: 'rtp',
    rtpPort: 0,
    ssrc: 0,
    lines: [],
    audioLine: 0,
    sessionId: randomInt(1, 2 ** 47),
    version: 1,
  };
}

function refuse(media: MediaContext, leg: LegId, problem: MediaProblem): void {
  media.post({ from: 'media', type: 'leg-not-opened', at: media.now(), call: callOfLeg(leg), leg, problem });
}
