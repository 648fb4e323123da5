/**
 * A small SIP user agent over UDP, for the demo's provider and desk phone and for tests: registers, calls, is called,
 * answers challenges. It knows nothing of the service but its address.
 */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Clock } from '../../server/clock';
import { answerChallenge, parseChallenges } from '../../sip-gateway/digest';
import { type Answer, type Composed, composeRequest, composeResponse, random, type Request } from './compose';
import { Exchange, repeated } from './exchange';
import { PhoneCall } from './phone-call';
import { type Law, Speaker } from './speaker';
import type { Watch } from './watch';
import { header, readMessage, tagOf, type WireMessage } from './wire';

export interface PhoneSettings {
  readonly clock: Clock;
  /** Where the service listens for SIP over UDP. */
  readonly service: { readonly host: string; readonly port: number };
  readonly username: string;
  /** Undefined: a provider known by its address. */
  readonly password?: string;
  readonly displayName?: string;
  readonly law?: Law;
  /** Where it listens; a free port by default. A provider known by its address must be at that address. */
  readonly localPort?: number;
}

/** `extra`: further fields of the INVITE, for instance Replaces. */
export interface CallAs extends Pick<Request, 'extra'> {
  readonly from?: string;
  readonly displayName?: string;
}

export class SipPhone {
  onCall: (call: PhoneCall) => void = (call) => call.refuse(480);
  /** By Call-ID; Watch.open adds itself. */
  readonly watches = new Map<string, Watch>();
  private readonly settings: PhoneSettings;
  private readonly socket: Socket;
  private readonly exchanges = new Map<string, Exchange>();
  private readonly calls = new Map<string, PhoneCall>();
  private readonly domain: string;
  /** Of calls that ended too: what they heard may still be asked for. */
  private readonly speakers = new Set<Speaker>();
  private isClosed = false;

  private constructor(settings: PhoneSettings, socket: Socket) {
    this.settings = settings;
    this.socket = socket;
    this.domain = `${settings.service.host}:${settings.service.port}`;
    socket.on('message', (bytes, from) => this.receive(bytes.toString('utf8'), from));
  }

  static async open(settings: PhoneSettings): Promise<SipPhone> {
    const socket = createSocket('udp4');
    socket.bind(settings.localPort ?? 0, '127.0.0.1');
    await once(socket, 'listening');
    return new SipPhone(settings, socket);
  }

  get port(): number {
    return this.socket.address().port;
  }

  private get contact(): string {
    return `<sip:${this.settings.username}@127.0.0.1:${this.port}>`;
  }

  get address(): string {
    const name = this.settings.displayName === undefined ? '' : `"${this.settings.displayName}" `;
    return `${name}<sip:${this.settings.username}@${this.domain}>`;
  }

  /** Answers the final status: 200 when registered. */
  async register(expiresS = 300): Promise<number> {
    const request: Request = {
      method: 'REGISTER',
      uri: `sip:${this.domain}`,
      from: `${this.address};tag=${random()}`,
      to: this.address,
      callId: random(),
      sequence: 1,
      extra: [['Expires', String(expiresS)]],
    };
    return (await this.askTwice(request)).status ?? 0;
  }

  /** Of a number at the service. */
  uriOf(number: string): string {
    return `sip:${number}@${this.domain}`;
  }

  /** Calls a number. `from`: the calling number a provider sends instead of the account's name. */
  async call(number: string, as: CallAs = {}): Promise<PhoneCall> {
    const audio = await this.openSpeaker();
    const name = as.displayName === undefined ? '' : `"${as.displayName}" `;
    const us = as.from === undefined ? this.address : `${name}<sip:${as.from}@127.0.0.1:${this.port}>`;
    const uri = this.uriOf(number);
    const request: Request = {
      method: 'INVITE',
      uri,
      from: `${us};tag=${random()}`,
      to: `<${uri}>`,
      callId: random(),
      sequence: 1,
      body: audio.sdp(),
      extra: as.extra ?? [],
    };
    const { message } = this.compose(request);
    const call = new PhoneCall(this, message, { audio, isOurs: true, tag: '' });
    this.calls.set(call.id, call);
    void this.conclude(call, request);
    return call;
  }

  private async conclude(call: PhoneCall, request: Request): Promise<void> {
    try {
      const response = await this.askTwice(request, call);
      if (response.status === 200) call.accepted(response);
      else call.refused(response.status ?? 0);
    } catch {
      call.refused(408);
    }
  }

  /** Once more with credentials if the first answer is a challenge. */
  async askTwice(request: Request, call?: PhoneCall): Promise<WireMessage> {
    const first = await this.ask(request, call);
    const isProxy = first.status === 407;
    const challenge = parseChallenges(header(first, isProxy ? 'proxy-authenticate' : 'www-authenticate'));
    const { username, password } = this.settings;
    if ((first.status !== 401 && !isProxy) || challenge === undefined || password === undefined) return first;
    const credentials = { username, password };
    const value = answerChallenge({
      challenge,
      credentials,
      method: request.method,
      uri: request.uri,
      count: 1,
      cnonce: random(),
    });
    const extra = [...(request.extra ?? []), [isProxy ? 'Proxy-Authorization' : 'Authorization', value] as const];
    return this.ask({ ...request, sequence: request.sequence + 1, extra }, call);
  }

  private async ask(request: Request, call?: PhoneCall): Promise<WireMessage> {
    const { branch, text, message } = this.compose(request);
    if (call !== undefined) this.inviteBranches.set(call.id, { branch, message });
    const exchange = new Exchange(
      this.settings.clock,
      () => this.send(text),
      (provisional) => call?.provisional(provisional),
    );
    this.exchanges.set(branch, exchange);
    try {
      const response = await exchange.final;
      if (request.method === 'INVITE' && (response.status ?? 0) >= 300)
        this.acknowledgeRefusal(request, response, branch);
      return response;
    } finally {
      this.exchanges.delete(branch);
    }
  }

  private readonly inviteBranches = new Map<string, { readonly branch: string; readonly message: WireMessage }>();

  private compose(request: Request, branch?: string): Composed {
    return composeRequest(request, {
      port: this.port,
      contact: this.contact,
      ...(branch === undefined ? {} : { branch }),
    });
  }

  private send(text: string): void {
    const { host, port } = this.settings.service;
    this.socket.send(text, port, host);
  }

  /** RFC 3261 section 17.1.1.3: the same branch, for the transaction. */
  private acknowledgeRefusal(request: Request, response: WireMessage, branch: string): void {
    this.send(
      this.compose({ ...request, method: 'ACK', to: header(response, 'to'), body: '', extra: [] }, branch).text,
    );
  }

  // --- for PhoneCall ---
  inDialog(request: Request): Promise<WireMessage> {
    return this.ask(request);
  }

  acknowledge(of: { readonly uri: string; readonly response: WireMessage; readonly sequence: number }): void {
    const { uri, response, sequence } = of;
    const [from = '', to = '', callId = ''] = ['from', 'to', 'call-id'].map((name) => header(response, name));
    this.send(this.compose({ method: 'ACK', uri, from, to, callId, sequence }).text);
  }

  /** RFC 3261 section 9.1: the same branch, number and Request-URI as the INVITE. */
  async cancel(invite: WireMessage): Promise<void> {
    const sent = this.inviteBranches.get(header(invite, 'call-id'));
    if (sent === undefined) return;
    const { message, branch } = sent;
    const uri = message.startLine.split(' ')[1] ?? '';
    const request = {
      method: 'CANCEL',
      uri,
      from: header(message, 'from'),
      to: header(message, 'to'),
      callId: header(message, 'call-id'),
    };
    const sequence = Number.parseInt(header(message, 'cseq'), 10);
    const exchange = new Exchange(
      this.settings.clock,
      () => this.send(this.compose({ ...request, sequence }, branch).text),
      () => undefined,
    );
    this.exchanges.set(`${branch} CANCEL`, exchange);
    await exchange.final;
    this.exchanges.delete(`${branch} CANCEL`);
  }

  respond(request: WireMessage, how: Answer): void {
    this.send(composeResponse(request, how, this.contact));
  }

  repeat(send: () => void): () => void {
    return repeated(this.settings.clock, send);
  }

  forget(call: PhoneCall): void {
    this.calls.delete(call.id);
    this.inviteBranches.delete(call.id);
  }

  // --- what comes ---

  private receive(text: string, _from: RemoteInfo): void {
    const message = readMessage(text);
    if (message === undefined) return;
    if (message.status !== undefined) return this.receiveResponse(message);
    void this.receiveRequest(message);
  }

  private receiveResponse(message: WireMessage): void {
    const branch = /branch=([^;\s]+)/.exec(header(message, 'via'))?.[1] ?? '';
    const isCancel = header(message, 'cseq').endsWith('CANCEL');
    const exchange = this.exchanges.get(isCancel ? `${branch} CANCEL` : branch);
    if (exchange !== undefined) return exchange.receive(message);
    // Our ACK was lost: the 200 comes again.
    const call = this.calls.get(header(message, 'call-id'));
    if (message.status === 200 && header(message, 'cseq').endsWith('INVITE'))
      call?.acknowledge(message, Number.parseInt(header(message, 'cseq'), 10));
  }

  private async receiveRequest(message: WireMessage): Promise<void> {
    const call = this.calls.get(header(message, 'call-id'));
    if (message.method === 'ACK') return call?.acknowledged();
    if (message.method === 'INVITE')
      return call === undefined ? this.beCalled(message) : this.beReoffered(call, message);
    this.respond(message, { status: 200, reason: 'OK', tag: random() });
    switch (message.method) {
      case 'CANCEL':
        if (call !== undefined) this.respond(call.invite, { status: 487, reason: 'Request Terminated', tag: random() });
        return call?.cancelled();
      case 'BYE':
        return call?.hungUp();
      case 'NOTIFY':
        return (call ?? this.watches.get(header(message, 'call-id')))?.notified(message);
      default:
    }
  }

  private async openSpeaker(): Promise<Speaker> {
    const speaker = await Speaker.open(this.settings.law ?? 'PCMA', this.settings.clock);
    this.speakers.add(speaker);
    return speaker;
  }

  private async beCalled(invite: WireMessage): Promise<void> {
    const audio = await this.openSpeaker();
    if (this.calls.has(header(invite, 'call-id'))) return audio.close(); // the INVITE came again meanwhile
    const call = new PhoneCall(this, invite, { audio, isOurs: false, tag: random() });
    this.calls.set(call.id, call);
    this.onCall(call);
  }

  private beReoffered(call: PhoneCall, invite: WireMessage): void {
    const isRepeated = header(invite, 'cseq') === header(call.invite, 'cseq') && tagOf(header(invite, 'to')) === '';
    if (!isRepeated) this.respond(invite, { status: 200, reason: 'OK', tag: '', body: call.audio.sdp() });
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const exchange of this.exchanges.values()) exchange.fail(new Error('the phone was closed'));
    for (const speaker of this.speakers) speaker.close();
    this.socket.close();
  }
}
