/**
 * Is a far end alive? OPTIONS again and again (RFC 3261 section 11); any answer of its own means yes, whatever it says.
 * Used for trunks known by address and for registered phones. A verdict needs several probes, so that one lost packet or
 * one lucky one turns nothing over.
 */
import { randomInt } from 'node:crypto';
import type { GatewayClock } from './clock';
import type { Headers } from './header-values';
import { randomHex } from './random';
import type { ReceivedResponse, SipLink } from './srf-link';

export interface ProbeParts {
  readonly target: () => { readonly link: SipLink; readonly uri: string; readonly nextHop?: string } | undefined;
  readonly headers: Headers;
  readonly clock: GatewayClock;
  readonly periodMs: number;
  /** After a change of signs the next probes come sooner. */
  readonly doubtPeriodMs: number;
  readonly answerWithinMs: number;
  readonly missesToDown: number;
  readonly answersToUp: number;
  readonly changed: (state: 'up' | 'down', address: string) => void;
}

/** Starts probing; what it returns stops it. The first probe goes out at once, the later ones spread out. */
export function startProbe(parts: ProbeParts): { stop(): void } {
  return new Probe(parts);
}

class Probe {
  private readonly parts: ProbeParts;
  private readonly sipCallId = randomHex(16);
  private cseq = 0;
  private state: 'unknown' | 'up' | 'down' = 'unknown';
  /** Probes in a row that speak against the state. */
  private against = 0;
  private timer: (() => void) | undefined;
  private round = 0;

  constructor(parts: ProbeParts) {
    this.parts = parts;
    this.ask();
  }

  stop(): void {
    this.round++;
    this.timer?.();
  }

  private ask(): void {
    const round = ++this.round;
    const { parts } = this;
    const target = parts.target();
    const judge = (isAlive: boolean, address: string) => {
      if (round === this.round) this.judge(isAlive, address);
    };
    this.timer = parts.clock.after(parts.answerWithinMs, () => judge(false, ''));
    // Without an engine nothing is known of the far end: ask again later, and judge nobody.
    if (target === undefined) {
      this.timer();
      this.timer = parts.clock.after(parts.doubtPeriodMs, () => this.ask());
      return;
    }
    target.link.send(this.request(target), {
      response: (response) => {
        if (response.status >= 200) judge(isFromFarEnd(response), response.source_address);
      },
      failed: () => judge(false, ''),
    });
  }

  private request(target: { readonly uri: string; readonly nextHop?: string }) {
    const tag = this.sipCallId.slice(0, 12);
    const request = {
      method: 'OPTIONS',
      uri: target.uri,
      headers: {
        From: `<sip:trunkline@localhost>;tag=${tag}`,
        'Call-ID': this.sipCallId,
        CSeq: `${++this.cseq} OPTIONS`,
        Accept: 'application/sdp',
        ...this.parts.headers,
      },
    };
    return target.nextHop === undefined ? request : { ...request, nextHop: target.nextHop };
  }

  private judge(isAlive: boolean, address: string): void {
    const { parts } = this;
    this.round++;
    this.timer?.();
    const verdict = isAlive ? 'up' : 'down';
    const needed = this.needed(verdict);
    this.against = verdict === this.state ? 0 : this.against + 1;
    if (this.against >= needed) {
      this.against = 0;
      this.state = verdict;
      parts.changed(verdict, address);
    }
    const periodMs = this.against > 0 ? parts.doubtPeriodMs : (parts.periodMs * randomInt(90, 101)) / 100;
    this.timer = parts.clock.after(periodMs, () => this.ask());
  }

  /** The first answer of all is believed at once. */
  private needed(verdict: 'up' | 'down'): number {
    if (verdict === 'down') return this.parts.missesToDown;
    return this.state === 'unknown' ? 1 : this.parts.answersToUp;
  }
}

/** A 408 or 503 without a source was made by the engine: nobody answered. */
const isFromFarEnd = ({ status, source_address: address }: ReceivedResponse): boolean =>
  address !== '' || (status !== 408 && status !== 503);
