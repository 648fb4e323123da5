/** The generator's clock: the only file here that knows the time and sets timers. Monotonic, in milliseconds with a fraction. */

export interface Clock {
  readonly nowMs: () => number;
  readonly after: (ms: number, fire: () => void) => void;
}

export const generatorClock: Clock = {
  nowMs: () => performance.now(),
  after: (ms, fire) => void setTimeout(fire, ms),
};
