/**
 * What a browser's description says beside its codecs: ICE (RFC 8839), DTLS (RFC 8122, RFC 8842), its place in a bundle
 * (RFC 9143) and its source (RFC 5576), as JSEP (RFC 8829) writes them. Reads the lines of one m= section and writes ours.
 * Candidates of the far end are not read: we are ICE-lite, so it is its checks that find us (RFC 8445 section 2.5).
 */

/** Which end begins DTLS (RFC 8842): the active one. */
export type Setup = 'actpass' | 'active' | 'passive';

export interface Fingerprint {
  readonly algorithm: string;
  readonly value: string;
}

export interface FarWebrtc {
  readonly mid?: string;
  readonly usernameFragment: string;
  readonly password: string;
  readonly setup: Setup;
  readonly fingerprints: readonly Fingerprint[];
  /** Of its audio; absent where it sends none. */
  readonly ssrc?: number;
  readonly cname?: string;
}

export interface Candidate {
  readonly foundation: string;
  readonly protocol: 'udp' | 'tcp';
  readonly priority: number;
  readonly address: string;
  readonly port: number;
}

export interface OwnWebrtc {
  readonly mid: string;
  readonly usernameFragment: string;
  readonly password: string;
  readonly setup: Setup;
  readonly fingerprints: readonly Fingerprint[];
  /** The first one is where SDP says we are. */
  readonly candidates: readonly Candidate[];
  readonly source?: { readonly ssrc: number; readonly cname: string };
}

export const webrtcProtocol = 'UDP/TLS/RTP/SAVPF';

/** Profiles of DTLS-SRTP as browsers write them (RFC 5764, RFC 7850); `RTP/SAVPF` is the old spelling. */
export function isWebrtcProtocol(protocol: string): boolean {
  return /^((UDP|TCP)\/TLS\/)?RTP\/SAVPF?$/.test(protocol);
}

const fingerprintsMax = 8;
const algorithms: readonly string[] = ['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512'];

/** Undefined for an m= line without a fingerprint or credentials of ICE: SDES, say, which we do not speak. */
export function readWebrtc(section: readonly string[], head: readonly string[]): FarWebrtc | undefined {
  const say = (name: string): string | undefined => valueOf(name, section) ?? valueOf(name, head);
  const usernameFragment = say('ice-ufrag');
  const password = say('ice-pwd');
  const own = fingerprintsIn(section);
  const fingerprints = own.length > 0 ? own : fingerprintsIn(head);
  if (!isIceWord(usernameFragment, 4) || !isIceWord(password, 22) || fingerprints.length === 0) return undefined;
  const setup = setups.find((one) => one === say('setup')) ?? 'actpass';
  const mid = valueOf('mid', section);
  return {
    ...(mid === undefined ? {} : { mid }),
    usernameFragment,
    password,
    setup,
    fingerprints,
    ...sourceIn(section),
  };
}

const setups: readonly Setup[] = ['actpass', 'active', 'passive'];

/** RFC 8839 section 5.4: letters, digits, `+` and `/`; 256 at the most. */
function isIceWord(word: string | undefined, min: number): word is string {
  return word !== undefined && word.length >= min && /^[A-Za-z0-9+/]{1,256}$/.test(word);
}

function fingerprintsIn(lines: readonly string[]): readonly Fingerprint[] {
  const found: Fingerprint[] = [];
  for (const line of lines) {
    const match = /^a=fingerprint:(\S+) +([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){15,63})\s*$/.exec(line);
    const algorithm = match?.[1]?.toLowerCase() ?? '';
    if (match?.[2] !== undefined && algorithms.includes(algorithm) && found.length < fingerprintsMax)
      found.push({ algorithm, value: match[2].toUpperCase() });
  }
  return found;
}

/** The first source is the audio; browsers name no other in an audio section. */
function sourceIn(section: readonly string[]): Pick<FarWebrtc, 'ssrc' | 'cname'> {
  for (const line of section) {
    const match = /^a=ssrc:(\d{1,10})(?: cname:(\S{1,256}))?/.exec(line);
    const ssrc = Number(match?.[1]);
    if (match === null || ssrc === 0 || ssrc > 0xffff_ffff) continue;
    const cname = match[2] ?? valueOf(`ssrc:${ssrc} cname`, section);
    return cname === undefined ? { ssrc } : { ssrc, cname };
  }
  return {};
}

function valueOf(name: string, lines: readonly string[]): string | undefined {
  const start = `a=${name}:`;
  return lines
    .find((line) => line.startsWith(start))
    ?.slice(start.length)
    .trim();
}

/** The session's part: ours is ICE-lite, and a bundle of one. */
export function writeWebrtcHead(own: OwnWebrtc): string {
  return `a=ice-lite\r\na=group:BUNDLE ${own.mid}\r\na=msid-semantic:WMS *\r\n`;
}

/** The lines of our m= section behind its codecs. All candidates are there from the start, so none will trickle. */
export function writeWebrtc(own: OwnWebrtc): string {
  const lines = [
    `a=mid:${own.mid}`,
    `a=ice-ufrag:${own.usernameFragment}`,
    `a=ice-pwd:${own.password}`,
    ...own.fingerprints.map(({ algorithm, value }) => `a=fingerprint:${algorithm} ${value}`),
    `a=setup:${own.setup}`,
    'a=rtcp-mux',
    `a=msid:${stream} ${track}`,
    ...(own.source === undefined ? [] : sourceLines(own.source)),
    ...own.candidates.map(candidateLine),
    'a=end-of-candidates',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** Names of the stream and the track a browser makes of our audio (RFC 8830). */
const stream = 'trunkline';
const track = 'audio';

function sourceLines({ ssrc, cname }: NonNullable<OwnWebrtc['source']>): readonly string[] {
  return [`a=ssrc:${ssrc} cname:${cname}`, `a=ssrc:${ssrc} msid:${stream} ${track}`];
}

/** RFC 8839 section 5.1; over TCP we wait to be connected to (RFC 6544 section 4.5). */
function candidateLine({ foundation, protocol, priority, address, port }: Candidate): string {
  const type = protocol === 'tcp' ? 'typ host tcptype passive' : 'typ host';
  return `a=candidate:${foundation} 1 ${protocol.toUpperCase()} ${priority} ${address} ${port} ${type}`;
}
