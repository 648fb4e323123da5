/** Time as the gateway needs it: what o'clock it is, and "later". server/clock.ts fits; tests pass one they move by hand. */
import type { EpochMs } from '../call-router/values/ids';

export interface GatewayClock {
  now(): EpochMs;
  /** Runs the task once after so many milliseconds; what it returns takes the task back. */
  after(ms: number, task: () => void): () => void;
}

/** Warnings and errors of this folder. Fields carry ids and counts only: no number, name, address or SIP text. */
export interface GatewayLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
