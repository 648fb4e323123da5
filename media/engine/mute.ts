/**
 * A muted leg still sends, so that no far end takes a still line for a dead one: what it says becomes silence. G.711 is
 * written over where it lies; what has a codec with a memory is replaced by a packet of ours each time.
 */
import { aLawSilence, muLawSilence } from './codec/g711';
import { kind } from './kinds';
import type { Leg } from './leg';
import { packetSamples } from './out-stream';
import { sendALaw } from './send-audio';

const quiet = new Uint8Array(packetSamples).fill(aLawSilence);

/** The byte of a G.711 payload that says nothing. Keys sent as tones are not heard either: a tone is speech. */
export function silenceOf(law: number): number {
  return law === kind.pcmu ? muLawSilence : aLawSilence;
}

/** Instead of a packet of a muted leg the other leg gets 20 ms of silence, unless it hears something else now. */
export function sayNothing(peer: Leg | undefined): void {
  if (peer === undefined || peer.player !== undefined || peer.digitsOut.isBusy) return;
  sendALaw(peer, quiet);
}
