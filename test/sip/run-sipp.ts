/** Runs SIPp with a scenario made here: real SIP from a program that is not ours. Ends the process it started, always. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SippRun {
  /** Steps of the scenario, as SIPp's XML. */
  readonly steps: string;
  /** Where to send; undefined for a callee, which waits. */
  readonly target?: { readonly host: string; readonly port: number };
  readonly localPort: number;
  /** [service] in the scenario: the number dialled. */
  readonly dialled?: string;
  readonly calls?: number;
  /** New calls a second. */
  readonly rate?: number;
  readonly transport?: 'u1' | 't1';
  readonly timeoutS?: number;
  /** Values for [field0], one line a call. */
  readonly fields?: readonly string[];
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
  private readonly ended: Promise<unknown>;

  constructor(run: SippRun) {
    this.folder = mkdtempSync(path.join(tmpdir(), 'trunkline-sipp-'));
    const file = path.join(this.folder, 'scenario.xml');
    writeFileSync(
      file,
      `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="test">\n${run.steps}\n</scenario>\n`,
    );
    this.child = spawn('sipp', this.argumentsOf(run, file), { cwd: this.folder, stdio: 'ignore' });
    this.ended = once(this.child, 'exit');
  }

  private argumentsOf(run: SippRun, file: string): string[] {
    const { target, localPort, calls = 1, rate = 50, timeoutS = 25 } = run;
    const fields = run.fields === undefined ? [] : ['-inf', this.fieldFile(run.fields)];
    return [
      ...(target === undefined ? [] : [`${target.host}:${target.port}`]),
      ...[
        '-sf',
        file,
        '-i',
        '127.0.0.1',
        '-p',
        String(localPort),
        '-m',
        String(calls),
        '-r',
        String(rate),
        '-l',
        String(calls),
      ],
      ...[
        '-t',
        run.transport ?? 'u1',
        '-nostdin',
        '-timeout',
        `${timeoutS}s`,
        '-timeout_error',
        '-trace_err',
        '-default_behaviors',
        'all,-bye',
      ],
      ...(run.dialled === undefined ? [] : ['-s', run.dialled]),
      ...fields,
    ];
  }

  private fieldFile(fields: readonly string[]): string {
    const file = path.join(this.folder, 'fields.csv');
    writeFileSync(file, `SEQUENTIAL\n${fields.join('\n')}\n`);
    return file;
  }

  async result(): Promise<SippResult> {
    await this.ended;
    const logs = readdirSync(this.folder).filter((name) => name.endsWith('_errors.log'));
    const errors = logs
      .map((name) => readFileSync(path.join(this.folder, name), 'utf8'))
      .flatMap(withoutOthers)
      .join('\n');
    rmSync(this.folder, { recursive: true, force: true });
    return { exitCode: this.child.exitCode ?? -1, errors };
  }

  /** For a callee whose work is done, or a test that failed. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Our OPTIONS to the trunk belong to no call of SIPp; it writes each of them down. */
function withoutOthers(log: string): readonly string[] {
  return log.split(/^(?=\d{4}-\d\d-\d\d\t)/m).filter((entry) => /Aborting|timed out/.test(entry));
}

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
