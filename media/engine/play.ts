/**
 * Plays tones to legs and paces what we make ourselves: one beat of 20 ms for all legs that hear a tone or are sent a
 * digit, and none while there are none. Each tone is made once a country and codec, as a loop.
 */
import type { Cancel, EngineClock } from './clock';
import { aLawOf, muLawOf } from './codec/g711';
import { type Leg, kind } from './leg';
import type { Tone } from './messages';
import { packetSamples } from './out-stream';
import { type ToneShape, toneShapeOf } from './tones';

const beatMs = 20;
const samplesPerMs = 8;

/** One cadence of a tone in both laws. */
interface Loop {
  readonly pcma: Uint8Array;
  readonly pcmu: Uint8Array;
}

/** What a leg hears now. */
export interface Player {
  readonly loop: Loop;
  position: number;
}

export class Pacer {
  private readonly clock: EngineClock;
  private readonly legs = new Set<Leg>();
  private readonly loops = new Map<string, Loop>();
  private readonly failed: (leg: Leg, error: unknown) => void;
  private cancel: Cancel | undefined;

  /** @param failed is told of a leg that cannot be sent to: the others hear on */
  constructor(clock: EngineClock, failed: (leg: Leg, error: unknown) => void) {
    this.clock = clock;
    this.failed = failed;
  }

  play(leg: Leg, tone: Tone, country: string): void {
    leg.player = { loop: this.loopOf(tone, country), position: 0 };
    leg.out.changeSource();
    this.wake(leg);
  }

  stopPlaying(leg: Leg): void {
    if (leg.player !== undefined) leg.out.changeSource();
    leg.player = undefined;
  }

  /** The leg has something to send at each beat from now on. */
  wake(leg: Leg): void {
    this.legs.add(leg);
    this.cancel ??= this.clock.every(beatMs, () => this.beat());
  }

  /** The leg is gone. */
  forget(leg: Leg): void {
    this.legs.delete(leg);
    this.rest();
  }

  private beat(): void {
    for (const leg of this.legs) {
      try {
        this.beatOf(leg);
      } catch (error) {
        this.legs.delete(leg);
        this.failed(leg, error);
      }
    }
    this.rest();
  }

  private beatOf(leg: Leg): void {
    const isSendingDigits = leg.digitsOut.beat(leg.out);
    if (!isSendingDigits && leg.player !== undefined) sendTone(leg, leg.player);
    else if (leg.player !== undefined) advance(leg.player);
    if (!isSendingDigits && leg.player === undefined) this.legs.delete(leg);
  }

  private rest(): void {
    if (this.legs.size > 0) return;
    this.cancel?.();
    this.cancel = undefined;
  }

  private loopOf(tone: Tone, country: string): Loop {
    const shape = toneShapeOf(tone, country);
    const key = JSON.stringify(shape);
    const known = this.loops.get(key);
    if (known !== undefined) return known;
    const wave = waveOf(shape);
    const loop = { pcma: Uint8Array.from(wave, aLawOf), pcmu: Uint8Array.from(wave, muLawOf) };
    this.loops.set(key, loop);
    return loop;
  }
}

function sendTone(leg: Leg, player: Player): void {
  const audio = leg.outKind === kind.pcmu ? player.loop.pcmu : player.loop.pcma;
  const from = player.position;
  advance(player);
  if (leg.out.port !== 0) leg.out.sendOwn(audio.subarray(from, from + packetSamples));
}

function advance(player: Player): void {
  player.position = (player.position + packetSamples) % player.loop.pcma.length;
}

/** One cadence as linear samples, repeated until it is a whole number of packets. */
export function waveOf(shape: ToneShape): Int16Array {
  const once = shape.cadenceMs.reduce((sum, ms) => sum + ms * samplesPerMs, 0);
  let samples = once;
  while (samples % packetSamples !== 0) samples += once;
  const peak = 32767 * 10 ** (shape.levelDbfs / 20);
  return Int16Array.from({ length: samples }, (_, i) =>
    isSounding(shape.cadenceMs, i % once)
      ? shape.hz.reduce((sum, hz) => sum + peak * Math.sin((2 * Math.PI * hz * (i % once)) / 8000), 0)
      : 0,
  );
}

function isSounding(cadenceMs: readonly number[], sample: number): boolean {
  let end = 0;
  for (let i = 0; i < cadenceMs.length; i++) {
    end += (cadenceMs[i] ?? 0) * samplesPerMs;
    if (sample < end) return i % 2 === 0;
  }
  return false;
}
