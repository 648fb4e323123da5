/**
 * The marker at the head of each payload: which call and side sent it, its sequence number and when. One nibble a byte, each
 * the middle of one G.711 segment (ITU-T G.711, tables 1 and 2): sign and segment stay what they are when A-law becomes
 * µ-law, or back, so the marker is still read after a conversion by table.
 */

/** Call 5 nibbles, side 1, counted 1, sequence 5, time 8, check 2. */
export const markerBytes = 22;

export interface Marker {
  /** 0 to 99,999. */
  readonly call: number;
  /** 0 the caller, 1 the callee. */
  readonly side: number;
  /** Whether the packet belongs to the measured window. */
  readonly counted: number;
  /** Of the leg, from 0; 20 bits. */
  readonly sequence: number;
  /** Microseconds, 32 bits. */
  readonly sentUs: number;
}

/** Within a segment: the mantissa whose level lies in the same segment of the other law. */
const mantissa = { PCMU: 11, PCMA: 4 } as const;
const positive = 0x80;

export type Law = keyof typeof mantissa;

const codeOf = (law: Law, nibble: number): number =>
  law === 'PCMU' ? ~((nibble << 4) | mantissa.PCMU) & 0xff : (((nibble << 4) | mantissa.PCMA) ^ positive ^ 0x55) & 0xff;

const codes: Readonly<Record<Law, Uint8Array>> = {
  PCMU: Uint8Array.from({ length: 16 }, (_, nibble) => codeOf('PCMU', nibble)),
  PCMA: Uint8Array.from({ length: 16 }, (_, nibble) => codeOf('PCMA', nibble)),
};
const nibbles: Readonly<Record<Law, Uint8Array>> = {
  PCMU: Uint8Array.from({ length: 256 }, (_, code) => (~code & 0xff) >> 4),
  PCMA: Uint8Array.from({ length: 256 }, (_, code) => ((code ^ 0x55 ^ positive) & 0xff) >> 4),
};

export function writeMarker(packet: Uint8Array, at: number, law: Law, marker: Marker): void {
  const table = codes[law];
  const { call, side, counted, sequence, sentUs } = marker;
  put(packet, at, 5, call, table);
  put(packet, at + 5, 1, side, table);
  put(packet, at + 6, 1, counted, table);
  put(packet, at + 7, 5, sequence, table);
  put(packet, at + 12, 8, sentUs, table);
  put(packet, at + 20, 2, checkOf(marker), table);
}

/** Undefined: the payload is not ours (silence, comfort noise, music, or audio that was mixed). */
export function readMarker(packet: Uint8Array, at: number, law: Law): Marker | undefined {
  if (packet.length < at + markerBytes) return undefined;
  const table = nibbles[law];
  const marker = {
    call: take(packet, at, 5, table),
    side: take(packet, at + 5, 1, table),
    counted: take(packet, at + 6, 1, table),
    sequence: take(packet, at + 7, 5, table),
    sentUs: take(packet, at + 12, 8, table),
  };
  return take(packet, at + 20, 2, table) === checkOf(marker) ? marker : undefined;
}

function put(packet: Uint8Array, at: number, count: number, value: number, table: Uint8Array): void {
  for (let i = at + count - 1, rest = value; i >= at; i--, rest >>>= 4) packet[i] = table[rest & 15] ?? 0;
}

function take(packet: Uint8Array, at: number, count: number, table: Uint8Array): number {
  let value = 0;
  for (let i = at; i < at + count; i++) value = ((value << 4) | (table[packet[i] ?? 0] ?? 0)) >>> 0;
  return value;
}

function checkOf({ call, side, counted, sequence, sentUs }: Marker): number {
  let mixed = Math.imul(call ^ (side << 20) ^ (counted << 21), 0x9e3779b1) ^ Math.imul(sequence + 1, 0x85ebca6b);
  mixed ^= Math.imul(sentUs ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) & 0xff;
}
