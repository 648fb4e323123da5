/**
 * mediasoup's half of a leg towards a browser: a Router of its own with two transports, one that speaks ICE and DTLS-SRTP
 * with the browser and one that speaks plain RTP with our engine on loopback, and a stream each way between them. Payload
 * types are the router's, so the router has those that were agreed with this browser. Lives as long as its worker or until
 * it is closed; closing the router closes all of it.
 *
 *   browser ⇄ WebRtcTransport ⇄ Router ⇄ PlainTransport ⇄ RTP engine
 */
import type { types } from 'mediasoup';
import { type AudioPayload, type Payload, encodings, isAudio } from './codecs';
import type { Candidate, FarWebrtc, OwnWebrtc } from './webrtc-sdp';
import type { WorkerLease } from './webrtc-workers';

export const loopback = '127.0.0.1';
/** Of PlainTransports: below the ports the system lends, and none of the RTP engine's. */
const loopbackPorts = { min: 30_000, max: 32_767 };

/** One direction: what it carries, and its ends in the two transports. */
interface Stream {
  readonly payload: AudioPayload;
  readonly ssrc: number;
  readonly producer: types.Producer;
  readonly consumer: types.Consumer;
}

export interface BrowserSideWish {
  readonly lease: WorkerLease;
  readonly payloads: readonly Payload[];
  /** The engine's RTP port of this leg. */
  readonly rtpPort: number;
}

interface Counted {
  readonly sent: number;
  readonly lost: number;
  readonly roundTripMs: number;
}

/** Loss 0..1, since the last report and of the whole stream. */
export interface FarReport {
  readonly fractionLost: number;
  readonly lossRatio: number;
  readonly roundTripMs: number;
}

export class BrowserSide {
  readonly lease: WorkerLease;
  private readonly router: types.Router;
  private readonly transport: types.WebRtcTransport;
  private readonly plain: types.PlainTransport;
  private payloads: readonly Payload[];
  private towards: Stream | undefined;
  private from: Stream | undefined;
  private far: FarWebrtc | undefined;
  private isClient = false;
  private told: (Counted & { readonly of: Stream }) | undefined;

  private constructor(
    wish: BrowserSideWish,
    made: { router: types.Router; transport: types.WebRtcTransport; plain: types.PlainTransport },
  ) {
    this.lease = wish.lease;
    this.payloads = wish.payloads;
    this.router = made.router;
    this.transport = made.transport;
    this.plain = made.plain;
  }

  /** Takes over the lease, also where it fails: it is given back then. */
  static async open(wish: BrowserSideWish): Promise<BrowserSide> {
    let router: types.Router | undefined;
    try {
      router = await wish.lease.worker.createRouter({ mediaCodecs: codecsOf(wish.payloads) });
      const listenInfo = { protocol: 'udp', ip: loopback, portRange: loopbackPorts } as const;
      const [transport, plain] = await Promise.all([
        router.createWebRtcTransport({
          webRtcServer: wish.lease.server,
          enableUdp: true,
          enableTcp: true,
          preferUdp: true,
        }),
        router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: false }),
      ]);
      await plain.connect({ ip: loopback, port: wish.rtpPort });
      return new BrowserSide(wish, { router, transport, plain });
    } catch (error) {
      router?.close();
      wish.lease.release();
      throw error;
    }
  }

  /** Where the engine finds it on loopback. */
  get relayPort(): number {
    return this.plain.tuple.localPort;
  }

  /** What our description says of it. */
  describe(): Pick<OwnWebrtc, 'usernameFragment' | 'password' | 'fingerprints' | 'candidates'> {
    const { iceParameters, iceCandidates, dtlsParameters } = this.transport;
    return {
      usernameFragment: iceParameters.usernameFragment,
      password: iceParameters.password,
      fingerprints: dtlsParameters.fingerprints.filter(({ algorithm }) => algorithm === 'sha-256'),
      candidates: candidatesOf(iceCandidates),
    };
  }

  /** DTLS began with another certificate: this end can speak with it no more. */
  isOfAnother(far: FarWebrtc): boolean {
    const known = this.far?.fingerprints.map(({ value }) => value);
    return known !== undefined && !far.fingerprints.some(({ value }) => known.includes(value));
  }

  /**
   * Takes what the browser says of itself. New credentials are an ICE restart (RFC 8839 section 4.4.1): in an offer ours
   * become new too; in an answer to ours they are what we asked for, or the same.
   */
  async meet(far: FarWebrtc, how: 'offered' | 'answered'): Promise<void> {
    const before = this.far;
    this.far = far;
    if (before === undefined) {
      this.isClient = far.setup === 'passive';
      const fingerprints = far.fingerprints.flatMap(({ algorithm, value }) =>
        isAlgorithm(algorithm) ? [{ algorithm, value }] : [],
      );
      await this.transport.connect({ dtlsParameters: { role: this.isClient ? 'server' : 'client', fingerprints } });
    } else if (how === 'offered' && before.usernameFragment !== far.usernameFragment) {
      await this.transport.restartIce();
    }
  }

  /** In an answer of ours: who began DTLS once does so for good (RFC 8842 section 5.5). */
  get setup(): 'active' | 'passive' {
    return this.isClient ? 'active' : 'passive';
  }

  /** The engine's stream goes to the browser. Returns the source the browser hears; another codec is another source. */
  async speak(payload: AudioPayload, ssrc: number): Promise<{ readonly ssrc: number; readonly cname: string }> {
    if (this.towards === undefined || !isSame(this.towards, payload, ssrc)) {
      this.towards?.producer.close();
      this.towards = undefined;
      this.knowPayload(payload);
      this.towards = await pass(this.router, { payload, ssrc, of: this.plain, to: this.transport });
    }
    const { encodings: heard = [], rtcp } = this.towards.consumer.rtpParameters;
    return { ssrc: heard[0]?.ssrc ?? 0, cname: rtcp?.cname ?? 'trunkline' };
  }

  /** The browser's stream comes to the engine; without a source nothing does. */
  async hear(payload: AudioPayload, ssrc: number | undefined): Promise<void> {
    if (ssrc !== undefined && this.from !== undefined && isSame(this.from, payload, ssrc)) return;
    this.from?.producer.close();
    this.from = undefined;
    if (ssrc === undefined) return;
    this.knowPayload(payload);
    this.from = await pass(this.router, { payload, ssrc, of: this.transport, to: this.plain });
  }

  get isGone(): boolean {
    return this.router.closed;
  }

  /** What the browser reported since the last call; undefined: no report came. */
  async report(): Promise<FarReport | undefined> {
    const { towards, told } = this;
    const rows = (await towards?.consumer.getStats()) ?? [];
    const row = rows.find(({ type }) => type === 'outbound-rtp');
    // Zero until the first report; each measures the round trip anew, so the same twice is the same report.
    if (towards === undefined || row?.roundTripTime === undefined || row.roundTripTime === 0) return undefined;
    const { packetCount: sent, packetsLost: lost, roundTripTime: roundTripMs } = row;
    const before = told?.of === towards ? told : { sent: 0, lost: 0, roundTripMs: 0 };
    if (roundTripMs === before.roundTripMs || sent <= before.sent) return undefined;
    this.told = { of: towards, sent, lost, roundTripMs };
    const fractionLost = ratioOf(lost - before.lost, sent - before.sent);
    return { fractionLost, lossRatio: ratioOf(lost, sent), roundTripMs };
  }

  close(): void {
    this.router.close();
    this.lease.release();
  }

  /** A later description may number a codec otherwise, or bring one. */
  private knowPayload(payload: AudioPayload): void {
    if (this.payloads.some((row) => row.codec === payload.codec && row.payloadType === payload.payloadType)) return;
    const others = this.payloads.filter(
      (row) => row.codec !== payload.codec && row.payloadType !== payload.payloadType,
    );
    this.payloads = [...others, payload];
    this.router.updateMediaCodecs(codecsOf(this.payloads));
  }
}

const ratioOf = (part: number, whole: number): number => Math.min(1, Math.max(0, part / whole));

interface Passing {
  readonly payload: AudioPayload;
  readonly ssrc: number;
  readonly of: types.Transport;
  readonly to: types.Transport;
}

async function pass(router: types.Router, { payload, ssrc, of, to }: Passing): Promise<Stream> {
  const codec = { ...codecOf(payload), payloadType: payload.payloadType };
  const rtpParameters = { codecs: [codec], headerExtensions: [], encodings: [{ ssrc }] };
  const producer = await of.produce({ kind: 'audio', rtpParameters });
  const codecs = router.rtpCapabilities.codecs?.filter(
    ({ preferredPayloadType }) => preferredPayloadType === payload.payloadType,
  );
  const rtpCapabilities = { codecs: codecs ?? [], headerExtensions: [] };
  const consumer = await to.consume({ producerId: producer.id, rtpCapabilities });
  return { payload, ssrc, producer, consumer };
}

function isSame(stream: Stream, payload: AudioPayload, ssrc: number): boolean {
  return (
    stream.ssrc === ssrc && stream.payload.codec === payload.codec && stream.payload.payloadType === payload.payloadType
  );
}

/** As the router wants them; keys do not pass it. */
function codecsOf(payloads: readonly Payload[]): types.RouterRtpCodecCapability[] {
  return payloads
    .filter(isAudio)
    .map((payload) => ({ ...codecOf(payload), kind: 'audio', preferredPayloadType: payload.payloadType }));
}

function codecOf({ codec }: AudioPayload): { mimeType: string; clockRate: number; channels: number } {
  const [name = '', clockRate, channels] = encodings[codec].split('/');
  return { mimeType: `audio/${name}`, clockRate: Number(clockRate), channels: Number(channels ?? 1) };
}

function candidatesOf(all: readonly types.IceCandidate[]): readonly Candidate[] {
  const known = new Set<string>();
  return all.flatMap(({ foundation, protocol, priority, address, port }) => {
    // A public address in front of several of ours comes once for each.
    const where = `${protocol} ${address} ${port}`;
    if (known.has(where)) return [];
    known.add(where);
    return [{ foundation, protocol, priority, address, port }];
  });
}

const algorithms: Readonly<Record<types.FingerprintAlgorithm, true>> = {
  'sha-1': true,
  'sha-224': true,
  'sha-256': true,
  'sha-384': true,
  'sha-512': true,
};

const isAlgorithm = (word: string): word is types.FingerprintAlgorithm => word in algorithms;
