/**
 * The mediasoup halves of the legs that go to browsers, one for each. What is done with one takes a moment, so work on a
 * leg is done in turn, in the order it came; legs do not wait for each other.
 */
import type { types } from 'mediasoup';
import type { LegId } from '../call-router/values/ids';
import type { BrowserSide } from './browser-side';

export interface BrowserSides {
  readonly get: (leg: LegId) => BrowserSide | undefined;
  /** Takes the place of the one before, which is closed. */
  readonly put: (leg: LegId, side: BrowserSide) => void;
  readonly drop: (leg: LegId) => void;
  readonly all: () => readonly LegId[];
  readonly onWorker: (worker: types.Worker) => readonly LegId[];
  /** Does this when what was begun before on the same leg is done. `work` must not fail. */
  readonly inTurn: (leg: LegId, work: () => Promise<void>) => void;
  /** Settles when nothing is being done. */
  readonly idle: () => Promise<void>;
}

export function createBrowserSides(): BrowserSides {
  const sides = new Map<LegId, BrowserSide>();
  const turns = new Map<LegId, Promise<void>>();
  const drop = (leg: LegId): void => {
    sides.get(leg)?.close();
    sides.delete(leg);
  };
  return {
    get: (leg) => sides.get(leg),
    put(leg, side) {
      drop(leg);
      sides.set(leg, side);
    },
    drop,
    all: () => [...sides.keys()],
    onWorker: (worker) => [...sides].flatMap(([leg, side]) => (side.lease.worker === worker ? [leg] : [])),
    inTurn(leg, work) {
      const turn = (turns.get(leg) ?? Promise.resolve()).then(work).finally(() => {
        if (turns.get(leg) === turn) turns.delete(leg);
      });
      turns.set(leg, turn);
    },
    async idle() {
      while (turns.size > 0) await Promise.all(turns.values());
    },
  };
}
