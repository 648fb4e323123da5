/**
 * G.711 (ITU-T) by the formula of its segments, written apart from the engine's tables so that tests check one against
 * the other. Linear samples are 16 bit signed.
 */

/** One linear sample to A-law, even bits inverted as on the wire. */
export function toALaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32767) >> 4;
  const exponent = magnitude < 32 ? (magnitude < 16 ? 0 : 1) : Math.floor(Math.log2(magnitude)) - 3;
  const mantissa = exponent < 2 ? magnitude & 0x0f : (magnitude >> (exponent - 1)) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}

/** A-law to a linear sample in the middle of its step. */
export function fromALaw(byte: number): number {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 7;
  const mantissa = code & 0x0f;
  const magnitude = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 264) << (exponent - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

/** One linear sample to µ-law, all bits inverted as on the wire. */
export function toMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32635) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

/** µ-law to a linear sample in the middle of its step. */
export function fromMuLaw(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = (((code & 0x0f) << 3) + 132) * 2 ** ((code >> 4) & 7) - 132;
  return code & 0x80 ? -magnitude : magnitude;
}

/** A whole buffer of A-law or µ-law as linear samples. */
export function linearOf(law: 'PCMA' | 'PCMU', bytes: Uint8Array): Int16Array {
  return Int16Array.from(bytes, law === 'PCMA' ? fromALaw : fromMuLaw);
}
