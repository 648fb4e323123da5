/**
 * Asks each registered phone with OPTIONS whether it is still there: a phone that lost power keeps its registration for
 * minutes and would take calls nowhere, and a page whose scripts stand still keeps its connection. Also keeps the NAT in front
 * of it open. Three misses drop the binding.
 */
import { type Bindings, nextHopOf, type StoredBinding } from './bindings';
import type { GatewayClock } from './clock';
import { type ProbeParts, startProbe } from './probe';
import type { SipLink } from './srf-link';

export interface WatchParts {
  readonly bindings: Bindings;
  readonly link: (name: string) => SipLink | undefined;
  readonly clock: GatewayClock;
  /** It did not answer, and is dropped. */
  readonly dead: (binding: StoredBinding) => void;
}

type Pace = Pick<ProbeParts, 'periodMs' | 'doubtPeriodMs' | 'answerWithinMs'>;

/** A page that sleeps, its connection alive, is known within 23 s: 10 + 3 × 3 of waiting and 2 × 2 in between. */
const paces: Readonly<Record<'rtp' | 'webrtc', Pace>> = {
  rtp: { periodMs: 30_000, doubtPeriodMs: 5_000, answerWithinMs: 5_000 },
  webrtc: { periodMs: 10_000, doubtPeriodMs: 2_000, answerWithinMs: 3_000 },
};

/** Watches one binding until it is gone. */
export class BindingWatch {
  private readonly probes = new Map<string, { stop(): void }>();
  private readonly parts: WatchParts;

  constructor(parts: WatchParts) {
    this.parts = parts;
  }

  watch({ id, media }: StoredBinding): void {
    this.probes.get(id)?.stop();
    // The first probe waits a period: the phone has just spoken to us, and many may register in the same second.
    const pace = paces[media ?? 'rtp'];
    const cancelFirst = this.parts.clock.after(pace.periodMs, () => this.probes.set(id, this.probe(id, pace)));
    this.probes.set(id, { stop: cancelFirst });
  }

  forget(id: string): void {
    this.probes.get(id)?.stop();
    this.probes.delete(id);
  }

  stop(): void {
    for (const probe of this.probes.values()) probe.stop();
    this.probes.clear();
  }

  private probe(id: string, pace: Pace) {
    const { bindings, clock, link, dead } = this.parts;
    return startProbe({
      target: () => {
        const binding = bindings.of(id);
        const flow = binding === undefined ? undefined : link(binding.link);
        if (binding === undefined || flow === undefined) return undefined;
        const nextHop = nextHopOf(binding);
        const target = { link: flow, uri: binding.contact };
        return nextHop === undefined ? target : { ...target, nextHop };
      },
      headers: {},
      clock,
      ...pace,
      missesToDown: 3,
      answersToUp: 1,
      changed: (state) => {
        const binding = state === 'down' ? bindings.of(id) : undefined;
        if (binding === undefined) return;
        bindings.drop(id);
        dead(binding);
      },
    });
  }
}
