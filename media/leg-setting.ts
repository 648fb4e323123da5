/** What a leg's two descriptions mean for its RTP: the message that goes to the engine after each negotiation. */
import { isIP } from 'node:net';
import { eventsFor } from './codecs';
import type { LegSetting } from './engine/messages';
import type { MediaLeg } from './legs';
import type { OwnPorts } from './own-ports';
import type { FarAudio } from './sdp';

export function settingOf(leg: MediaLeg, ownPorts: OwnPorts): LegSetting {
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
