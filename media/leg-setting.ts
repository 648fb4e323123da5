/** What a leg's two descriptions mean for its RTP: the message that goes to the engine after each negotiation. */
import { isIP } from 'node:net';
import { loopback } from './browser-side';
import { eventsFor, isAudio } from './codecs';
import type { LegSetting } from './engine/messages';
import type { MediaLeg } from './legs';
import type { MediaContext } from './media-context';
import type { OwnPorts } from './own-ports';
import type { FarAudio } from './sdp';

/** The leg as it is from now on, here and in the engine. */
export function putLeg(media: MediaContext, leg: MediaLeg): void {
  media.legs.put(leg);
  leg.thread.post({ type: 'set', leg: leg.id, setting: settingOf(leg, media.ownPorts) });
}

export function settingOf(leg: MediaLeg, ownPorts: OwnPorts): LegSetting {
  return leg.over === 'webrtc' ? settingOfBrowser(leg) : settingOfRtp(leg, ownPorts);
}

/** The engine sees mediasoup, not the browser; what passes is what the browser agreed to. */
function settingOfBrowser({ far, own, speaks, relayPort }: MediaLeg): LegSetting {
  return {
    ...(relayPort === undefined ? {} : { rtp: { host: loopback, port: relayPort } }),
    rtcpMux: true,
    plausible: [loopback],
    own: [loopback],
    receives: [...(far?.payloads ?? []), ...(own?.payloads ?? [])].filter(isAudio),
    ...(speaks === undefined ? {} : { sends: speaks }),
    farHears: far !== undefined && far.port !== 0 && hears(far),
    farSpeaks: far !== undefined && far.port !== 0 && far.direction === 'sendrecv',
    isBrowser: true,
  };
}

function settingOfRtp(leg: MediaLeg, ownPorts: OwnPorts): LegSetting {
  const { far } = leg;
  const plausible = plausibleOf(leg);
  const rtp = far?.host !== undefined && far.port !== 0 ? { host: far.host, port: far.port } : undefined;
  const [digits] = eventsFor(leg.speaks?.codec ?? 'PCMA', far?.payloads ?? []);
  return {
    ...(rtp === undefined ? {} : { rtp, ...rtcpOf(far, rtp.host) }),
    rtcpMux: leg.own?.rtcpMux ?? false,
    plausible,
    own: ownPorts.among(plausible),
    // Some answer with numbers of their own and send those: both are understood.
    receives: [...(far?.payloads ?? []), ...(leg.own?.payloads ?? [])],
    ...(leg.speaks === undefined ? {} : { sends: leg.speaks }),
    ...(digits === undefined ? {} : { digitsPayloadType: digits.payloadType }),
    ...(digits?.codec === 'telephone-event/48000' ? { digitsClockHz: 48_000 } : {}),
    farHears: far !== undefined && far.port !== 0 && hears(far),
    // Who put us on hold may play music or nothing; its silence is no fault.
    farSpeaks: far !== undefined && far.port !== 0 && !far.isHeldByAddress && far.direction === 'sendrecv',
  };
}

function hears(far: FarAudio): boolean {
  return !far.isHeldByAddress && (far.direction === 'sendrecv' || far.direction === 'recvonly');
}

/** Behind NAT the description has a private address, and RTP comes from where the signalling came. */
function plausibleOf(leg: MediaLeg): readonly string[] {
  const described = leg.far?.host === undefined ? [] : [leg.far.host];
  return isIP(leg.towards) === 0 ? described : [...new Set([...described, leg.towards])];
}

function rtcpOf(far: FarAudio | undefined, rtpHost: string): Pick<LegSetting, 'rtcp'> {
  if (far?.rtcpPort === undefined) return {};
  return { rtcp: { host: rtpHost, port: far.rtcpPort } };
}
