/** Watches trunks known by address with OPTIONS: up or down, with hysteresis, is what the router hears. */
import type { TrunkAccount } from './accounts';
import type { GatewayClock } from './clock';
import { startProbe } from './probe';
import type { SipLink } from './srf-link';
import { hostPort, transportParam } from './trunk-headers';

export interface HealthParts {
  readonly trunk: TrunkAccount;
  readonly link: () => SipLink | undefined;
  readonly clock: GatewayClock;
  readonly changed: (state: 'up' | 'down') => void;
  readonly heardFrom: (address: string) => void;
}

const periodMs = 30_000;
const doubtPeriodMs = 5_000;
const answerWithinMs = 5_000;

export function watchTrunk(parts: HealthParts): { stop(): void } {
  const { trunk } = parts;
  const uri = `sip:${hostPort(trunk.host ?? '', trunk.port)}${transportParam(trunk)}`;
  return startProbe({
    target: () => {
      const link = parts.link();
      return link === undefined ? undefined : { link, uri };
    },
    headers: {},
    clock: parts.clock,
    periodMs,
    doubtPeriodMs,
    answerWithinMs,
    missesToDown: 3,
    answersToUp: 2,
    changed: (state, address) => {
      if (state === 'up' && address !== '') parts.heardFrom(address);
      parts.changed(state);
    },
  });
}
