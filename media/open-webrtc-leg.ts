/**
 * Opens a leg towards a browser: when the engine has bound its ports, mediasoup's half is made and joined to them over
 * loopback. Also makes that half anew when its worker died or the browser came back as another.
 */
import { BrowserSide } from './browser-side';
import { type Payload, ownPayloadTypes } from './codecs';
import { describeOffer } from './describe-browser';
import { legLost } from './drop-leg';
import { errorOf } from './engine/thrown';
import { putLeg } from './leg-setting';
import type { MediaLeg } from './legs';
import type { MediaContext } from './media-context';

/** A call that is only being set up rings another phone rather than wait for long. */
const openPatienceMs = 2000;

/** → leg-opened, with our offer where we offer | leg-not-opened */
export function openBrowserLeg(media: MediaContext, bound: MediaLeg): void {
  media.legs.put(bound);
  media.browsers.inTurn(bound.id, async () => {
    const side = await renewSide(media, bound, openPatienceMs);
    const leg = media.legs.get(bound.id);
    // Closed while it opened: the engine's `closed` follows.
    if (leg === undefined || leg.state !== 'opening') return;
    if (side === undefined) return giveUp(media, leg);
    const open: MediaLeg = { ...leg, state: 'open', relayPort: side.relayPort };
    const opened = { from: 'media', type: 'leg-opened', call: leg.call, leg: leg.id } as const;
    if (leg.offer !== undefined) {
      putLeg(media, open);
      return media.post({ ...opened, at: media.now() });
    }
    const offering = await describeOffer(side, open, open.codecs).catch(failing(media));
    if (offering?.described === undefined) return giveUp(media, leg);
    if (media.legs.get(leg.id)?.state !== 'opening') return;
    putLeg(media, offering);
    media.post({ ...opened, at: media.now(), sdp: offering.described });
  });
}

/** Another half for this leg, in the place of the one it has. Undefined: there is no worker, or the leg is over. */
export async function renewSide(
  media: MediaContext,
  leg: MediaLeg,
  patienceMs: number,
): Promise<BrowserSide | undefined> {
  const lease = await media.webrtc.lease(patienceMs);
  if (lease === undefined) return undefined;
  const payloads = payloadsOf(leg);
  const side = await BrowserSide.open({ lease, payloads, rtpPort: leg.rtpPort }).catch(failing(media));
  if (side === undefined) return undefined;
  const now = media.legs.get(leg.id);
  if (now === undefined || now.state === 'closing') {
    side.close();
    return undefined;
  }
  media.browsers.put(leg.id, side);
  return side;
}

const failing =
  ({ failed }: MediaContext) =>
  (error: unknown): undefined => {
    failed(errorOf(error));
    return undefined;
  };

/** The router hears that it did not open; the engine's end goes without a word. */
function giveUp(media: MediaContext, leg: MediaLeg): void {
  leg.thread.post({ type: 'close', leg: leg.id });
  legLost(media, leg);
}

/** As the far end numbers them; what it does not name gets our numbers. */
function payloadsOf({ offer, far, codecs }: MediaLeg): readonly Payload[] {
  const lines = offer?.lines ?? (far === undefined ? [] : [far]);
  const theirs = lines.flatMap((line) => ('payloads' in line ? line.payloads : []));
  const others = codecs.filter((codec) => !theirs.some((row) => row.codec === codec));
  return [...theirs, ...others.map((codec) => ({ codec, payloadType: ownPayloadTypes[codec] }))];
}
