/** Sends 20 ms of ours to the far end of a leg, in what it is spoken to. */
import { muLawOfALaw } from './codec/g711';
import { type Leg, kind } from './leg';
import { packetSamples } from './out-stream';

/** The stream copies what it is given, so one frame serves all. */
const muLaw = new Uint8Array(packetSamples);

export function sendALaw(leg: Leg, frame: Uint8Array): void {
  if (leg.out.port === 0) return;
  if (leg.outKind !== kind.pcmu) {
    leg.out.sendOwn(frame);
    return;
  }
  for (let i = 0; i < packetSamples; i++) muLaw[i] = muLawOfALaw[frame[i] ?? 0] ?? 0;
  leg.out.sendOwn(muLaw);
}
