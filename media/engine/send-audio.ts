/**
 * Sends 20 ms of ours to the far end of a leg, in what it is spoken to: A-law that we play, or linear samples that were
 * mixed, which are encoded once for all legs that hear the same.
 */
import { aLawOfLinear, linearOfALaw, muLawOfALaw, muLawOfLinear } from './codec/g711';
import type { Leg } from './leg';
import { kind } from './kinds';
import { packetSamples } from './out-stream';

/** The stream copies what it is given, so one frame serves all. */
const muLaw = new Uint8Array(packetSamples);
const linear = new Int16Array(packetSamples);

export function sendALaw(leg: Leg, frame: Uint8Array): void {
  if (leg.out.port === 0) return;
  if (leg.outKind > kind.pcma) {
    for (let i = 0; i < packetSamples; i++) linear[i] = linearOfALaw[frame[i] ?? 0] ?? 0;
    leg.out.sendOwn(leg.wideVoice().encodeNarrow(linear));
    return;
  }
  if (leg.outKind === kind.pcma) {
    leg.out.sendOwn(frame);
    return;
  }
  for (let i = 0; i < packetSamples; i++) muLaw[i] = muLawOfALaw[frame[i] ?? 0] ?? 0;
  leg.out.sendOwn(muLaw);
}

/** 20 ms that several legs may hear. */
export class SharedFrame {
  readonly linear = new Int16Array(packetSamples);
  private readonly aLaw = new Uint8Array(packetSamples);
  private readonly muLaw = new Uint8Array(packetSamples);
  private hasALaw = false;
  private hasMuLaw = false;

  /** New samples will be written into what this gives. */
  begin(): Int16Array {
    this.hasALaw = false;
    this.hasMuLaw = false;
    return this.linear;
  }

  asALaw(): Uint8Array {
    if (!this.hasALaw) for (let i = 0; i < packetSamples; i++) this.aLaw[i] = aLawOfLinear(this.linear[i] ?? 0);
    this.hasALaw = true;
    return this.aLaw;
  }

  asMuLaw(): Uint8Array {
    if (!this.hasMuLaw) for (let i = 0; i < packetSamples; i++) this.muLaw[i] = muLawOfLinear(this.linear[i] ?? 0);
    this.hasMuLaw = true;
    return this.muLaw;
  }
}

export function sendLinear(leg: Leg, frame: SharedFrame): void {
  if (leg.outKind > kind.pcma) leg.out.sendOwn(leg.wideVoice().encodeNarrow(frame.linear));
  else leg.out.sendOwn(leg.outKind === kind.pcmu ? frame.asMuLaw() : frame.asALaw());
}
