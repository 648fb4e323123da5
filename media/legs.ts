/**
 * The legs of the main side: what was offered and answered, and which worker carries each. The only mutable state of
 * this folder beside the workers themselves. A value here is replaced, never changed in place.
 *
 *   opening ──port──▶ open ──close-leg──▶ closing ──last word──▶ gone
 */
import type { AudioCodec } from '../call-router/state/directory';
import type { CallId, LegId, Sdp } from '../call-router/values/ids';
import type { AudioPayload, Payload } from './codecs';
import type { EngineThread } from './engine-thread';
import type { OwnWebrtc } from './webrtc-sdp';
import type { Direction, FarAudio, FarDescription, MediaLine } from './sdp';

/** Our half of what was agreed. */
export interface OwnSide {
  readonly payloads: readonly Payload[];
  readonly direction: Direction;
  readonly rtcpMux: boolean;
}

export interface MediaLeg {
  readonly id: LegId;
  readonly call: CallId;
  readonly thread: EngineThread;
  readonly state: 'opening' | 'open' | 'closing';
  readonly over: 'rtp' | 'webrtc';
  /** Host of its signalling: plausible as a source of RTP, and decides which of our addresses is written. */
  readonly towards: string;
  /** Our address in its SDP. */
  readonly host: string;
  /** What this leg may speak, ours or its trunk's order. */
  readonly codecs: readonly AudioCodec[];
  /** 0 while opening. */
  readonly rtpPort: number;
  /** Of all that the engine sends on it; 0 while opening. */
  readonly ssrc: number;
  /** Of a browser: mediasoup's port on loopback, which is all the engine sees of it, and what our description says. */
  readonly relayPort?: number;
  readonly webrtc?: OwnWebrtc;
  /** An offer of theirs that is not answered yet. */
  readonly offer?: FarDescription;
  /** What the far end said last that we agreed to. */
  readonly far?: FarAudio;
  /** The m= lines of the last description, theirs or ours, and which one is the audio. */
  readonly lines: readonly MediaLine[];
  readonly audioLine: number;
  readonly own?: OwnSide;
  /** What we send. */
  readonly speaks?: AudioPayload;
  readonly sessionId: number;
  /** In o=; goes up when what we describe changes (RFC 3264 section 8). */
  readonly version: number;
  /** Our last description. */
  readonly described?: Sdp;
}

export interface Legs {
  readonly get: (id: LegId) => MediaLeg | undefined;
  readonly put: (leg: MediaLeg) => void;
  readonly remove: (id: LegId) => void;
  /** Legs of a call share one worker. */
  readonly threadOfCall: (call: CallId) => EngineThread | undefined;
  readonly onThread: (thread: EngineThread) => readonly MediaLeg[];
  readonly count: () => number;
  /** One of them holds this RTP port, or the RTCP port above it. */
  readonly holdPort: (port: number) => boolean;
}

export function createLegs(): Legs {
  const legs = new Map<LegId, MediaLeg>();
  const rtpPorts = new Set<number>();
  /** How many legs each call has, and where. */
  const calls = new Map<CallId, { readonly thread: EngineThread; readonly legs: number }>();
  const countCall = (leg: MediaLeg, by: 1 | -1): void => {
    const count = (calls.get(leg.call)?.legs ?? 0) + by;
    if (count > 0) calls.set(leg.call, { thread: leg.thread, legs: count });
    else calls.delete(leg.call);
  };
  return {
    get: (id) => legs.get(id),
    put(leg) {
      if (!legs.has(leg.id)) countCall(leg, 1);
      legs.set(leg.id, leg);
      if (leg.rtpPort > 0) rtpPorts.add(leg.rtpPort);
    },
    remove(id) {
      const leg = legs.get(id);
      if (leg === undefined) return;
      legs.delete(id);
      rtpPorts.delete(leg.rtpPort);
      countCall(leg, -1);
    },
    threadOfCall: (call) => calls.get(call)?.thread,
    onThread: (thread) => [...legs.values()].filter((leg) => leg.thread === thread),
    count: () => legs.size,
    holdPort: (port) => rtpPorts.has(port) || rtpPorts.has(port - 1),
  };
}
