/**
 * The real recorder in this thread, on real message ports, a real folder and a clock moved by hand.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import type { RecordingSidecar } from '../../call-router/effect';
import { callIdOf, epochMs, userIdOf } from '../../call-router/values/ids';
import type { RecorderClock } from '../../recordings/clock';
import type { BlockWritten, FromMedia, FromRecorder, RecorderSettings, ToRecorder } from '../../recordings/messages';
import { run } from '../../recordings/recorder';

export const sidecar: RecordingSidecar = {
  card: { kind: 'contact', id: 'contact-1' },
  companyId: 'company-1',
  userId: userIdOf('user-1'),
  direction: 'inbound',
  startedAt: epochMs(1_700_000_000_000),
  answeredAt: epochMs(1_700_000_004_000),
};

/** A call's id: 32 hexadecimal digits. */
export function callNumber(n: number): ReturnType<typeof callIdOf> {
  return callIdOf(n.toString(16).padStart(32, '0'));
}

export function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'trunkline-recordings-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Names of all files below a folder, in order. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

export class FakeClock implements RecorderClock {
  private nowMs = 0;
  private readonly runs = new Set<() => void>();
  readonly monotonicMs = (): number => this.nowMs;
  readonly every = (_intervalMs: number, run: () => void): (() => void) => {
    this.runs.add(run);
    return () => this.runs.delete(run);
  };
  /** Moves the time and ticks once. */
  moveBy(ms: number): void {
    this.nowMs += ms;
    for (const run of this.runs) run();
  }
}

export class RecorderUnderTest {
  readonly clock = new FakeClock();
  readonly told: FromRecorder[] = [];
  readonly credits: BlockWritten[] = [];
  private readonly main = new MessageChannel();
  private readonly media = new MessageChannel();
  private wake: () => void = () => undefined;

  private constructor(settings: RecorderSettings) {
    this.main.port1.on('message', (message: FromRecorder) => {
      this.told.push(message);
      this.wake();
    });
    this.media.port1.on('message', (message: BlockWritten) => {
      this.credits.push(message);
      this.wake();
    });
    run(this.main.port2, this.media.port2, this.clock);
    this.order({ type: 'begin', settings });
  }

  static async begin(folder: string, settings: Partial<RecorderSettings> = {}): Promise<RecorderUnderTest> {
    const recorder = new RecorderUnderTest({
      folder,
      minFreeBytes: 0,
      syncEveryMs: 5000,
      settleAfterMs: 60_000,
      ...settings,
    });
    await recorder.heard('ready');
    return recorder;
  }

  order(message: ToRecorder): void {
    this.main.port1.postMessage(message);
  }

  audio(message: FromMedia): void {
    this.media.port1.postMessage(message);
  }

  /** Waits for the n-th message of a type (the first by default). */
  async heard<Type extends FromRecorder['type']>(type: Type, n = 1): Promise<Extract<FromRecorder, { type: Type }>> {
    const isWanted = (message: FromRecorder): message is Extract<FromRecorder, { type: Type }> => message.type === type;
    await this.until(() => this.told.filter(isWanted).length >= n);
    const found = this.told.filter(isWanted)[n - 1];
    if (found === undefined) throw new Error('waited for nothing');
    return found;
  }

  /** All orders given so far are carried out: a recovery is answered after them. */
  async hasTakenOrders(): Promise<void> {
    const before = this.told.filter(({ type }) => type === 'recovered').length;
    this.order({ type: 'recover' });
    await this.heard('recovered', before + 1);
  }

  async credited(count: number): Promise<void> {
    await this.until(() => this.credits.length >= count);
  }

  /** Looks again after each message. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      await new Promise<void>((done) => {
        this.wake = done;
      });
    }
  }

  /** Finishes a call whose audio is all sent, and answers what was said of it. */
  async finish(
    call: ReturnType<typeof callIdOf>,
    totalSamples: number,
  ): Promise<Extract<FromRecorder, { type: 'finished' }>> {
    const before = this.told.filter(({ type }) => type === 'finished').length;
    this.audio({ type: 'end', call, totalSamples });
    this.order({ type: 'finish', call });
    return this.heard('finished', before + 1);
  }

  async stop(): Promise<void> {
    this.order({ type: 'stop' });
    await this.heard('stopped');
    this.main.port1.close();
    this.media.port1.close();
  }
}

/** A block whose bytes tell their place: left counts up, right down. */
export function blockAt(startSample: number, samples: number): Uint8Array {
  const stereo = new Uint8Array(samples * 2);
  for (let i = 0; i < samples; i++) {
    stereo[i * 2] = (startSample + i) % 251;
    stereo[i * 2 + 1] = 255 - ((startSample + i) % 241);
  }
  return stereo;
}
