/**
 * Plays to legs and paces what we make ourselves: one beat of 20 ms for all legs that hear a tone, a prompt or music or
 * are sent a digit, and none while there are none. A leg that is played to does not hear the other leg or its room.
 */
import type { Cancel, EngineClock } from './clock';
import { aLawOf, aLawSilence } from './codec/g711';
import type { Leg } from './leg';
import type { FromEngine, PromptsHow, Tone } from './messages';
import { packetSamples } from './out-stream';
import { type Player, Sounds } from './player';
import { sendALaw } from './send-audio';
import { toneShapeOf, waveOf } from './tones';

const beatMs = 20;

export interface PacerTells {
  /** Of a leg that cannot be sent to: the others hear on. */
  readonly failed: (leg: Leg, error: unknown) => void;
  readonly post: (message: FromEngine) => void;
}

export class Pacer {
  private readonly clock: EngineClock;
  private readonly legs = new Set<Leg>();
  /** One cadence of each tone that was ever played. */
  private readonly loops = new Map<string, Uint8Array>();
  private readonly tells: PacerTells;
  private readonly frame = new Uint8Array(packetSamples);
  private cancel: Cancel | undefined;

  constructor(clock: EngineClock, tells: PacerTells) {
    this.clock = clock;
    this.tells = tells;
  }

  playTone(leg: Leg, tone: Tone, country: string): void {
    this.play(leg, { source: new Sounds([this.loopOf(tone, country)], 'endless') });
  }

  /** Takes the place of whatever plays; of a prompt that was replaced so nothing is told. */
  play(leg: Leg, player: Player): void {
    leg.player?.source.close();
    leg.player = player;
    leg.out.changeSource();
    this.wake(leg);
  }

  stopPlaying(leg: Leg): void {
    if (leg.player === undefined) return;
    leg.player.source.close();
    leg.player = undefined;
    leg.out.changeSource();
  }

  /** A key of its far end went down: a prompt that lasts until then is over. */
  cut(leg: Leg): void {
    if (leg.player?.prompt?.untilDigit) this.end(leg, leg.player, 'cut');
  }

  /** The leg has something to send at each beat from now on. */
  wake(leg: Leg): void {
    this.legs.add(leg);
    this.cancel ??= this.clock.every(beatMs, () => this.beat());
  }

  /** The leg is gone. */
  forget(leg: Leg): void {
    this.stopPlaying(leg);
    this.legs.delete(leg);
    this.rest();
  }

  private beat(): void {
    for (const leg of this.legs) {
      try {
        this.beatOf(leg);
      } catch (error) {
        this.legs.delete(leg);
        this.tells.failed(leg, error);
      }
    }
    this.rest();
  }

  private beatOf(leg: Leg): void {
    // What is played waits for a digit of ours, so that no word of it is lost.
    const isSendingDigits = leg.digitsOut.beat(leg.out);
    if (!isSendingDigits && leg.player !== undefined) this.soundOf(leg, leg.player);
    if (!isSendingDigits && leg.player === undefined) this.legs.delete(leg);
  }

  private soundOf(leg: Leg, player: Player): void {
    if (player.isFiller === true && !isAlone(leg)) return this.stopPlaying(leg);
    // Told a beat after its last packet went out: only then it was heard.
    if (player.source.isOver) this.end(leg, player, 'played');
    const now = leg.player?.source;
    if (now === undefined || now.isOver) return;
    now.fill(this.frame);
    sendALaw(leg, this.frame);
  }

  private end(leg: Leg, { source, prompt }: Player, how: PromptsHow): void {
    if (prompt?.behind !== undefined) this.play(leg, { source: prompt.behind });
    else if (prompt !== undefined && isAlone(leg)) this.play(leg, { source: silence(), isFiller: true });
    else this.stopPlaying(leg);
    if (prompt === undefined) return;
    const heard = how === 'played' && !source.isWhole ? 'not-there' : how;
    this.tells.post({ type: 'prompts-ended', leg: leg.id, tag: prompt.tag, how: heard });
  }

  private rest(): void {
    if (this.legs.size > 0) return;
    this.cancel?.();
    this.cancel = undefined;
  }

  private loopOf(tone: Tone, country: string): Uint8Array {
    const shape = toneShapeOf(tone, country);
    const key = JSON.stringify(shape);
    const known = this.loops.get(key);
    if (known !== undefined) return known;
    const loop = Uint8Array.from(waveOf(shape), aLawOf);
    this.loops.set(key, loop);
    return loop;
  }
}

/**
 * Nobody is joined to it, nor does it hear itself: who waits for a key or leaves a message still gets packets, or some
 * networks and phones hang up.
 */
const isAlone = ({ peer, room, echoes }: Leg): boolean => peer === undefined && room === '' && !echoes;

const silentSecond = new Uint8Array(8000).fill(aLawSilence);
const silence = (): Sounds => new Sounds([silentSecond], 'endless');
