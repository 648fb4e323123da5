/** The two ways of loading the service with calls: N held at once, and so many new ones each second. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import { Calls, type CallsDeps } from './calls';
import type { Clock } from './clock';
import { LegPool } from './leg-pool';
import type { ChurnOrder, GeneratorPlace, HoldOrder, MenuToPass, Notice } from './messages';
import type { Pacer } from './pacer';
import { Tally } from './tally';

export interface Ends {
  readonly place: GeneratorPlace;
  readonly clock: Clock;
  readonly pacer: Pacer;
  readonly callerSocket: Socket;
  readonly calleeSocket: Socket;
  readonly tell: (notice: Notice) => void;
}

const sweepMs = 10;
const hangUpsPerSweep = 1;
const leadInMs = 1000;
const drainMaxMs = 40_000;
/** Audio ends rest so long after a call; more than the calls' own lingering. */
const spareMs = 4000;
/** From the INVITE through the menu to the agent's answer, at the most in an unhurried run. */
const menuMs = 1000;

/** Sets up N calls, measures the window, ends them. */
export async function hold(ends: Ends, order: HoldOrder): Promise<void> {
  const run = await begin(ends, order.sipPort, { pairs: order.calls, holdMs: undefined, menu: undefined });
  await run.startAll(order.calls, order.rate, () => false);
  await run.pause(order.settleMs);
  const { tally, clock } = run;
  const fromMs = clock.nowMs();
  for (const { caller, callee } of run.pool?.pairs ?? []) {
    caller.countFrom = callee.countFrom = fromMs;
    caller.countTo = callee.countTo = fromMs + order.windowMs;
  }
  run.openWindow();
  await run.pause(order.windowMs);
  run.closeWindow(fromMs);
  await run.pause(500); // what is still on its way counts as heard
  tally.startedInWindow = order.calls;
  for (const call of run.calls.live) {
    run.calls.hangUp(call);
    for (let i = 0; i < hangUpsPerSweep; i++) await run.pause(sweepMs);
  }
  await run.finish();
}

/** New calls at a steady rate, each held `holdMs`; the window begins when the first ones have ended. */
export async function churn(ends: Ends, order: ChurnOrder): Promise<void> {
  const { rate, windowMs, menu } = order;
  const holdMs = order.holdMs;
  const liveMs = menu === undefined ? holdMs : holdMs + menuMs;
  const seconds = (liveMs + spareMs) / 1000;
  const pairs = order.audio === 'none' ? 0 : Math.ceil(rate * seconds) + 50;
  const run = await begin(ends, order.sipPort, { pairs, holdMs, menu });
  const beginMs = run.clock.nowMs() + liveMs + leadInMs;
  let fromMs = 0;
  const isInWindow = (): boolean => {
    if (run.clock.nowMs() < beginMs) return false;
    if (fromMs === 0) {
      fromMs = run.clock.nowMs();
      run.openWindow();
    }
    return true;
  };
  await run.startAll(Math.ceil((rate * (liveMs + leadInMs + windowMs)) / 1000), rate, isInWindow);
  run.closeWindow(fromMs);
  await run.finish();
}

interface RunOptions {
  readonly pairs: number;
  readonly holdMs: number | undefined;
  readonly menu: MenuToPass | undefined;
}

async function begin(ends: Ends, sipPort: number, { pairs, ...options }: RunOptions): Promise<Run> {
  const pool = pairs === 0 ? undefined : await LegPool.open(pairs, ends.clock);
  return new Run(ends, { sipPort, pool, ...options });
}

type RunSettings = Pick<CallsDeps, 'sipPort' | 'pool' | 'holdMs' | 'menu'>;

/** One number for each call of the process: dialled digits and Call-IDs are never used twice. */
let nextNumber = 0;
const numbersMax = 100_000;

class Run {
  readonly tally = new Tally();
  readonly calls: Calls;
  readonly pool: LegPool | undefined;
  readonly clock: Clock;
  private readonly ends: Ends;
  private isOver = false;
  private readonly listeners: readonly [(message: Buffer) => void, (message: Buffer) => void];

  constructor(ends: Ends, settings: RunSettings) {
    const { clock, pacer, callerSocket, calleeSocket, place } = ends;
    const { callerPort, calleePort } = place;
    const runId = randomBytes(4).toString('hex');
    const { tally } = this;
    const sockets = { clock, pacer, callerSocket, calleeSocket, callerPort, calleePort };
    this.calls = new Calls({ ...sockets, ...settings, tally, runId });
    this.pool = settings.pool;
    this.clock = clock;
    this.ends = ends;
    this.listeners = [
      (message) => this.calls.fromCallerSide(message.toString('latin1')),
      (message) => this.calls.fromCalleeSide(message.toString('latin1')),
    ];
    callerSocket.on('message', this.listeners[0]);
    calleeSocket.on('message', this.listeners[1]);
    this.sweep();
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.clock.after(ms, resolve));
  }

  /** Drift-free: call i starts at i / rate. */
  async startAll(count: number, rate: number, isInWindow: () => boolean): Promise<void> {
    const { contacts, firstNumber } = this.ends.place;
    const beganMs = this.clock.nowMs();
    for (let i = 0; i < count; ) {
      const due = Math.min(count, Math.floor(((this.clock.nowMs() - beganMs) / 1000) * rate) + 1);
      for (; i < due; i++) {
        const number = nextNumber++ % numbersMax;
        // Contacts far apart, so that look-ups do not find the last one's pages by luck.
        const contactNumber = `+${firstNumber + ((number * 7919) % contacts)}`;
        this.calls.start({ number, contactNumber, inWindow: isInWindow() });
      }
      await this.pause(1);
    }
  }

  openWindow(): void {
    this.ends.pacer.late = this.tally.late;
    this.ends.tell({ type: 'window-begins' });
  }

  closeWindow(fromMs: number): void {
    this.ends.pacer.late = undefined;
    this.tally.windowMs = this.clock.nowMs() - fromMs;
    this.ends.tell({ type: 'window-ends' });
  }

  /** Waits for every call's end, then reports. */
  async finish(): Promise<void> {
    const giveUpMs = this.clock.nowMs() + drainMaxMs;
    while (!this.calls.isEmpty && this.clock.nowMs() < giveUpMs) await this.pause(sweepMs);
    this.isOver = true;
    this.ends.callerSocket.off('message', this.listeners[0]);
    this.ends.calleeSocket.off('message', this.listeners[1]);
    this.pool?.close();
    this.ends.tell({ type: 'report', report: this.tally.report() });
  }

  private readonly sweep = (): void => {
    if (this.isOver) return;
    this.calls.sweep();
    this.clock.after(sweepMs, this.sweep);
  };
}
