/**
 * Session descriptions (RFC 8866): reads the far end's, writes ours. Written by hand because each call reads and writes
 * several. Reads leniently (bare LF, missing lines that we do not need) and never throws; only what has a meaning for
 * us comes out, so nothing of one side can reach the other.
 */
import type { MediaProblem } from '../call-router/event';
import { type Sdp, sdpOf } from '../call-router/values/ids';
import { type Result, fail, succeed } from '../call-router/values/result';
import { type FarAddress, readConnection } from './far-address';
import {
  type FarWebrtc,
  type OwnWebrtc,
  isWebrtcProtocol,
  readWebrtc,
  writeWebrtc,
  writeWebrtcHead,
} from './webrtc-sdp';
import { type Payload, codecOfRtpmap, codecOfStaticType, encodings, formatParameters } from './codecs';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** One m= line as far as an answer must repeat it. */
export interface MediaLine {
  readonly media: string;
  readonly protocol: string;
  readonly formats: readonly string[];
  /** 0: not wanted (RFC 3264 section 6). */
  readonly port: number;
  /** Its name in a bundle, which an answer repeats (RFC 9143 section 7.3). */
  readonly mid?: string;
}

export interface FarAudio extends MediaLine, FarAddress {
  readonly rtcpPort?: number;
  readonly rtcpMux: boolean;
  /** What we understand of its format list, in its order. */
  readonly payloads: readonly Payload[];
  readonly direction: Direction;
  /** Of a browser: DTLS-SRTP, found by ICE. Its address and port then mean nothing. */
  readonly webrtc?: FarWebrtc;
}

export interface FarDescription {
  readonly lines: readonly (MediaLine | FarAudio)[];
}

export interface OwnDescription {
  readonly sessionId: number;
  readonly version: number;
  readonly host: string;
  /** In the order of the m= lines: ours, or one we refuse. */
  readonly lines: readonly (OwnAudio | { readonly refused: MediaLine })[];
}

export interface OwnAudio {
  readonly protocol: string;
  readonly port: number;
  readonly payloads: readonly Payload[];
  readonly direction: Direction;
  readonly rtcpMux: boolean;
  readonly webrtc?: OwnWebrtc;
}

const descriptionBytesMax = 32_768;
const mediaLinesMax = 32;
const token = /^[\w.+/-]{1,64}$/;

/** Problems: `bad-description` for text that is no SDP or contradicts itself. */
export function parseDescription(text: Sdp): Result<FarDescription, MediaProblem> {
  if (text.length > descriptionBytesMax || !/^v=0\r?\n/.test(text)) return fail('bad-description');
  const sections = splitSections(text);
  if (sections === undefined || sections.length > mediaLinesMax + 1) return fail('bad-description');
  const [head = [], ...medias] = sections;
  const lines: (MediaLine | FarAudio)[] = [];
  for (const section of medias) {
    const line = readMedia(section, head);
    if (line === undefined) return fail('bad-description');
    lines.push(line);
  }
  return succeed({ lines });
}

/** True for a line of RTP audio that is wanted. */
export function isWantedAudio(line: MediaLine | FarAudio): line is FarAudio {
  return 'payloads' in line && line.port !== 0;
}

/** Our description as text. */
export function writeDescription(own: OwnDescription): Sdp {
  const family = own.host.includes(':') ? 'IP6' : 'IP4';
  let text = `v=0\r\no=- ${own.sessionId} ${own.version} IN ${family} ${own.host}\r\ns=-\r\nc=IN ${family} ${own.host}\r\nt=0 0\r\n`;
  for (const line of own.lines) if (!('refused' in line) && line.webrtc) text += writeWebrtcHead(line.webrtc);
  for (const line of own.lines) text += 'refused' in line ? writeRefused(line.refused) : writeAudio(line);
  return sdpOf(text);
}

function writeRefused({ media, protocol, formats, mid }: MediaLine): string {
  const line = `m=${media} 0 ${protocol} ${formats.join(' ')}\r\n`;
  return mid === undefined ? line : `${line}a=mid:${mid}\r\n`;
}

function writeAudio(audio: OwnAudio): string {
  let text = `m=audio ${audio.port} ${audio.protocol} ${audio.payloads.map((row) => row.payloadType).join(' ')}\r\n`;
  for (const { payloadType, codec } of audio.payloads) {
    text += `a=rtpmap:${payloadType} ${encodings[codec]}\r\n`;
    const parameters = formatParameters[codec];
    if (parameters !== undefined) text += `a=fmtp:${payloadType} ${parameters}\r\n`;
  }
  text += `a=ptime:20\r\na=${audio.direction}\r\n`;
  if (audio.webrtc !== undefined) return text + writeWebrtc(audio.webrtc);
  return audio.rtcpMux ? `${text}a=rtcp-mux\r\n` : text;
}

/** Lines of the whole, then of each m=. Undefined where a line is not `x=…`. */
function splitSections(text: string): string[][] | undefined {
  const sections: string[][] = [[]];
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line === '') continue;
    if (line.charAt(1) !== '=') return undefined;
    if (line.startsWith('m=')) sections.push([]);
    sections.at(-1)?.push(line);
  }
  return sections;
}

function readMedia(section: readonly string[], head: readonly string[]): MediaLine | FarAudio | undefined {
  const [media = '', portText = '', protocol = '', ...formats] = (section[0] ?? '').slice(2).trim().split(/ +/);
  const port = portOf(portText.split('/')[0] ?? '');
  if (port === undefined || formats.length === 0) return undefined;
  if (![media, protocol, ...formats].every((word) => token.test(word))) return undefined;
  const mid = attribute('mid', section)?.trim();
  const line = { media, protocol, formats, port, ...(mid !== undefined && token.test(mid) ? { mid } : {}) };
  if (media !== 'audio') return line;
  if (protocol === 'RTP/AVP' || protocol === 'RTP/AVPF') return readAudio(line, section, head);
  const webrtc = isWebrtcProtocol(protocol) ? readWebrtc(section, head) : undefined;
  return webrtc === undefined ? line : readWebrtcAudio({ ...line, webrtc }, section, head);
}

/** Where its audio comes from is found by ICE. */
function readWebrtcAudio(
  line: MediaLine & { readonly webrtc: FarWebrtc },
  section: readonly string[],
  head: readonly string[],
): FarAudio | undefined {
  const payloads = readPayloads(line.formats, section);
  if (payloads === undefined) return undefined;
  const direction = directionIn(section) ?? directionIn(head) ?? 'sendrecv';
  return { ...line, payloads, direction, isHeldByAddress: false, rtcpMux: true };
}

function readAudio(line: MediaLine, section: readonly string[], head: readonly string[]): FarAudio | undefined {
  const address = readConnection(lineOf('c=', section) ?? lineOf('c=', head));
  const rtcp = readRtcp(attribute('rtcp', section));
  if (address === 'bad' || rtcp === 'bad') return undefined;
  const payloads = readPayloads(line.formats, section);
  if (payloads === undefined) return undefined;
  return {
    ...line,
    ...address,
    ...rtcp,
    payloads,
    rtcpMux: section.includes('a=rtcp-mux'),
    direction: directionIn(section) ?? directionIn(head) ?? 'sendrecv',
  };
}

/** RFC 3605: a port. An address, if there is one, is not followed: reports go where RTP goes, never to a third party. */
function readRtcp(value: string | undefined): Pick<FarAudio, 'rtcpPort'> | 'bad' {
  if (value === undefined) return {};
  const [portText = ''] = value.trim().split(/ +/);
  if (!/^\d+$/.test(portText)) return 'bad';
  const rtcpPort = portOf(portText);
  // No port that can be sent to: as if nothing was said.
  if (rtcpPort === undefined || rtcpPort === 0) return {};
  return { rtcpPort };
}

function readPayloads(formats: readonly string[], section: readonly string[]): readonly Payload[] | undefined {
  const mapped = new Map<string, string>();
  for (const line of section) {
    const match = /^a=rtpmap:(\d+) +(\S+)/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) mapped.set(match[1], match[2]);
  }
  const payloads: Payload[] = [];
  for (const format of formats) {
    const payloadType = /^\d{1,3}$/.test(format) ? Number(format) : 128;
    if (payloadType > 127) return undefined;
    const encoding = mapped.get(format);
    const codec = encoding === undefined ? codecOfStaticType(payloadType) : codecOfRtpmap(encoding);
    if (codec !== undefined && !payloads.some((row) => row.codec === codec)) payloads.push({ payloadType, codec });
  }
  return payloads;
}

function lineOf(start: string, lines: readonly string[]): string | undefined {
  return lines.find((line) => line.startsWith(start))?.slice(start.length);
}

function attribute(name: string, lines: readonly string[]): string | undefined {
  return lineOf(`a=${name}:`, lines);
}

function directionIn(lines: readonly string[]): Direction | undefined {
  return directions.find((direction) => lines.includes(`a=${direction}`));
}

const directions: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 65_536;
  return port > 65_535 ? undefined : port;
}
