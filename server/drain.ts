/** The end of the service as its callers see it: no new calls, live ones may finish for a while, the rest get a real BYE. */
import type { Clock } from './clock';
import type { Switchboard } from './switchboard';

const pollMs = 50;
/** What is ended at last still needs its BYEs answered, its recordings finished and its records saved. */
const farewellMs = 3000;

/** @param drainMs how long live calls may go on. */
export async function drainCalls(board: Switchboard, clock: Clock, drainMs: number): Promise<void> {
  board.post({ from: 'process', type: 'drain-asked', at: clock.now() });
  await quiet(board, clock, drainMs);
  board.post({ from: 'process', type: 'shut-down-asked', at: clock.now() });
  await quiet(board, clock, farewellMs);
}

async function quiet(board: Switchboard, clock: Clock, waitMs: number): Promise<void> {
  const giveUpAt = clock.now() + waitMs;
  while (board.view.calls.size > 0 && clock.now() < giveUpAt) {
    await new Promise<void>((resolve) => void clock.after(pollMs, resolve));
  }
}
