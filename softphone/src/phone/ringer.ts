/**
 * What the page itself lets sound: its ringing tone, the knock of a second call, the ringback of ITU-T E.180 (425 Hz). Made here, no file
 * is loaded. It rings on the speaker chosen for ringing; the rest is heard where voices are.
 */
import { every } from '../clock';
import { audioChoice } from './audio-choice';
import { audioContext } from './audio-context';
import type { PhoneSound } from './phone-state';
import { soundPermission } from './sound-permission';

interface Burst {
  readonly hertz: readonly number[];
  /** Seconds. */
  readonly from: number;
  readonly length: number;
}
interface Tone {
  readonly bursts: readonly Burst[];
  readonly everyMs: number;
  /** 0 to 1. */
  readonly loudness: number;
}

const tones: Readonly<Record<Exclude<PhoneSound, 'silence'>, Tone>> = {
  ringing: {
    bursts: [0, 0.45].map((from) => ({ hertz: [660, 880], from, length: 0.35 })),
    everyMs: 3_000,
    loudness: 0.22,
  },
  'call-waiting': { bursts: [{ hertz: [440], from: 0, length: 0.15 }], everyMs: 4_000, loudness: 0.06 },
  ringback: { bursts: [{ hertz: [425], from: 0, length: 1 }], everyMs: 5_000, loudness: 0.08 },
};
const edgeS = 0.015;

export class Ringer {
  private sounds: PhoneSound = 'silence';
  private stopSound = (): void => undefined;

  play(sound: PhoneSound): void {
    if (sound === this.sounds) return;
    this.stopSound();
    this.sounds = sound;
    if (sound !== 'silence') this.stopSound = start(tones[sound], sound === 'ringing' ? 'ringer' : 'speaker');
  }
}

/** The answer ends it at once. */
export function start(tone: Tone, on: 'ringer' | 'speaker'): () => void {
  const context = audioContext();
  const outlet = context.createMediaStreamDestination();
  const element = new Audio();
  element.srcObject = outlet.stream;
  const sink = audioChoice()[on];
  const placed = sink !== '' && 'setSinkId' in element ? element.setSinkId(sink) : Promise.resolve();
  // A speaker that is not there any more: the system's rings.
  void placed.catch(() => undefined).then(() => soundPermission.play(element));
  const sound = (): void => tone.bursts.forEach((burst) => play(outlet, burst, tone.loudness));
  sound();
  // While it may not sound its time stands still: all rings would be heard at once when it may.
  const stop = every(tone.everyMs, () => (context.state === 'running' ? sound() : undefined));
  return () => {
    stop();
    element.pause();
    element.srcObject = null;
    soundPermission.forget(element);
    outlet.disconnect();
  };
}

function play(outlet: MediaStreamAudioDestinationNode, { hertz, from, length }: Burst, loudness: number): void {
  const { context } = outlet;
  const begin = context.currentTime + from;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(loudness / hertz.length, begin + edgeS);
  gain.gain.setValueAtTime(loudness / hertz.length, begin + length - edgeS);
  gain.gain.linearRampToValueAtTime(0, begin + length);
  gain.connect(outlet);
  for (const frequency of hertz) {
    const source = context.createOscillator();
    source.frequency.value = frequency;
    source.connect(gain);
    source.start(begin);
    source.stop(begin + length);
  }
}

/** For trying a speaker: once. */
export const testTone: Tone = {
  bursts: [{ hertz: [523, 659], from: 0.05, length: 1 }],
  everyMs: 60_000,
  loudness: 0.2,
};
