/** A gateway with the real embedded engine on loopback, a clock that tests move, and the events it posts. */
import { createHash } from 'node:crypto';
import type { SipEffect } from '../../call-router/effect';
import type { SipEvent } from '../../call-router/event';
import type { DeviceAccount, GatewayAccounts, TrunkAccount } from '../../sip-gateway/accounts';
import type { StoredBinding } from '../../sip-gateway/bindings';
import { startGateway } from '../../sip-gateway/gateway';
import type { Gateway } from '../../sip-gateway/gateway-options';
import { type KeptEngine, keepSipEngine } from '../../sip-gateway/keep-engine';
import { FakeClock } from './fake-clock';
import { authorization, challengeIn, newCallId, type RawMessage, RawPhone, type Request } from './raw-phone';
import { openWsPhone, type WsPhone } from './ws-phone';

export const realm = 'trunkline.test';
const patienceMs = 4_000;

const ha1 = (name: string, username: string, password: string) =>
  createHash(name).update(`${username}:${realm}:${password}`).digest('hex');

export const device = (username: string, algorithm: 'MD5' | 'SHA-256' = 'MD5'): DeviceAccount => ({
  id: `device-${username}`,
  username,
  algorithm,
  ha1Md5: ha1('md5', username, passwordOf(username)),
  ha1Sha256: ha1('sha256', username, passwordOf(username)),
});

export const passwordOf = (username: string): string => `secret of ${username}`;

export const trunk = (fields: Partial<TrunkAccount> & Pick<TrunkAccount, 'id' | 'kind'>): TrunkAccount => ({
  transport: 'udp',
  allowedAddresses: [],
  numberFrom: 'request-uri',
  numberFormat: 'e164',
  ...fields,
});

export class Office {
  readonly clock = new FakeClock();
  readonly events: SipEvent[] = [];
  readonly saved = new Map<string, readonly StoredBinding[]>();
  readonly bans: string[] = [];
  readonly problems: unknown[] = [];
  gateway!: Gateway;
  engine!: KeptEngine;
  /** Why the engine's threads ended. */
  readonly exits: string[] = [];
  sip!: { readonly host: string; readonly port: number };
  private readonly peers: RawPhone[] = [];
  private readonly waiting: { readonly wants: (e: SipEvent) => boolean; readonly take: (e: SipEvent) => void }[] = [];

  static async open(accounts: GatewayAccounts, restored: readonly StoredBinding[] = []): Promise<Office> {
    const office = new Office();
    const listen = [
      { transport: 'udp', host: '127.0.0.1', port: 0 },
      { transport: 'tcp', host: '127.0.0.1', port: 0 },
      { transport: 'ws', host: '127.0.0.1', port: 0 },
    ] as const;
    office.engine = await keepSipEngine(
      { listen },
      {
        clock: office.clock,
        fault: (stack) => office.problems.push(stack),
        ended: (problem) => office.exits.push(problem),
        restarted: () => undefined,
        flowLost: ({ wire: protocol, ...place }) => office.gateway?.flowLost({ protocol, ...place }),
      },
    );
    const port = Number(/udp\/127\.0\.0\.1:(\d+)/.exec(office.engine.localHostports)?.[1]);
    office.sip = { host: '127.0.0.1', port };
    office.gateway = await startGateway({
      links: [{ host: '127.0.0.1', port: office.engine.port, secret: office.engine.secret }],
      clock: office.clock,
      post: (event) => office.happened(event as SipEvent),
      realm,
      ownHosts: ['127.0.0.1'],
      contactKey: Buffer.alloc(32, 7),
      country: 'CZ',
      log: { warn: (fields) => office.problems.push(fields), error: (fields) => office.problems.push(fields) },
      ban: (address) => office.bans.push(address),
      endFlow: (address, port) => office.engine.endFlow(address, port),
      loadBindings: async () => restored,
      saveBindings: (of, bindings) => office.saved.set(JSON.stringify(of), bindings),
      accounts,
    });
    return office;
  }

  async close(): Promise<void> {
    const stopping = this.gateway.stop();
    this.clock.forward(1_000); // nobody answers our un-REGISTER
    await stopping;
    await this.engine.stop();
    await Promise.all(this.peers.map((peer) => peer.close()));
  }

  async phone(address?: string, port?: number): Promise<RawPhone> {
    const phone = await RawPhone.open(this.sip, address, port);
    this.peers.push(phone);
    return phone;
  }

  /** A page: a name instead of an address. @param name of one that was there before, to come back as. */
  async page(name?: string): Promise<WsPhone> {
    const port = Number(/ws\/127\.0\.0\.1:(\d+)/.exec(this.engine.localHostports)?.[1]);
    const page = await openWsPhone(`ws://127.0.0.1:${port}/`, name === undefined ? {} : { name });
    this.peers.push(page.phone);
    return page;
  }

  run(effect: SipEffect): void {
    this.gateway.run(effect);
  }

  /** The next event of a kind, or one that nobody has taken yet. */
  event<T extends SipEvent['type']>(
    type: T,
    fits: (event: Extract<SipEvent, { type: T }>) => boolean = () => true,
  ): Promise<Extract<SipEvent, { type: T }>> {
    type Wanted = Extract<SipEvent, { type: T }>;
    const wants = (event: SipEvent) => event.type === type && fits(event as Wanted);
    const index = this.events.findIndex(wants);
    if (index !== -1) return Promise.resolve(this.events.splice(index, 1)[0] as Wanted);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        const seen = this.events.map((event) => event.type).join(', ');
        reject(new Error(`no ${type}; seen: ${seen}; problems: ${JSON.stringify(this.problems, problemText)}`));
      }, patienceMs);
      this.waiting.push({
        wants,
        take: (event) => {
          clearTimeout(late);
          resolve(event as Wanted);
        },
      });
    });
  }

  /** What a registered phone or a trunk sent before has been worked off: all comes through one socket, in order. */
  async settled(phone: RawPhone): Promise<void> {
    const uri = this.uri;
    const request = { method: 'OPTIONS', uri, from: '<sip:a@b>;tag=o', to: `<${uri}>`, callId: newCallId(), cseq: 1 };
    await phone.ask(request);
  }

  get uri(): string {
    return `sip:${this.sip.host}:${this.sip.port}`;
  }

  private happened(event: SipEvent): void {
    const index = this.waiting.findIndex(({ wants }) => wants(event));
    if (index === -1) this.events.push(event);
    else this.waiting.splice(index, 1)[0]?.take(event);
  }
}

/** An office and its one carrier, which is there. */
export async function officeWithCarrier(): Promise<{ readonly office: Office; readonly carrier: RawPhone }> {
  const office = await Office.open({ devices: [], trunks: [] });
  const carrier = await office.phone('127.0.0.2');
  const { port } = carrier;
  office.gateway.configure({
    devices: [],
    trunks: [trunk({ id: 'carrier', kind: 'address', host: '127.0.0.2', port })],
  });
  carrier.always((message) => {
    if (message.method === 'OPTIONS') carrier.answer(message, 200);
    return message.method === 'OPTIONS';
  });
  return { office, carrier };
}

const problemText = (_: string, value: unknown) => (value instanceof Error ? value.stack : value);

/** A REGISTER for an account; `lines` carry Contact and Expires. */
export function register(username: string, lines: readonly string[], of: Partial<Request> = {}): Request {
  return {
    method: 'REGISTER',
    uri: `sip:${realm}`,
    from: `<sip:${username}@${realm}>;tag=r${username}`,
    to: `<sip:${username}@${realm}>`,
    callId: newCallId(),
    cseq: 1,
    ...of,
    lines,
  };
}

/** Sends a request, answers the challenge, and gives the answer to that. */
export async function proven(phone: RawPhone, request: Request, username: string): Promise<RawMessage> {
  const asked = await phone.ask(request);
  if (asked.status !== 401) throw new Error(`expected a challenge, got ${asked.startLine}`);
  const line = authorization({
    challenge: challengeIn(asked),
    username,
    password: passwordOf(username),
    method: request.method,
    uri: request.uri,
  });
  if (request.method === 'INVITE') acknowledge(phone, request, asked);
  return phone.ask({ ...request, cseq: request.cseq + 1, lines: [...(request.lines ?? []), line] });
}

/** ACK to a final response above 299: the branch of the INVITE; to a 200: a new one. */
export function acknowledge(phone: RawPhone, invite: Request, answer: RawMessage, body?: string): void {
  const via = answer.header('via');
  const branch = answer.status >= 300 ? /branch=([^;]+)/.exec(via)?.[1] : undefined;
  phone.send(
    phone.textOf({
      ...invite,
      method: 'ACK',
      to: answer.header('to'),
      lines: body === undefined ? [] : ['Content-Type: application/sdp'],
      ...(branch === undefined ? {} : { branch }),
      ...(body === undefined ? { body: '' } : { body }),
    }),
  );
}

export function invite(from: string, uri: string, of: Partial<Request> = {}): Request {
  return {
    method: 'INVITE',
    uri,
    from: `${from};tag=i${newCallId()}`,
    to: `<${uri}>`,
    callId: newCallId(),
    cseq: 1,
    ...of,
  };
}
