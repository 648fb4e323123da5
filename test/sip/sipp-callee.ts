/**
 * SIPp as a provider that is called: answers each call as the scenario says, and our OPTIONS by the way (they would count
 * as calls of its own otherwise). Ends the process it started, always.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../server/clock';
import { respondInDialog } from './scenarios';

export interface CalleeResult {
  /** 0: every call went as the scenario says. */
  readonly exitCode: number;
  readonly errors: string;
}

const optionsOrCall = `
  <recv request="INVITE" optional="true" next="1" rrs="true"></recv>
  <recv request="OPTIONS"></recv>
  ${respondInDialog().replace('[last_To:]', '[last_To:];tag=[pid]o[call_number]')}
  <nop next="2"></nop>
  <label id="1"/>`;

export class SippCallee {
  private readonly child: ChildProcess;
  private readonly folder: string;
  private readonly ended: Promise<unknown>;

  private constructor(port: number, steps: readonly string[]) {
    this.folder = mkdtempSync(path.join(tmpdir(), 'trunkline-sipp-'));
    const file = path.join(this.folder, 'scenario.xml');
    const body = [optionsOrCall, ...steps, '<label id="2"/>', '<nop></nop>'].join('\n');
    writeFileSync(
      file,
      `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="callee">\n${body}\n</scenario>\n`,
    );
    const place = ['-sf', file, '-i', '127.0.0.1', '-p', String(port), '-t', 'u1'];
    const manner = ['-nostdin', '-trace_err', '-timeout', '30s', '-timeout_error', '-default_behaviors', 'all,-bye'];
    this.child = spawn('sipp', [...place, ...manner], { cwd: this.folder, stdio: 'ignore' });
    this.ended = once(this.child, 'exit');
  }

  /** @param steps what follows the INVITE. Resolves when SIPp listens at the port. */
  static async start(clock: Clock, port: number, steps: readonly string[]): Promise<SippCallee> {
    const callee = new SippCallee(port, steps);
    const giveUpAt = clock.now() + 5000;
    while (!isBound(port)) {
      if (clock.now() > giveUpAt) throw new Error('SIPp did not start');
      await new Promise<void>((resolve) => void clock.after(20, resolve));
    }
    return callee;
  }

  /** Takes no more calls, waits for those that live, and tells how they went. */
  async finish(): Promise<CalleeResult> {
    this.child.kill('SIGUSR1');
    await this.ended;
    const logs = readdirSync(this.folder).filter((name) => name.endsWith('_errors.log'));
    const errors = logs.map((name) => readFileSync(path.join(this.folder, name), 'utf8')).join('\n');
    rmSync(this.folder, { recursive: true, force: true });
    return { exitCode: this.child.exitCode ?? -1, errors };
  }

  /** For a test that failed. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Linux lists sockets by address and port in hexadecimal. */
function isBound(port: number): boolean {
  return readFileSync('/proc/net/udp', 'latin1').includes(`:${port.toString(16).toUpperCase().padStart(4, '0')} 0000`);
}
