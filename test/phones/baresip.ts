/**
 * baresip, a real SIP phone that is not ours, in a process and a folder of its own: registered with digest, told what to
 * do over its control socket (JSON in netstrings), speaking a file and keeping what it hears as a WAV.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '../../server/clock';

export interface BaresipSettings {
  readonly clock: Clock;
  readonly service: { readonly host: string; readonly port: number };
  readonly username: string;
  readonly password: string;
  readonly codec: 'PCMA' | 'PCMU';
  /** What it says, 8 kHz; longer than the call. */
  readonly speech: Int16Array;
}

interface Message {
  readonly event?: boolean;
  readonly type?: string;
  readonly param?: string;
  readonly response?: boolean;
  readonly ok?: boolean;
  readonly data?: string;
}

const modules = ['g711.so', 'aufile.so', 'aubridge.so', 'sndfile.so'];
const patienceMs = 8000;

export class Baresip {
  private readonly child: ChildProcess;
  private readonly folder: string;
  private readonly clock: Clock;
  private readonly control: Socket;
  private readonly events: { readonly type: string; readonly param: string }[] = [];
  private buffered = '';
  private look: () => void = () => undefined;

  private constructor(child: ChildProcess, control: Socket, at: { readonly folder: string; readonly clock: Clock }) {
    this.child = child;
    this.control = control;
    this.folder = at.folder;
    this.clock = at.clock;
    control.on('data', (bytes) => this.read(bytes.toString('utf8')));
    control.on('error', () => undefined); // it was ended
  }

  /** Resolves when it is registered. */
  static async start(settings: BaresipSettings): Promise<Baresip> {
    const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-baresip-'));
    const port = await freeTcpPort();
    writeFiles(folder, port, settings);
    const child = spawn('baresip', ['-4', '-f', folder], { cwd: folder, stdio: 'ignore' });
    try {
      const control = await whenListening(settings.clock, port);
      const phone = new Baresip(child, control, { folder, clock: settings.clock });
      phone.tell('uanew', accountOf(settings));
      await phone.happens('REGISTER_OK');
      return phone;
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** What happened so far is of no call to come. */
  forget(): void {
    this.events.length = 0;
  }

  /** What happened before is forgotten: the next event is of this call. */
  call(number: string): void {
    this.forget();
    this.tell('dial', number);
  }

  answer(): void {
    this.tell('accept');
  }

  hangUp(): void {
    this.tell('hangup');
  }

  hold(): void {
    this.tell('hold');
  }

  resume(): void {
    this.tell('resume');
  }

  /** Its transfer key: REFER without announcement. */
  transfer(number: string): void {
    this.tell('transfer', number);
  }

  /** Keys in a call, as RFC 4733. */
  press(keys: string): void {
    this.tell('sndcode', keys);
  }

  private tell(command: string, params = ''): void {
    const text = JSON.stringify({ command, params, token: command });
    this.control.write(`${Buffer.byteLength(text)}:${text},`);
  }

  /** Waits for an event that nobody has waited for yet, such as CALL_ESTABLISHED; answers what it says of it. */
  async happens(type: string): Promise<string> {
    const giveUpAt = this.clock.now() + patienceMs;
    for (;;) {
      const at = this.events.findIndex((event) => event.type === type);
      if (at >= 0) return this.events.splice(at, 1)[0]?.param ?? '';
      if (this.clock.now() > giveUpAt)
        throw new Error(`${type} did not happen; only ${this.events.map((event) => event.type).join(', ')}`);
      await new Promise<void>((resolve) => {
        this.look = resolve;
        this.clock.after(100, resolve);
      });
    }
  }

  /** All it heard in the last call: 16-bit samples at 8 kHz. */
  heard(): Int16Array {
    const file = readdirSync(this.folder)
      .filter((name) => /^dump-.*dec\.wav$/.test(name))
      .sort()
      .at(-1);
    if (file === undefined) return new Int16Array(0);
    const bytes = readFileSync(path.join(this.folder, file)).subarray(44);
    return Int16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(2 * i));
  }

  async close(): Promise<void> {
    this.control.destroy();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private read(text: string): void {
    this.buffered += text;
    for (;;) {
      const [whole, digits] = /^(\d+):/.exec(this.buffered) ?? [];
      if (whole === undefined) return;
      const end = whole.length + Number(digits);
      if (this.buffered.length < end + 1) return;
      const message = JSON.parse(this.buffered.slice(whole.length, end)) as Message;
      this.buffered = this.buffered.slice(end + 1);
      if (message.event === true && message.type !== undefined)
        this.events.push({ type: message.type, param: message.param ?? '' });
      this.look();
    }
  }
}

function accountOf({ username, password, service, codec }: BaresipSettings): string {
  const place = `${service.host}:${service.port}`;
  return `<sip:${username}@${place}>;auth_user=${username};auth_pass=${password};audio_codecs=${codec};regint=300`;
}

function writeFiles(folder: string, controlPort: number, { speech }: BaresipSettings): void {
  const config = [
    'poll_method epoll',
    'sip_listen 127.0.0.1:0',
    'audio_player aubridge,speaker',
    `audio_source aufile,${path.join(folder, 'speech.wav')}`,
    'audio_alert aubridge,alert',
    'module_path /usr/lib/baresip/modules',
    ...modules.map((name) => `module ${name}`),
    'module_tmp account.so',
    'module_app menu.so',
    'module_app mwi.so',
    'module_app ctrl_tcp.so',
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
    `snd_path ${folder}`,
  ];
  writeFileSync(path.join(folder, 'config'), `${config.join('\n')}\n`);
  writeFileSync(path.join(folder, 'accounts'), '\n');
  writeFileSync(path.join(folder, 'speech.wav'), linearWav(speech));
}

/** RIFF with 16-bit linear mono at 8 kHz. */
function linearWav(samples: Int16Array): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}

async function freeTcpPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function whenListening(clock: Clock, port: number): Promise<Socket> {
  const giveUpAt = clock.now() + patienceMs;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return socket;
    if (clock.now() > giveUpAt) throw new Error('baresip did not start');
    await new Promise<void>((resolve) => void clock.after(50, resolve));
  }
}
