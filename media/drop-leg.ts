/** The end of a leg on the main side: everything that was lent for it here is given back in this one place. */
import type { LegId } from '../call-router/values/ids';
import type { MediaLeg } from './legs';
import type { MediaContext } from './media-context';

export function dropLeg(media: MediaContext, id: LegId): void {
  media.soundsAwaited.delete(id);
  media.legs.remove(id);
  media.browsers.drop(id);
}

/** Its audio is gone for good, through no fault of the far end. */
export function legLost(media: MediaContext, leg: MediaLeg): void {
  dropLeg(media, leg.id);
  const about = { from: 'media', at: media.now(), call: leg.call, leg: leg.id } as const;
  media.post({ ...about, type: 'leg-not-opened', problem: 'engine-lost' });
}
