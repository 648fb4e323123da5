/** What each leg needs now and then, on one slow beat for all of them: reports, the watch for silence, lost key-ups. */
import type { Leg } from './leg';
import { type ReceiveContext, tell } from './receive-rtp';
import { windowMs } from './quality-window';
import { nextReportAtMs, sendReport } from './rtcp';

export const housekeepingMs = 100;

/** Looks after one leg. */
export function lookAfter(context: ReceiveContext, leg: Leg, now: number): void {
  tell(context, leg, leg.digitsIn.look(now));
  if (leg.tones !== undefined) tell(context, leg, leg.tones.look(now), 'tone');
  if (now >= leg.reports.dueAtMs) {
    leg.reports.dueAtMs = nextReportAtMs(context.clock);
    sendReport(leg, context.clock, 'more-to-come');
  }
  if (now >= leg.quality.dueAtMs) lookBack(context, leg, now);
  if (leg.audioLostMs === 0) return;
  // Who said that it will not speak (sendonly towards it, hold) is not missed; its time begins when it may speak again.
  if (!leg.farSpeaks) {
    leg.heardAtMs = now;
    return;
  }
  if (now - leg.heardAtMs < leg.audioLostMs) return;
  // Told once; the next `watch` begins again.
  leg.audioLostMs = 0;
  leg.isSilent = true;
  context.post({ type: 'audio-lost', leg: leg.id });
}

export interface Watch {
  /** 0 stops it. */
  readonly audioLostMs: number;
  readonly counts?: 'rtp-alone';
}

/** Five seconds are over. */
function lookBack({ post }: ReceiveContext, leg: Leg, now: number): void {
  const isFirst = leg.quality.dueAtMs === 0;
  leg.quality.dueAtMs = now + windowMs;
  if (isFirst) return;
  const quality = leg.quality.close(leg.reception, leg.reports);
  if (leg.quality.isWatched) post({ type: 'quality', leg: leg.id, quality });
}

/** Watches for silence from now on. Who was found silent is listened for also while nobody watches. */
export function watch(leg: Leg, { audioLostMs, counts }: Watch, now: number): void {
  leg.audioLostMs = audioLostMs;
  leg.countsRtpAlone = counts === 'rtp-alone';
  leg.heardAtMs = now;
  if (audioLostMs > 0) leg.isSilent = false;
}
