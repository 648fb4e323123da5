/**
 * Holds off guessing: failed log-ins are counted for each account and for each address within a sliding window. An attempt
 * counts from the moment it begins, so a hundred at once are no way around; success takes it back and forgives the account.
 */
import { fail, type Result, succeed } from '../../call-router/values/result';
import type { Clock } from '../clock';
import type { ApiLimits } from '../limits';
import { networkOf } from './access-rules';

/** Accounts and addresses remembered at the most; the oldest are forgotten first. */
const rememberedMax = 20_000;

export interface Attempt {
  readonly succeeded: () => void;
}
export interface LoginLimiter {
  readonly begin: (attempt: {
    /** The account's id; for a name nobody has, that name. */
    readonly account: string;
    readonly address: string;
  }) => Result<Attempt, { readonly retryAfterS: number }>;
}

export function openLoginLimiter(clock: Clock, limits: ApiLimits): LoginLimiter {
  const failures = new Map<string, readonly number[]>();
  const recent = (key: string): readonly number[] =>
    (failures.get(key) ?? []).filter((at) => at > clock.now() - limits.loginWindowMs);
  const waitOf = (times: readonly number[], max: number): number => {
    const oldest = times.at(-max);
    return oldest === undefined ? 0 : oldest + limits.loginWindowMs - clock.now();
  };
  const remember = (key: string, times: readonly number[]): void => {
    failures.delete(key);
    if (times.length === 0) return;
    failures.set(key, times);
    const oldest = failures.size > rememberedMax ? failures.keys().next().value : undefined;
    if (oldest !== undefined) failures.delete(oldest);
  };
  return {
    begin({ account: name, address }) {
      const account = `account ${name}`;
      const network = `address ${networkOf(address)}`;
      const ofAccount = recent(account);
      const ofNetwork = recent(network);
      const waitMs = Math.max(
        waitOf(ofAccount, limits.loginFailuresPerAccountMax),
        waitOf(ofNetwork, limits.loginFailuresPerAddressMax),
      );
      if (waitMs > 0) return fail({ retryAfterS: Math.ceil(waitMs / 1000) });
      const at = clock.now();
      remember(account, [...ofAccount, at]);
      remember(network, [...ofNetwork, at]);
      return succeed({
        succeeded() {
          remember(account, []);
          remember(network, withoutOne(recent(network), at));
        },
      });
    },
  };
}

function withoutOne(times: readonly number[], at: number): readonly number[] {
  const index = times.indexOf(at);
  return index < 0 ? times : times.toSpliced(index, 1);
}
