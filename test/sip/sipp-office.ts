/**
 * A running office in which every end is SIPp: the provider, and desk phones with accounts (digest). Each end is a process of
 * its own; they meet through what the service says to them, and a test waits for what they have written down.
 */
import { describeWithTool } from '../require-tool';
import { type DeviceLogin, openOffice, type RunningOffice, until } from '../service/running-office';
import { freeUdpPort, Sipp } from './run-sipp';
import { sippCallee } from './sipp-callee';
import { register } from './phone-steps';

export const fine = { exitCode: 0, errors: '' };

export class SippOffice {
  readonly office: RunningOffice;
  private readonly running: Sipp[] = [];
  private readonly ports = new Map<string, number>();

  private constructor(office: RunningOffice) {
    this.office = office;
  }

  static async open(): Promise<SippOffice> {
    return new SippOffice(await openOffice());
  }

  /** For each test: what it started has ended, and no call is left over. */
  async settle(): Promise<void> {
    for (const one of this.running.splice(0)) await one.stop();
    await until(
      () => this.office.service.api.get<{ items: readonly object[] }>('/api/live'),
      ({ items }) => items.length === 0,
    );
  }

  /** A phone of this account, registered, that does this with the next call that comes. */
  async called(login: DeviceLogin, ...steps: readonly string[]): Promise<Sipp> {
    return this.keep(await sippCallee(await this.registered(login), steps));
  }

  /** The provider, which is called. */
  async providerCalled(...steps: readonly string[]): Promise<Sipp> {
    return this.keep(await sippCallee(this.office.providerPort, steps));
  }

  /** A phone of this account asks for something: a call, a watch. */
  async asks(dialled: string, ...steps: readonly string[]): Promise<Sipp> {
    return this.start(await freeUdpPort(), dialled, steps.join('\n'));
  }

  /** The provider calls a number of ours. */
  providerCalls(number: string, ...steps: readonly string[]): Sipp {
    return this.start(this.office.providerPort, number, steps.join('\n'));
  }

  private start(localPort: number, dialled: string, steps: string): Sipp {
    const target = { host: '127.0.0.1', port: this.office.service.ports.sip };
    return this.keep(new Sipp({ steps, target, localPort, dialled }));
  }

  private keep(sipp: Sipp): Sipp {
    this.running.push(sipp);
    return sipp;
  }

  /** Once for each account: the port it is called at. */
  private async registered(login: DeviceLogin): Promise<number> {
    const known = this.ports.get(login.username);
    if (known !== undefined) return known;
    const port = await freeUdpPort();
    const result = await this.start(port, login.username, register(login).join('\n')).result();
    if (result.exitCode !== 0) throw new Error(`the phone could not register: ${result.errors}`);
    this.ports.set(login.username, port);
    return port;
  }
}

/** A suite in one such office; skipped where SIPp is not installed. */
export function describeWithSipp(name: string, body: (sipp: () => SippOffice) => void): void {
  describeWithTool('sipp', name, () => {
    let opened: SippOffice | undefined;
    const sipp = (): SippOffice => {
      if (opened === undefined) throw new Error('the office is not open');
      return opened;
    };
    beforeAll(async () => {
      opened = await SippOffice.open();
    }, 60_000);
    afterEach(() => sipp().settle());
    afterAll(() => opened?.office.close());
    body(sipp);
  });
}
