/** So many in a sliding window, whoever asks: for what reaches out into the network on somebody's click. */
import type { Clock } from '../clock';
import { ProblemError } from './problems';

export interface Rate {
  /** Throws 429 with the time to wait where the window is full. */
  readonly take: () => void;
}

export function openRate(clock: Clock, { max, windowMs }: { readonly max: number; readonly windowMs: number }): Rate {
  let taken: readonly number[] = [];
  return {
    take() {
      taken = taken.filter((at) => at > clock.now() - windowMs);
      const [oldest] = taken;
      if (oldest !== undefined && taken.length >= max)
        throw new ProblemError('too-many-attempts', {
          retryAfterS: Math.ceil((oldest + windowMs - clock.now()) / 1000),
        });
      taken = [...taken, clock.now()];
    },
  };
}
