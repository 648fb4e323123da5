/** The codecs we speak, and which one two ends have in common. Payload types are a leg's own (RFC 3264 section 5.1). */
import type { AudioCodec } from '../call-router/state/directory';

/** One row of an RTP format list. */
export interface Payload {
  readonly payloadType: number;
  readonly codec: AudioCodec | 'telephone-event';
}

export interface AudioPayload extends Payload {
  readonly codec: AudioCodec;
}

/** RFC 3551 table 4: known without a=rtpmap. */
export const staticPayloadTypes: Readonly<Record<AudioCodec, number>> = { PCMU: 0, PCMA: 8 };

/** Our own choice for telephone-event where we offer: what most phones and providers use. */
export const ownDigitsPayloadType = 101;

/** Reads the value of a=rtpmap behind the payload type; undefined for what we do not speak. */
export function codecOfRtpmap(encoding: string): Payload['codec'] | undefined {
  const [name, rate, channels] = encoding.split('/');
  if (rate !== '8000' || (channels !== undefined && channels !== '1')) return undefined;
  return byName[name?.toUpperCase() ?? ''];
}

export function codecOfStaticType(payloadType: number): AudioCodec | undefined {
  if (payloadType === staticPayloadTypes.PCMU) return 'PCMU';
  return payloadType === staticPayloadTypes.PCMA ? 'PCMA' : undefined;
}

/** The audio codecs of a format list that are allowed, in its order. */
export function commonAudio(theirs: readonly Payload[], allowed: readonly AudioCodec[]): readonly AudioPayload[] {
  return theirs.filter((payload): payload is AudioPayload => isAudio(payload) && allowed.includes(payload.codec));
}

export function isAudio(payload: Payload): payload is AudioPayload {
  return payload.codec !== 'telephone-event';
}

/** `first` in its order as far as it is in `all`, then the rest of `all`. */
export function orderedBy(first: readonly AudioCodec[], all: readonly AudioCodec[]): readonly AudioCodec[] {
  return [...new Set([...first.filter((codec) => all.includes(codec)), ...all])];
}

const byName: Readonly<Record<string, Payload['codec']>> = {
  PCMU: 'PCMU',
  PCMA: 'PCMA',
  'TELEPHONE-EVENT': 'telephone-event',
};
