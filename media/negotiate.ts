/**
 * Offer and answer of one leg (RFC 3264): pure functions from a leg and a description to the leg as it is then.
 * Nothing of the far end but m= lines we refuse comes back in what we write, and nothing of another leg ever does.
 */
import type { MediaProblem } from '../call-router/event';
import type { AudioCodec } from '../call-router/state/directory';
import type { Sdp } from '../call-router/values/ids';
import { type Result, fail, succeed } from '../call-router/values/result';
import { type AudioPayload, type Payload, commonAudio, eventsFor, isWide, orderedBy, ownPayloadTypes } from './codecs';
import type { MediaLeg, OwnSide } from './legs';
import type { OwnPorts } from './own-ports';
import { webrtcProtocol } from './webrtc-sdp';
import {
  type Direction,
  type FarAudio,
  type FarDescription,
  type MediaLine,
  type OwnAudio,
  isWantedAudio,
  parseDescription,
  writeDescription,
} from './sdp';

/** What the far end wants now (RFC 3264 section 8.4). */
export type Far = 'speaks-and-hears' | 'holds';

export interface Settled {
  readonly leg: MediaLeg;
  readonly far: Far;
}

/** Reads a description; one that names RTP ports of ours is bad: we would talk to ourselves. */
export function readDescription(text: Sdp, ownPorts: OwnPorts): Result<FarDescription, MediaProblem> {
  const parsed = parseDescription(text);
  return parsed.ok && ownPorts.areNamedIn(parsed.value) ? fail('bad-description') : parsed;
}

export interface FirstOffer {
  readonly offer: FarDescription;
  readonly over: 'rtp' | 'webrtc';
}

/**
 * Reads a first offer, which must have an m= line we can take: plain RTP before a browser's where it has both. Problems:
 * `bad-description`, `no-common-codec`.
 */
export function readOffer(
  text: Sdp,
  codecs: readonly AudioCodec[],
  ownPorts: OwnPorts,
): Result<FirstOffer, MediaProblem> {
  const parsed = readDescription(text, ownPorts);
  if (!parsed.ok) return parsed;
  const over = (['rtp', 'webrtc'] as const).find((one) => takenLine(parsed.value, { codecs, over: one }) >= 0);
  return over === undefined ? fail('no-common-codec') : succeed({ offer: parsed.value, over });
}

/**
 * Our offer: audio alone at first, later in the place it has. `preferred` come first; what is wide-band only where it is
 * among them, so that nobody speaks what the other side would have to be transcoded to.
 */
export function makeOffer(leg: MediaLeg, preferred: readonly AudioCodec[]): MediaLeg {
  const known = leg.own?.payloads ?? [];
  const offered = leg.codecs.filter((codec) => !isWide(codec) || preferred.includes(codec) || leg.codecs.every(isWide));
  const codecs: Payload['codec'][] = [...orderedBy(preferred, offered)];
  if (takesKeys(leg)) codecs.push('telephone-event');
  if (takesKeys(leg) && codecs.includes('opus')) codecs.push('telephone-event/48000');
  const payloads = codecs.map((codec) => payloadOf(codec, known));
  const own: OwnSide = { payloads, direction: 'sendrecv', rtcpMux: leg.own?.rtcpMux ?? leg.over === 'webrtc' };
  return described({ ...leg, own });
}

/** mediasoup passes no telephone-event on: a browser tells keys by INFO. */
const takesKeys = ({ over }: MediaLeg): boolean => over === 'rtp';

/** Answers an offer, with the codec `preferred` names first, if it can; else with one of the telephone's band. */
export function answerOffer(
  leg: MediaLeg,
  offer: FarDescription,
  preferred: readonly AudioCodec[],
): Result<Settled, MediaProblem> {
  const audioLine = takenLine(offer, leg);
  const far = offer.lines[audioLine];
  if (far === undefined || !('payloads' in far)) return removedAudio(leg, offer);
  const common = commonAudio(far.payloads, leg.codecs);
  const chosen =
    preferred.map((codec) => common.find((row) => row.codec === codec)).find((row) => row !== undefined) ??
    common.find((row) => !isWide(row.codec)) ??
    common[0];
  if (chosen === undefined) return fail('no-common-codec');
  const events = takesKeys(leg) ? eventsFor(chosen.codec, far.payloads) : [];
  const own: OwnSide = { payloads: [chosen, ...events], direction: answerTo(far), rtcpMux: far.rtcpMux };
  const { offer: _, ...rest } = leg;
  const answered = described({ ...rest, far, own, speaks: chosen, lines: offer.lines, audioLine });
  return succeed({ leg: answered, far: wishOf(far) });
}

/** Takes the answer to our offer. Problems: `bad-description`, `no-common-codec` (also a refused m= line). */
export function takeAnswer(leg: MediaLeg, text: Sdp, ownPorts: OwnPorts): Result<Settled, MediaProblem> {
  const parsed = readDescription(text, ownPorts);
  if (!parsed.ok) return parsed;
  const far = parsed.value.lines[leg.audioLine];
  if (far === undefined || leg.own === undefined) return fail('bad-description');
  if (!isWantedAudio(far) || overOf(far) !== leg.over) return fail('no-common-codec');
  // The first of the answer is what it wants most (RFC 3264 section 6.1).
  const speaks = commonAudio(far.payloads, leg.codecs)[0];
  if (speaks === undefined) return fail('no-common-codec');
  const own = { ...leg.own, rtcpMux: far.rtcpMux && leg.own.rtcpMux };
  return succeed({ leg: { ...leg, far, speaks, own }, far: wishOf(far) });
}

/** Codecs of a leg in its far end's order: what it speaks now first. */
export function codecsOf(leg: MediaLeg | undefined): readonly AudioCodec[] {
  if (leg === undefined) return [];
  const lines = leg.offer?.lines ?? (leg.far === undefined ? [] : [leg.far]);
  const rows = lines.flatMap((line) => ('payloads' in line ? commonAudio(line.payloads, leg.codecs) : []));
  const all = rows.map((row: AudioPayload) => row.codec);
  return leg.speaks === undefined ? all : orderedBy([leg.speaks.codec], [...all, leg.speaks.codec]);
}

/** A later offer without audio ends it for now; its m= line stays with port 0 (RFC 3264 section 8.2). */
function removedAudio(leg: MediaLeg, offer: FarDescription): Result<Settled, MediaProblem> {
  const line = offer.lines[leg.audioLine];
  if (leg.far === undefined || line === undefined || line.port !== 0) return fail('no-common-codec');
  const own: OwnSide = { payloads: leg.own?.payloads ?? [], direction: 'inactive', rtcpMux: false };
  const far: FarAudio = { ...leg.far, port: 0, direction: 'inactive' };
  return succeed({ leg: described({ ...leg, own, far, lines: offer.lines }), far: 'holds' });
}

function takenLine(description: FarDescription, { codecs, over }: Pick<MediaLeg, 'codecs' | 'over'>): number {
  return description.lines.findIndex(
    (line) => isWantedAudio(line) && overOf(line) === over && commonAudio(line.payloads, codecs).length > 0,
  );
}

const overOf = ({ webrtc }: FarAudio): MediaLeg['over'] => (webrtc === undefined ? 'rtp' : 'webrtc');

/** As `leg` is now, after what `before` described: for who learns more of itself before it speaks. */
export function describedAfter(before: MediaLeg, leg: MediaLeg): MediaLeg {
  const { described: _, ...undescribed } = leg;
  const { described: said } = before;
  return described({ ...undescribed, version: before.version, ...(said === undefined ? {} : { described: said }) });
}

/** Writes our description; its version goes up if it says something new. */
function described(leg: MediaLeg): MediaLeg {
  const same = write(leg, leg.version);
  if (leg.described === undefined || leg.described === same) return { ...leg, described: same };
  const version = leg.version + 1;
  return { ...leg, version, described: write(leg, version) };
}

function write(leg: MediaLeg, version: number): Sdp {
  const protocol = leg.over === 'webrtc' ? webrtcProtocol : 'RTP/AVP';
  const lines = leg.lines.length === 0 ? [{ ...ownLine, protocol }] : leg.lines;
  return writeDescription({
    sessionId: leg.sessionId,
    version,
    host: leg.host,
    lines: lines.map((line, i) => (i === leg.audioLine && !isRemoved(leg) ? ownAudio(leg, line) : { refused: line })),
  });
}

const ownLine: MediaLine = { media: 'audio', protocol: 'RTP/AVP', formats: [], port: 0 };

/** Where nobody is, said of a place that only ICE finds (RFC 8840 section 4.1.1). */
const discardPort = 9;

function isRemoved(leg: MediaLeg): boolean {
  return leg.own?.direction === 'inactive' && leg.far?.port === 0;
}

function ownAudio(leg: MediaLeg, line: MediaLine): OwnAudio {
  const own = leg.own ?? { payloads: [], direction: 'inactive', rtcpMux: false };
  const { protocol } = line;
  if (leg.webrtc === undefined) return { ...own, protocol, port: leg.rtpPort };
  return { ...own, protocol, port: leg.webrtc.candidates[0]?.port ?? discardPort, webrtc: leg.webrtc };
}

/** RFC 3264 section 6.1. A zero address is the old way to say "I do not hear" (section 8.4). */
function answerTo(far: FarAudio): Direction {
  const wished = far.isHeldByAddress && far.direction === 'sendrecv' ? 'sendonly' : far.direction;
  return answers[wished];
}

const answers: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** What a far end's description says of its wish. */
export function wishOf(far: FarAudio): Far {
  return far.isHeldByAddress || far.direction === 'sendonly' || far.direction === 'inactive'
    ? 'holds'
    : 'speaks-and-hears';
}

/** The payload type a codec has on this leg; ours at first (a dynamic one stays what it was, RFC 3264 section 8.3.2). */
function payloadOf(codec: Payload['codec'], known: readonly Payload[]): Payload {
  return known.find((row) => row.codec === codec) ?? { payloadType: ownPayloadTypes[codec], codec };
}
