/**
 * Two legs joined: what one says the other hears. Audio passes untouched where both speak the same law, else through a
 * table; digits end at one leg and are made anew at the other (RFC 4733).
 */
import { aLawOfMuLaw, linearOfALaw, linearOfMuLaw, muLawOfALaw } from './codec/g711';
import type { Heard } from './dtmf';
import type { Leg } from './leg';
import { kind } from './kinds';
import { readU32 } from './out-stream';
import type { Pacer } from './play';

/** Joins two legs; whoever was joined to either is not any more. */
export function join(a: Leg, b: Leg): void {
  if (a.peer === b && b.peer === a) return;
  leave(a);
  leave(b);
  a.peer = b;
  b.peer = a;
  a.out.changeSource();
  b.out.changeSource();
}

/** Ends the join of a leg, if there is one. A key that is down comes up for the far end: nobody would tell it later. */
export function leave(leg: Leg): void {
  const peer = leg.peer;
  if (peer === undefined) return;
  leg.digitsOut.release(0);
  peer.digitsOut.release(0);
  leg.peer = undefined;
  if (peer.peer === leg) peer.peer = undefined;
}

/** A packet of the other leg goes out to `to`. Its first bytes up to the payload are free to be written over. */
export function forwardAudio(to: Leg, packet: Buffer, start: number, end: number, law: number, ssrc: number): void {
  const out = to.out;
  if (out.port === 0) return;
  if (to.player !== undefined || to.digitsOut.isBusy) {
    to.transcoder?.rest();
    out.skip();
    return;
  }
  if (law !== to.outKind) {
    if (to.outKind > kind.pcma) return handLinear(to, packet, { start, end, law, ssrc });
    const table = law === kind.pcmu ? aLawOfMuLaw : muLawOfALaw;
    for (let i = start; i < end; i++) packet[i] = table[packet[i] ?? 0] ?? 0;
  }
  out.relay(packet, start, end, ssrc);
}

/** G.711 to a leg that speaks neither law. */
function handLinear(to: Leg, packet: Buffer, audio: { start: number; end: number; law: number; ssrc: number }): void {
  const table = audio.law === kind.pcmu ? linearOfMuLaw : linearOfALaw;
  const length = Math.min(audio.end - audio.start, linear.length);
  for (let i = 0; i < length; i++) linear[i] = table[packet[audio.start + i] ?? 0] ?? 0;
  const timestamp = readU32(packet, 4);
  to.transcodes().write(to, { samples: linear, length, isWide: false, timestamp, ssrc: audio.ssrc, ticksPerMs: 8 });
}

const linear = new Int16Array(2048);

/** Keys went down and up at the other leg. */
export function forwardDigits(to: Leg | undefined, heard: readonly Heard[], pacer: Pacer): void {
  if (to === undefined) return;
  for (const one of heard) {
    if (one.type === 'began') to.digitsOut.press(one.press);
    else to.digitsOut.release(one.durationMs);
  }
  if (to.digitsOut.isBusy) pacer.wake(to);
}
