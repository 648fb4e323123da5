/**
 * How a leg was in the last five seconds, each way, and its sum at the end: loss, jitter, round trip and a MOS estimate
 * (e-model.ts). What we hear is counted here; what the far end hears is what it reported (RTCP), or of a browser, what it
 * reported to mediasoup. A direction in which nothing went has no figures: nobody can say how silence would have sounded.
 */
import { mosOf, ratingOf } from './e-model';
import type { DirectionNow, DirectionSummary, QualityNow } from './messages';
import type { Reception } from './reception';
import type { ReportState } from './rtcp';

export const windowMs = 5000;

/** A packet is 20 ms of speech, and is not sent before it is whole. */
const packetMs = 20;
const secondOfPackets = 50;
/** Receivers keep at least one packet in hand, and twice the jitter where that is more. */
const bufferMinMs = 20;

export class QualityWindows {
  isWatched = false;
  dueAtMs = 0;
  private expected = 0;
  private received = 0;
  private reports = 0;
  private readonly sums = { received: new Sum(), sent: new Sum() };

  /** What was since the last call; counted into the sum. */
  close(reception: Reception, reports: ReportState): QualityNow {
    const { roundTripMs } = reports;
    const heard = this.heard(reception, roundTripMs);
    const reported = this.reported(reports);
    this.sums.received.add(heard);
    this.sums.sent.add(reported);
    return {
      ...(roundTripMs === undefined ? {} : { roundTripMs }),
      ...(heard === undefined ? {} : { received: heard }),
      ...(reported === undefined ? {} : { sent: reported }),
    };
  }

  /** Of the whole leg, which is over: what is left of the last window counts from a second of speech on. */
  finish(
    reception: Reception,
    reports: ReportState,
  ): { readonly received?: DirectionSummary; readonly sent?: DirectionSummary } {
    if (reception.expected - this.expected >= secondOfPackets) this.close(reception, reports);
    const [received, sent] = [this.sums.received.summary(), this.sums.sent.summary()];
    return { ...(received === undefined ? {} : { received }), ...(sent === undefined ? {} : { sent }) };
  }

  private heard(reception: Reception, roundTripMs: number | undefined): DirectionNow | undefined {
    const expected = reception.expected - this.expected;
    const received = reception.received - this.received;
    this.expected = reception.expected;
    this.received = reception.received;
    if (expected <= 0) return undefined;
    const lossRatio = Math.min(1, Math.max(0, (expected - received) / expected));
    return estimated({ lossRatio, jitterMs: reception.jitterMs }, roundTripMs);
  }

  private reported({ count, fractionLost, sentJitterMs, roundTripMs }: ReportState): DirectionNow | undefined {
    if (count === this.reports) return undefined;
    this.reports = count;
    return estimated(
      { lossRatio: fractionLost, ...(sentJitterMs === undefined ? {} : { jitterMs: sentJitterMs }) },
      roundTripMs,
    );
  }
}

type Measured = Pick<DirectionNow, 'lossRatio' | 'jitterMs'>;

function estimated(measured: Measured, roundTripMs = 0): DirectionNow {
  const { lossRatio, jitterMs = 0 } = measured;
  const delayMs = roundTripMs / 2 + packetMs + Math.max(bufferMinMs, 2 * jitterMs);
  return { ...measured, mos: rounded(mosOf(ratingOf({ lossRatio, delayMs }))) };
}

/** All windows of one direction. */
class Sum {
  private windows = 0;
  private mos = 0;
  private worst: DirectionNow | undefined;

  add(now: DirectionNow | undefined): void {
    if (now === undefined) return;
    this.windows++;
    this.mos += now.mos;
    if (this.worst === undefined || now.mos < this.worst.mos) this.worst = now;
  }

  summary(): DirectionSummary | undefined {
    if (this.worst === undefined) return undefined;
    return { mosMin: this.worst.mos, mosMean: rounded(this.mos / this.windows), worst: this.worst };
  }
}

const rounded = (mos: number): number => Math.round(mos * 100) / 100;
