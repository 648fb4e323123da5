/**
 * Asks each registered phone with OPTIONS whether it is still there: a phone that lost power keeps its registration for
 * minutes and would take calls nowhere. Also keeps the NAT in front of it open. Three misses drop the binding.
 */
import { type Bindings, nextHopOf, type StoredBinding } from './bindings';
import type { GatewayClock } from './clock';
import { startProbe } from './probe';
import type { SipLink } from './srf-link';

export interface WatchParts {
  readonly bindings: Bindings;
  readonly link: (name: string) => SipLink | undefined;
  readonly clock: GatewayClock;
}

const phonePeriodMs = 30_000;
const browserPeriodMs = 10_000;
const doubtPeriodMs = 5_000;

/** Watches one binding until it is gone. */
export class BindingWatch {
  private readonly probes = new Map<string, { stop(): void }>();
  private readonly parts: WatchParts;

  constructor(parts: WatchParts) {
    this.parts = parts;
  }

  watch({ id, contact }: StoredBinding): void {
    this.probes.get(id)?.stop();
    const isBrowser = /\.invalid\b/i.test(contact);
    // The first probe waits a period: the phone has just spoken to us, and many may register in the same second.
    const periodMs = isBrowser ? browserPeriodMs : phonePeriodMs;
    const cancelFirst = this.parts.clock.after(periodMs, () => this.probes.set(id, this.probe(id, periodMs)));
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

  private probe(id: string, periodMs: number) {
    const { bindings, clock, link } = this.parts;
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
      periodMs,
      doubtPeriodMs,
      missesToDown: 3,
      answersToUp: 1,
      changed: (state) => {
        if (state === 'down') bindings.drop(id);
      },
    });
  }
}
