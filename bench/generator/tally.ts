/** What one run of the generator counts. */
import { Histogram } from './histogram';
import type { LoadReport } from './messages';

export class Tally {
  started = 0;
  answered = 0;
  ended = 0;
  retransmissions = 0;
  startedInWindow = 0;
  packetsSent = 0;
  packetsReceived = 0;
  crossedPackets = 0;
  unheardCalls = 0;
  windowMs = 0;
  readonly delay = new Histogram();
  readonly late = new Histogram();
  readonly invite = new Histogram();
  readonly answer = new Histogram();
  private readonly failures = new Map<string, number>();

  failed(why: string): void {
    this.failures.set(why, (this.failures.get(why) ?? 0) + 1);
  }

  report(): LoadReport {
    const { started, answered, ended, retransmissions, startedInWindow, crossedPackets, unheardCalls, windowMs } = this;
    return {
      ...{ started, answered, ended, retransmissions, startedInWindow, crossedPackets, unheardCalls, windowMs },
      failures: Object.fromEntries(this.failures),
      packetsSent: this.packetsSent,
      packetsLost: Math.max(0, this.packetsSent - this.packetsReceived),
      delayMs: this.delay.percentiles(),
      lateMs: this.late.percentiles(),
      inviteMs: this.invite.percentiles(),
      answerMs: this.answer.percentiles(),
    };
  }
}
