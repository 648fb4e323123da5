/** The summary of a leg at its end: what arrived as we counted it, what we sent as the far end reported it. */
import type { Leg } from './leg';
import { codecOfKind } from './kinds';
import type { Quality } from './messages';

export function qualityOf(leg: Leg): Quality {
  const { reception, reports, out } = leg;
  const codec = codecOfKind(leg.outKind);
  return {
    packetsReceived: reception.packets,
    packetsSent: out.packets,
    receivedLossRatio: reception.lossRatio,
    receivedJitterMs: reception.jitterMs,
    ...(reports.sentLossRatio === undefined ? {} : { sentLossRatio: reports.sentLossRatio }),
    ...(reports.sentJitterMs === undefined ? {} : { sentJitterMs: reports.sentJitterMs }),
    ...(reports.roundTripMs === undefined ? {} : { roundTripMs: reports.roundTripMs }),
    ...leg.quality.finish(reception, reports),
    ...(codec === undefined ? {} : { codec }),
  };
}
