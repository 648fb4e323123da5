/**
 * Hears keys as tones (ITU-T Q.23, limits of Q.24), for far ends that do not send telephone-event: 40 ms are enough,
 * breaks of 10 ms do not divide, speech is no key. Blocks of 102 samples (12.75 ms) are measured at the eight
 * frequencies by Goertzel's algorithm; two in a row that agree, also in phase, are a key.
 */
import { type Heard, type Press, eventOf } from './dtmf';

const rowsHz = [697, 770, 852, 941];
const columnsHz = [1209, 1336, 1477, 1633];
const keys = ['123A', '456B', '789C', '*0#D'];
export const blockSamples = 102;
const sampleRateHz = 8000;
const blockMs = (blockSamples * 1000) / sampleRateHz;
/** Amplitude of a frequency at -30 dBm0, where full scale is +3.14 dBm0 (G.711): Q.24 asks for -25 at least. */
const amplitudeMin = 720;
const powerMin = ((amplitudeMin * blockSamples) / 2) ** 2;
/** Energy of a block that holds two such frequencies. */
const energyMin = amplitudeMin ** 2 * blockSamples;
/** The low one may be 8 dB louder, the high one 4 dB, and a little more for what a block cuts off. */
const lowerLouderMax = 10 ** 0.9;
const higherLouderMax = 10 ** 0.55;
/** Louder than the others of its group by so much. */
const apartMin = 10 ** 0.75;
/** Share of all energy that the two have. */
const shareMin = 0.7;
/** The same for a key that is down: a break within the block takes its part. */
const shareOfKnownMin = 0.4;
/** Off by more than 2.5 % is no key: 1.5 % must be taken and 3.5 % must not. */
const offRatioMax = 0.025;
/** Blocks without the key that end it: a break of 10 ms spoils two at the most in part. */
const missesMax = 2;
const eventTimeoutMs = 200;

interface Tuned {
  readonly coefficient: number;
  readonly cos: number;
  readonly sin: number;
  /** Turn of its phase in a block. */
  readonly turn: number;
  /** Beyond it the turn says another frequency. */
  readonly turnOffMax: number;
}

interface Measured {
  readonly index: number;
  readonly power: number;
  readonly phase: number;
}

interface Hit {
  readonly event: number;
  readonly low: Measured;
  readonly high: Measured;
}

const tuned = [...rowsHz, ...columnsHz].map((hz): Tuned => {
  const omega = (2 * Math.PI * hz) / sampleRateHz;
  return {
    coefficient: 2 * Math.cos(omega),
    cos: Math.cos(omega),
    sin: Math.sin(omega),
    turn: omega * blockSamples,
    turnOffMax: omega * blockSamples * offRatioMax,
  };
});

export class ToneDigits {
  private readonly block = new Int16Array(blockSamples);
  private filled = 0;
  private former: Hit | undefined;
  private down: { readonly press: Press; blocks: number; misses: number } | undefined;
  private heardAtMs = 0;

  /** A packet of G.711 from `start` to `end`, by the table of its law. */
  receive(
    packet: Uint8Array,
    audio: { start: number; end: number },
    table: Int16Array,
    nowMs: number,
  ): readonly Heard[] {
    this.heardAtMs = nowMs;
    let told: Heard[] | undefined;
    for (let i = audio.start; i < audio.end; i++) {
      this.block[this.filled++] = table[packet[i] ?? 0] ?? 0;
      if (this.filled < blockSamples) continue;
      this.filled = 0;
      const one = this.take();
      if (one !== undefined) (told ??= []).push(one);
    }
    return told ?? none;
  }

  /** Ends a key when no audio comes any more. */
  look(nowMs: number): readonly Heard[] {
    if (this.down === undefined || nowMs - this.heardAtMs < eventTimeoutMs) return none;
    this.former = undefined;
    return [this.release(this.down)];
  }

  private take(): Heard | undefined {
    const { former, down } = this;
    const hit = hitIn(this.block, down === undefined ? shareMin : shareOfKnownMin);
    this.former = hit;
    if (down !== undefined) {
      const isStill = hit?.event === down.press.event;
      down.blocks += isStill ? 1 + down.misses : 0;
      down.misses = isStill ? 0 : down.misses + 1;
      return down.misses >= missesMax ? this.release(down) : undefined;
    }
    if (hit === undefined || former?.event !== hit.event || !isInStep(former, hit)) return undefined;
    const press = { event: hit.event, volume: volumeOf(hit) };
    this.down = { press, blocks: 2, misses: 0 };
    return { type: 'began', press };
  }

  private release({ press, blocks }: { press: Press; blocks: number }): Heard {
    this.down = undefined;
    return { type: 'ended', press, durationMs: Math.round(blocks * blockMs) };
  }
}

const none: readonly Heard[] = [];

function hitIn(block: Int16Array, share: number): Hit | undefined {
  let energy = 0;
  for (const sample of block) energy += sample * sample;
  if (energy < energyMin) return undefined;
  const low = loudest(block, 0);
  const high = low && loudest(block, rowsHz.length);
  if (low === undefined || high === undefined) return undefined;
  if (low.power > high.power * lowerLouderMax || high.power > low.power * higherLouderMax) return undefined;
  if ((low.power + high.power) * 2 < share * energy * blockSamples) return undefined;
  const event = eventOf(keys[low.index]?.charAt(high.index - rowsHz.length) ?? '');
  return event === undefined ? undefined : { event, low, high };
}

/** The frequency of a group that stands out; undefined: none does. */
function loudest(block: Int16Array, first: number): Measured | undefined {
  let best: Measured | undefined;
  let second = 0;
  for (let index = first; index < first + rowsHz.length; index++) {
    const one = measured(block, index);
    if (best === undefined || one.power > best.power) {
      second = best?.power ?? 0;
      best = one;
    } else second = Math.max(second, one.power);
  }
  return best !== undefined && best.power >= powerMin && best.power > second * apartMin ? best : undefined;
}

function measured(block: Int16Array, index: number): Measured {
  const { coefficient, cos, sin } = tuned[index] ?? { coefficient: 0, cos: 0, sin: 0 };
  let before = 0;
  let last = 0;
  for (let i = 0; i < blockSamples; i++) {
    const next = (block[i] ?? 0) + coefficient * last - before;
    before = last;
    last = next;
  }
  const real = last - before * cos;
  const imaginary = before * sin;
  return { index, power: real * real + imaginary * imaginary, phase: Math.atan2(imaginary, real) };
}

/** The phase turned between two blocks as a tone of this frequency turns it. */
function isInStep(former: Hit, hit: Hit): boolean {
  return isSteady(former.low, hit.low) && isSteady(former.high, hit.high);
}

function isSteady(one: Measured, other: Measured): boolean {
  const { turn, turnOffMax } = tuned[one.index] ?? { turn: 0, turnOffMax: 0 };
  if (turnOffMax >= Math.PI) return true;
  const off = other.phase - one.phase - turn;
  return Math.abs(off - 2 * Math.PI * Math.round(off / (2 * Math.PI))) <= turnOffMax;
}

/** In -dBm0, 0 to 63, of the louder of the two. */
function volumeOf({ low, high }: Hit): number {
  const amplitude = (2 * Math.sqrt(Math.max(low.power, high.power))) / blockSamples;
  return Math.min(63, Math.max(0, Math.round(-20 * Math.log10(amplitude / 32_768) - 3.14)));
}
