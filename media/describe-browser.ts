/**
 * What a browser is told of our end: the description that offer and answer of the leg came to, with what mediasoup's half
 * says of itself. Streams are made here too, since their sources stand in the description.
 */
import type { AudioCodec } from '../call-router/state/directory';
import type { BrowserSide } from './browser-side';
import { isAudio } from './codecs';
import type { MediaLeg } from './legs';
import { describedAfter, makeOffer } from './negotiate';
import type { OwnWebrtc } from './webrtc-sdp';

/** Our offer. The stream towards the browser is made for the codec we name first, which is what browsers choose. */
export async function describeOffer(
  side: BrowserSide,
  leg: MediaLeg,
  preferred: readonly AudioCodec[],
): Promise<MediaLeg> {
  const offering = makeOffer(leg, preferred);
  const first = offering.own?.payloads.find(isAudio);
  const source = first === undefined ? undefined : await side.speak(first, leg.ssrc);
  const mid = leg.webrtc?.mid ?? ownMid;
  return describedAfter(leg, {
    ...offering,
    relayPort: side.relayPort,
    ...ours(side, { mid, setup: 'actpass', source }),
  });
}

/** Our answer to what was agreed. */
export async function describeAnswer(side: BrowserSide, before: MediaLeg, agreed: MediaLeg): Promise<MediaLeg> {
  const source = await stream(side, agreed);
  const mid = agreed.far?.webrtc?.mid ?? before.webrtc?.mid ?? ownMid;
  const { relayPort } = side;
  return describedAfter(before, { ...agreed, relayPort, ...ours(side, { mid, setup: side.setup, source }) });
}

/** Makes the streams that were agreed. Returns the source the browser hears, if it hears one. */
export async function stream(side: BrowserSide, agreed: MediaLeg): Promise<OwnWebrtc['source']> {
  const { speaks, far, ssrc } = agreed;
  if (speaks === undefined) return undefined;
  await side.hear(speaks, far?.webrtc?.ssrc);
  return side.speak(speaks, ssrc);
}

/** The name of our m= line where no browser has named it. */
const ownMid = '0';

interface Said extends Pick<OwnWebrtc, 'mid' | 'setup'> {
  readonly source: OwnWebrtc['source'];
}

function ours(side: BrowserSide, { mid, setup, source }: Said): Pick<MediaLeg, 'host' | 'webrtc'> {
  const described = side.describe();
  const [first] = described.candidates;
  const webrtc = { ...described, mid, setup, ...(source === undefined ? {} : { source }) };
  return { host: first?.address ?? '127.0.0.1', webrtc };
}
