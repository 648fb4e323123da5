/**
 * G.711 (ITU-T G.711): tables between A-law, µ-law and 16 bit linear samples, made once at start. The direct tables
 * A↔µ take each code to the nearest one of the other law. Bytes are as on the wire (RFC 3551 section 4.5.14).
 */

/** A-law code of silence. */
export const aLawSilence = 0xd5;
export const muLawSilence = 0xff;

export const linearOfALaw = Int16Array.from({ length: 256 }, (_, code) => aLawToLinear(code));
export const linearOfMuLaw = Int16Array.from({ length: 256 }, (_, code) => muLawToLinear(code));
export const muLawOfALaw = Uint8Array.from(linearOfALaw, muLawOf);
export const aLawOfMuLaw = Uint8Array.from(linearOfMuLaw, aLawOf);

/** The same codes by table, for the mixer: A-law has 12 bits and its sign, µ-law is told apart by 14. */
const aLawTable = Uint8Array.from({ length: 4096 }, (_, i) => aLawOf((i - 2048) << 4));
const muLawTable = Uint8Array.from({ length: 16_384 }, (_, i) => muLawOf((i - 8192) << 2));

/** A-law code of a 16 bit sample. */
export function aLawOfLinear(sample: number): number {
  return aLawTable[(sample >> 4) + 2048] ?? aLawSilence;
}

/** µ-law code of a 16 bit sample. */
export function muLawOfLinear(sample: number): number {
  return muLawTable[(sample >> 2) + 8192] ?? muLawSilence;
}

/** Nearest A-law code of a 16 bit sample. */
export function aLawOf(sample: number): number {
  // A negative sample is folded so that -1 and 0 are the two smallest codes of their halves.
  let magnitude = (sample < 0 ? -sample - 1 : sample) >> 4;
  if (magnitude > 2047) magnitude = 2047;
  let segment = 0;
  while (segment < 7 && magnitude >> segment > 31) segment++;
  // Segments 0 and 1 share one step, so the first counts from its own half.
  const code = magnitude < 32 ? magnitude : ((segment + 1) << 4) | ((magnitude >> segment) & 0x0f);
  return (code | (sample < 0 ? 0 : 0x80)) ^ 0x55;
}

/** Nearest µ-law code of a 16 bit sample. */
export function muLawOf(sample: number): number {
  const biased = Math.min(Math.abs(sample), 32635) + 132;
  let segment = 7;
  while (segment > 0 && biased >> (segment + 7) === 0) segment--;
  const code = (segment << 4) | ((biased >> (segment + 3)) & 0x0f);
  return (code | (sample < 0 ? 0x80 : 0)) ^ 0xff;
}

function aLawToLinear(wire: number): number {
  const code = wire ^ 0x55;
  const segment = (code >> 4) & 7;
  const step = code & 0x0f;
  const magnitude = segment === 0 ? step * 16 + 8 : (step * 16 + 264) << (segment - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

function muLawToLinear(wire: number): number {
  const code = wire ^ 0xff;
  const magnitude = (((code & 0x0f) * 8 + 132) << ((code >> 4) & 7)) - 132;
  return code & 0x80 ? -magnitude : magnitude;
}
