/**
 * What a leg hears from us. A source gives A-law, 20 ms at a time; the pacer takes it at each beat (play.ts). Here: sounds
 * in memory, one behind the other without a gap, once or again and again. From a file: recorded-sound.ts.
 */
import { aLawSilence } from './codec/g711';

export interface SoundSource {
  /** Everything was taken. */
  readonly isOver: boolean;
  /** False: a part of it was not to be had. */
  readonly isWhole: boolean;
  /** Writes what comes next over the whole of `frame`; what is not there is silence. */
  readonly fill: (frame: Uint8Array) => void;
  /** Nobody listens any more. */
  readonly close: () => void;
}

export interface Player {
  readonly source: SoundSource;
  /** A prompt, whose end is told. */
  readonly prompt?: PromptRun;
  /** Silence after a prompt, until somebody is there to be heard. */
  readonly isFiller?: true;
}

export interface PromptRun {
  readonly tag: string;
  /** The first key that goes down ends it. */
  readonly untilDigit: boolean;
  /** Begins when it ends. */
  readonly behind?: SoundSource;
}

export type Repeats = 'once' | 'endless';

export class Sounds implements SoundSource {
  readonly isWhole: boolean;
  private readonly sounds: readonly Uint8Array[];
  private readonly repeats: Repeats;
  private readonly isEmpty: boolean;
  private sound = 0;
  private position = 0;

  constructor(sounds: readonly Uint8Array[], repeats: Repeats, isWhole = true) {
    this.sounds = sounds;
    this.repeats = repeats;
    this.isWhole = isWhole;
    this.isEmpty = sounds.every((sound) => sound.length === 0);
  }

  get isOver(): boolean {
    return this.isEmpty || (this.repeats === 'once' && this.sound >= this.sounds.length);
  }

  fill(frame: Uint8Array): void {
    for (let at = 0; at < frame.length; ) {
      const sound = this.isOver ? undefined : this.sounds[this.sound];
      if (sound === undefined) {
        frame.fill(aLawSilence, at);
        return;
      }
      const length = Math.min(frame.length - at, sound.length - this.position);
      frame.set(sound.subarray(this.position, this.position + length), at);
      at += length;
      this.move(sound, length);
    }
  }

  /** Memory that others hear too: nothing to give back. */
  close(): void {}

  private move(sound: Uint8Array, samples: number): void {
    this.position += samples;
    if (this.position < sound.length) return;
    this.position = 0;
    this.sound++;
    if (this.repeats === 'endless') this.sound %= this.sounds.length;
  }
}
