/** The codecs we speak, and which one two ends have in common. Payload types are a leg's own (RFC 3264 section 5.1). */
import type { AudioCodec } from '../call-router/state/directory';

/** Keys; the second one counts at 48 kHz, as an Opus stream does. */
export type EventCodec = 'telephone-event' | 'telephone-event/48000';

/** One row of an RTP format list. */
export interface Payload {
  readonly payloadType: number;
  readonly codec: AudioCodec | EventCodec;
}

export interface AudioPayload extends Payload {
  readonly codec: AudioCodec;
}

/** Where we offer: those of RFC 3551 table 4, and what most phones use for what has none. */
export const ownPayloadTypes: Readonly<Record<Payload['codec'], number>> = {
  PCMU: 0,
  PCMA: 8,
  G722: 9,
  opus: 107,
  'telephone-event': 101,
  'telephone-event/48000': 102,
};

/** In a=rtpmap: G.722 says 8000 though it is 16 kHz (RFC 3551 section 4.5.2), Opus always 48000/2 (RFC 7587 section 7). */
export const encodings: Readonly<Record<Payload['codec'], string>> = {
  PCMU: 'PCMU/8000',
  PCMA: 'PCMA/8000',
  G722: 'G722/8000',
  opus: 'opus/48000/2',
  'telephone-event': 'telephone-event/8000',
  'telephone-event/48000': 'telephone-event/48000',
};

/** In a=fmtp: digits, star, hash and A to D, no hook flash and no tones; Opus may send what helps against loss. */
export const formatParameters: Readonly<Partial<Record<Payload['codec'], string>>> = {
  opus: 'useinbandfec=1',
  'telephone-event': '0-15',
  'telephone-event/48000': '0-15',
};

/** Reads the value of a=rtpmap behind the payload type; undefined for what we do not speak. */
export function codecOfRtpmap(encoding: string): Payload['codec'] | undefined {
  const plain = encoding.toUpperCase().replace(/^(PCMU|PCMA|G722|TELEPHONE-EVENT)(\/\d+)\/1$/, '$1$2');
  return byEncoding.get(plain);
}

export function codecOfStaticType(payloadType: number): AudioCodec | undefined {
  return staticTypes.get(payloadType);
}

/** The audio codecs of a format list that are allowed, in its order. */
export function commonAudio(theirs: readonly Payload[], allowed: readonly AudioCodec[]): readonly AudioPayload[] {
  return theirs.filter((payload): payload is AudioPayload => isAudio(payload) && allowed.includes(payload.codec));
}

export function isAudio(payload: Payload): payload is AudioPayload {
  return payload.codec !== 'telephone-event' && payload.codec !== 'telephone-event/48000';
}

/** More than the telephone's band: spoken only where both ends have it, or one has nothing else. */
export function isWide(codec: AudioCodec): boolean {
  return codec === 'G722' || codec === 'opus';
}

/** The keys that go with a codec: a stream has one clock (RFC 4733 section 2.1), but many with Opus send the slow one. */
export function eventsFor(codec: AudioCodec, all: readonly Payload[]): readonly Payload[] {
  const events = all.filter((row) => !isAudio(row));
  const slow = events.filter((row) => row.codec === 'telephone-event');
  return codec === 'opus' ? [...events.filter((row) => row.codec !== 'telephone-event'), ...slow] : slow;
}

/** `first` in its order as far as it is in `all`, then the rest of `all`. */
export function orderedBy(first: readonly AudioCodec[], all: readonly AudioCodec[]): readonly AudioCodec[] {
  return [...new Set([...first.filter((codec) => all.includes(codec)), ...all])];
}

const byEncoding = new Map(
  (Object.keys(encodings) as Payload['codec'][]).map((codec) => [encodings[codec].toUpperCase(), codec]),
);

/** Known without a=rtpmap. */
const staticTypes: ReadonlyMap<number, AudioCodec> = new Map([
  [0, 'PCMU'],
  [8, 'PCMA'],
  [9, 'G722'],
]);
