/** Runs SIPp with a scenario made here: real SIP from a program that is not ours. Ends the process it started, always. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '../service/running-office';

export interface SippRun {
  /** Steps of the scenario, as SIPp's XML. */
  readonly steps: string;
  /** Where to send; undefined for a callee, which waits. */
  readonly target?: { readonly host: string; readonly port: number };
  readonly localPort: number;
  /** [service] in the scenario: the number dialled. */
  readonly dialled?: string;
  /** `any`: until `finish`. */
  readonly calls?: number | 'any';
  /** New calls a second. */
  readonly rate?: number;
  readonly transport?: 'u1' | 't1';
  readonly timeoutS?: number;
}

export interface SippResult {
  /** 0: every call went as the scenario says. */
  readonly exitCode: number;
  /** What SIPp wrote about messages that did not fit. */
  readonly errors: string;
}

export class Sipp {
  private readonly child: ChildProcess;
  private readonly folder: string;
  private readonly port: number;
  private told = 0;
  private readonly ended: Promise<unknown>;

  constructor(run: SippRun) {
    this.port = run.localPort;
    this.folder = mkdtempSync(path.join(tmpdir(), 'trunkline-sipp-'));
    const file = path.join(this.folder, 'scenario.xml');
    writeFileSync(
      file,
      `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="test">\n${run.steps}\n</scenario>\n`,
    );
    this.child = spawn('sipp', argumentsOf(run, file), { cwd: this.folder, stdio: 'ignore' });
    this.ended = once(this.child, 'exit');
  }

  /** Resolves when the scenario has come to a `log` step with these words; answers the whole line. */
  async logged(words: string): Promise<string> {
    const lines = await until(
      async () => this.written('_logs.log').split('\n'),
      (all) => all.some((line) => line.includes(words)),
    );
    return lines.find((line) => line.includes(words)) ?? '';
  }

  /**
   * Lets a call that waits in `untilTold` go on: a MESSAGE of the test's, outside of what the service says. SIPp knows a call
   * by its Call-ID alone, so this needs no place in the dialog.
   */
  async tell(callId: string, value = 'go on'): Promise<void> {
    // The same words twice would be one message sent again.
    this.told += 1;
    const lines = [
      'MESSAGE sip:sipp@127.0.0.1 SIP/2.0',
      `Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKtold${this.told}`,
      'From: <sip:test@127.0.0.1>;tag=test',
      'To: <sip:sipp@127.0.0.1>',
      `Call-ID: ${callId}`,
      `CSeq: ${this.told} MESSAGE`,
      `X-Told: ${value}`,
      'Content-Length: 0',
    ];
    const socket = createSocket('udp4');
    socket.send(`${lines.join('\r\n')}\r\n\r\n`, this.port, '127.0.0.1', () => socket.close());
    await once(socket, 'close');
  }

  async result(): Promise<SippResult> {
    await this.ended;
    const errors = this.written('_errors.log')
      .split(/^(?=\d{4}-\d\d-\d\d\t)/m)
      .filter(isOfACall)
      .join('\n');
    rmSync(this.folder, { recursive: true, force: true });
    return { exitCode: this.child.exitCode ?? -1, errors };
  }

  /** Takes no more calls, waits for those that live, and tells how they went. */
  finish(): Promise<SippResult> {
    this.child.kill('SIGUSR1');
    return this.result();
  }

  /** For a callee whose work is done, or a test that failed. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private written(ending: string): string {
    const logs = readdirSync(this.folder).filter((name) => name.endsWith(ending));
    return logs.map((name) => readFileSync(path.join(this.folder, name), 'utf8')).join('\n');
  }
}

function argumentsOf(run: SippRun, file: string): string[] {
  const { target, localPort, calls = 1, rate = 50, timeoutS = 25, transport = 'u1' } = run;
  const place = ['-sf', file, '-i', '127.0.0.1', '-p', String(localPort), '-t', transport];
  const manner = ['-nostdin', '-timeout', `${timeoutS}s`, '-timeout_error', '-default_behaviors', 'all,-bye'];
  const remote = target === undefined ? '' : `${target.host}:${target.port}`;
  return [
    // Of its own accord SIPp writes a digest for the host alone, not for what it asks for (RFC 7616 section 3.4.6).
    ...(remote === '' ? [] : [remote, '-auth_uri', run.dialled === undefined ? remote : `${run.dialled}@${remote}`]),
    ...place,
    ...manner,
    ...['-trace_err', '-trace_logs'],
    ...(calls === 'any' ? [] : ['-m', String(calls), '-r', String(rate), '-l', String(calls)]),
    ...(run.dialled === undefined ? [] : ['-s', run.dialled]),
  ];
}

/** Our OPTIONS to the trunk belong to no call of SIPp; it writes each of them down. */
const isOfACall = (entry: string): boolean => /Aborting|timed out/.test(entry);

/** A UDP port that is free now, for a peer that must be known by its address before it starts. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
