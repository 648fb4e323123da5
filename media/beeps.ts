/** The few sounds that are made, not spoken: the beep before a message, and what a room and a supervisor announce with. */
import { aLawOf } from './engine/codec/g711';

/** Notes one behind the other: Hz and ms. */
type Notes = readonly (readonly [hz: number, ms: number])[];

const beeps: Readonly<Record<string, Notes>> = {
  beep: [[440, 250]],
  'join-tone': [
    [440, 120],
    [660, 160],
  ],
  'leave-tone': [
    [660, 120],
    [440, 160],
  ],
  'whisper-tone': [[880, 80]],
};
const samplesPerMs = 8;
const peak = 32767 * 10 ** (-12 / 20);
/** Each note swells and fades, so that it does not click. */
const fadeSamples = 5 * samplesPerMs;

/** A-law, 8 kHz; undefined for a name that is none of them. */
export function beepOf(name: string): Uint8Array | undefined {
  const notes = Object.hasOwn(beeps, name) ? beeps[name] : undefined;
  return notes && Uint8Array.from(notes.flatMap(([hz, ms]) => noteOf(hz, ms * samplesPerMs)));
}

function noteOf(hz: number, samples: number): number[] {
  return Array.from({ length: samples }, (_, i) => {
    const swell = Math.min(1, i / fadeSamples, (samples - i) / fadeSamples);
    return aLawOf(Math.round(peak * swell * Math.sin((2 * Math.PI * hz * i) / 8000)));
  });
}
