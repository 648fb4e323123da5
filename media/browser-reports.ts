/**
 * What browsers report of us by RTCP goes to mediasoup and ends there. Asked for every five seconds and handed to the engine,
 * which counts it as it counts the reports of phones.
 */
import type { LegId } from '../call-router/values/ids';
import type { MediaContext } from './media-context';
import type { ThreadClock } from './engine-thread';
import { errorOf } from './engine/thrown';

const everyMs = 5000;

/** @returns how to end it. */
export function startBrowserReports(media: MediaContext, clock: ThreadClock): () => void {
  let cancel = (): void => undefined;
  const again = (): void => {
    cancel = clock.after(everyMs, () => {
      for (const leg of media.browsers.all()) void askOne(media, leg);
      again();
    });
  };
  again();
  return () => cancel();
}

async function askOne(media: MediaContext, leg: LegId): Promise<void> {
  try {
    const report = await media.browsers.get(leg)?.report();
    if (report !== undefined) media.legs.get(leg)?.thread.post({ type: 'far-report', leg, ...report });
  } catch (error) {
    // Its worker died or its leg ended while it was asked: whoever made the leg anew will be asked next time.
    if (media.browsers.get(leg)?.isGone === false) media.failed(errorOf(error));
  }
}
