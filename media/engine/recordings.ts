/** The taps of one worker and the port to the recorder: starts, moves, feeds and ends recordings of calls. */
import type { MessagePort } from 'node:worker_threads';
import type { EngineClock } from './clock';
import type { Leg, Totals } from './leg';
import type { FromEngine, FromRecorder, ToRecorder } from './messages';
import { errorOf } from './thrown';
import { Tap } from './tap';

interface Running {
  readonly tap: Tap;
  /** Left, right. */
  legs: readonly (Leg | undefined)[];
  /** What this leg hears of its room is the right side. */
  hearer?: Leg | undefined;
}

export class Recordings {
  private readonly running = new Map<string, Running>();
  private readonly clock: EngineClock;
  private readonly totals: Totals;
  private readonly post: (message: FromEngine) => void;
  private recorder: MessagePort | undefined;

  constructor(clock: EngineClock, totals: Totals, post: (message: FromEngine) => void) {
    this.clock = clock;
    this.totals = totals;
    this.post = post;
  }

  get size(): number {
    return this.running.size;
  }

  /** Audio goes here from now on; credits come back. What a dead recorder did not answer is no longer waited for. */
  connect(recorder: MessagePort): void {
    this.recorder?.close();
    this.recorder = recorder;
    for (const { tap } of this.running.values()) tap.creditAll();
    recorder.on('message', (message: FromRecorder) => this.guard(message.call, (tap) => tap.credit()));
  }

  disconnect(): void {
    this.recorder?.close();
    this.recorder = undefined;
  }

  /** Records these two legs; a recording that runs goes on, its timeline unbroken, with these legs in their places. */
  record(call: string, customer: Leg | undefined, ours: Leg | undefined): void {
    const running = this.running.get(call) ?? this.begin(call);
    this.attachAll(running, [customer, ours]);
  }

  /** Left is this leg, right what it hears of its room. The timeline of a recording that runs goes on. */
  recordRoom(call: string, customer: Leg | undefined): void {
    const running = this.running.get(call) ?? this.begin(call);
    this.attachAll(running, [customer]);
    if (customer === undefined) return;
    running.hearer = customer;
    customer.mixTap = running.tap;
    running.tap.changeLeg(1);
  }

  /** Nobody is heard until the next `record`. Packets that come meanwhile are gone, and their time is silence. */
  pause(call: string): void {
    const running = this.running.get(call);
    if (running === undefined) return;
    this.attachAll(running, []);
  }

  stop(call: string): void {
    const running = this.running.get(call);
    if (running === undefined) return;
    this.attachAll(running, []);
    this.running.delete(call);
    running.tap.end(this.clock.nowMs());
  }

  stopAll(): void {
    for (const call of [...this.running.keys()]) this.stop(call);
  }

  flush(nowMs: number): void {
    for (const call of this.running.keys()) this.guard(call, (tap) => tap.flush(nowMs));
  }

  /** A recording that breaks is ended; the others, and the calls, go on. */
  private guard(call: string, work: (tap: Tap) => void): void {
    const running = this.running.get(call);
    if (running === undefined) return;
    try {
      work(running.tap);
    } catch (error) {
      this.running.delete(call);
      this.attachAll(running, []);
      this.send({ type: 'end', call, totalSamples: 0 });
      this.post({ type: 'failed', error: errorOf(error) });
    }
  }

  /** Left, right; whoever had a side and is not among them has it no more. */
  private attachAll(running: Running, legs: readonly (Leg | undefined)[]): void {
    for (const leg of running.legs) if (!legs.includes(leg)) detach(running.tap, leg);
    attach(running.tap, legs[0], 0);
    attach(running.tap, legs[1], 1);
    running.legs = legs;
    if (running.hearer?.mixTap === running.tap) running.hearer.mixTap = undefined;
    running.hearer = undefined;
  }

  private begin(call: string): Running {
    const target = {
      call,
      post: (message: ToRecorder): void => this.send(message),
      dropped: (): void => void this.totals.blocksDropped++,
      overflowed: (): void => this.post({ type: 'recording-overflowed', call }),
    };
    const tap = new Tap(target, this.clock.nowMs());
    const running = { tap, legs: [] };
    this.running.set(call, running);
    return running;
  }

  private send(message: ToRecorder): void {
    if (message.type === 'block') this.recorder?.postMessage(message, [message.stereo.buffer]);
    else this.recorder?.postMessage(message);
  }
}

function attach(tap: Tap, leg: Leg | undefined, side: number): void {
  if (leg === undefined || (leg.tap === tap && leg.side === side)) return;
  leg.tap = tap;
  leg.side = side;
  tap.changeLeg(side);
}

function detach(tap: Tap, leg: Leg | undefined): void {
  if (leg?.tap === tap) leg.tap = undefined;
}
