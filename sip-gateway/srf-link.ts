/**
 * One connection to a SIP engine through drachtio-srf: the border to that library, and the one exit to the wire. Headers
 * pass `safeHeaders` here, nothing thrown gets out, and a request always hears an end: a response, or why there is none.
 * srf's dialog objects and its `auth` are not used: they cost time and hide what legs.ts must know.
 */
import type { Socket } from 'node:net';
import Srf from 'drachtio-srf';
import type { GatewayLog } from './clock';
import { gatherWrites } from './gather-writes';
import { type Headers, safeHeaders, safeUri } from './header-values';

/** A request as srf hands it over; only what we read. Header names are in lower case, but those that begin with P- or X-. */
export interface ReceivedRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly payload?: readonly { readonly type?: string | null; readonly content?: string }[];
  readonly source: 'network' | 'application';
  readonly source_address: string;
  readonly source_port: number;
  readonly protocol: string;
  readonly stackDialogId: string;
  readonly res: SrfResponder;
  on(event: 'cancel', heard: () => void): void;
  on(event: 'update', heard: (update: ReceivedRequest) => void): void;
}

interface SrfResponder {
  send(
    status: number,
    parts: { headers: Record<string, string>; body?: string },
    sent?: (problem: unknown) => void,
  ): void;
}

export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Empty: the engine made it itself (408, 503), nothing came from the far end. */
  readonly source_address: string;
  readonly source_port: number;
}

export interface OutgoingRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: Headers;
  readonly body?: string;
  /** Next hop, where it is not the Request-URI's host. */
  readonly nextHop?: string;
  /** In this dialog; `uri` is then the dialog's own. */
  readonly dialog?: string;
}

/** A request on its way. */
export interface SentRequest {
  /** Request-URI as it went out. */
  readonly uri: string;
  cancel(headers: Headers): void;
}

export type AckSender = (body?: string) => void;

export interface Heard {
  sent?(request: SentRequest): void;
  response(response: ReceivedResponse, ack: AckSender): void;
  /** It was never sent, or the engine was lost. */
  failed(): void;
}

export interface LinkAddress {
  readonly host: string;
  readonly port: number;
  readonly secret?: string;
}

export interface LinkEvents {
  readonly request: (request: ReceivedRequest, link: SipLink) => void;
  readonly up: (link: SipLink) => void;
  readonly down: (link: SipLink) => void;
  readonly log: GatewayLog;
}

export interface SipLink {
  readonly name: string;
  isUp(): boolean;
  send(request: OutgoingRequest, heard: Heard): void;
  reply(request: ReceivedRequest, status: number, parts?: ReplyParts): void;
  /** Forgets an INVITE that gets no answer at all. */
  ignore(request: ReceivedRequest): void;
  close(): void;
}

export interface ReplyParts {
  readonly headers?: Headers;
  readonly body?: string;
  /** The engine could not send it: the transaction is over. */
  readonly failed?: () => void;
}

/** Methods an engine hands over outside a dialog (RFC 3261 section 12 and its extensions). */
const routed = ['invite', 'register', 'options', 'subscribe', 'notify', 'message', 'publish', 'info', 'refer'] as const;
const reconnectDelayMaxMs = 2000;

export function connectLink(address: LinkAddress, events: LinkEvents): SipLink {
  return new Link(address, events);
}

interface SrfRequest {
  readonly uri: string;
  on(event: 'response', heard: (response: ReceivedResponse, ack: (parts: { body?: string }) => void) => void): void;
  on(event: 'update', heard: (request: ReceivedRequest) => void): void;
  cancel(parts: { headers: Record<string, string> }, done: () => void): void;
}

/** The parts of Srf that its own types leave out or get wrong. */
interface SrfParts {
  readonly app: {
    readonly client: {
      readonly wp: {
        closing?: boolean;
        readonly reconnectVars: { readonly retryTimer: NodeJS.Timeout | null };
      };
      readonly mapServer: ReadonlyMap<Socket, unknown>;
    };
  };
  use(method: string, heard: (request: ReceivedRequest) => void): void;
  use(heard: (request: ReceivedRequest) => void): void;
  connect(address: object): void;
  disconnect(): void;
  on(event: 'connect' | 'close' | 'error', heard: (error: unknown) => void): void;
  request(parts: object, sent: (error: unknown, request: SrfRequest) => void): void;
}

class Link implements SipLink {
  readonly name: string;
  private readonly srf = new Srf() as unknown as SrfParts;
  private readonly open = new Set<Heard>();
  private readonly events: LinkEvents;
  private state: 'down' | 'up' | 'closed' = 'down';

  constructor(address: LinkAddress, events: LinkEvents) {
    this.name = `${address.host}:${address.port}`;
    this.events = events;
    // The first layer takes every request; the others are never reached but make srf ask the engine for these methods.
    this.srf.use((request) => this.guarded(() => this.received(request)));
    for (const method of routed) this.srf.use(method, () => undefined);
    this.srf.on('connect', (error) => this.connected(error));
    this.srf.on('close', () => this.lost());
    this.srf.on('error', () => undefined); // `close` follows, and srf tries again
    this.srf.connect({ ...address, reconnect: { retryMaxDelay: reconnectDelayMaxMs } });
  }

  isUp(): boolean {
    return this.state === 'up';
  }

  send(request: OutgoingRequest, heard: Heard): void {
    if (this.state !== 'up') {
      queueMicrotask(() => this.guarded(() => heard.failed()));
      return;
    }
    this.open.add(heard);
    this.gather();
    const parts = {
      method: request.method,
      uri: request.dialog === undefined ? safeUri(request.uri) : 'sip:placeholder',
      headers: safeHeaders(request.headers),
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.nextHop === undefined ? {} : { proxy: safeUri(request.nextHop) }),
      ...(request.dialog === undefined ? {} : { stackDialogId: request.dialog }),
    };
    try {
      this.srf.request(parts, (error, sent) => this.guarded(() => this.whenSent(error, sent, heard)));
    } catch (error) {
      this.events.log.warn({ error }, 'SIP request not sent');
      queueMicrotask(() => this.guarded(() => this.fail(heard)));
    }
  }

  reply(request: ReceivedRequest, status: number, parts: ReplyParts = {}): void {
    this.gather();
    const { failed } = parts;
    const sent = {
      headers: safeHeaders(parts.headers ?? {}),
      ...(parts.body === undefined ? {} : { body: parts.body }),
    };
    try {
      if (failed === undefined) request.res.send(status, sent);
      else
        request.res.send(status, sent, (problem) => {
          if (problem !== null && problem !== undefined) this.guarded(failed);
        });
    } catch (error) {
      this.events.log.warn({ status, error }, 'SIP response not sent');
      if (failed !== undefined) queueMicrotask(() => this.guarded(failed));
    }
  }

  ignore(request: ReceivedRequest): void {
    // srf remembers an INVITE until its final response; there is no call of its own to make it forget.
    const { agent, socket } = request as unknown as {
      agent: { mapServer: Map<unknown, { pendingNetworkInvites: Map<string, unknown> }> };
      socket: unknown;
    };
    agent.mapServer.get(socket)?.pendingNetworkInvites.delete(request.headers['call-id'] ?? '');
  }

  close(): void {
    const wasUp = this.state === 'up';
    this.state = 'closed';
    if (wasUp) this.disconnect();
    else this.stopTrying();
    for (const heard of [...this.open]) this.guarded(() => this.fail(heard));
  }

  /** srf would try to connect for ever; it has no call to end that. */
  private stopTrying(): void {
    const { wp } = this.srf.app.client;
    wp.closing = true;
    if (wp.reconnectVars.retryTimer !== null) clearTimeout(wp.reconnectVars.retryTimer);
  }

  private disconnect(): void {
    try {
      this.srf.disconnect();
    } catch {
      // Its socket went in the same moment: that is what we wanted.
    }
  }

  private received(request: ReceivedRequest): void {
    // An UPDATE beside an unanswered INVITE of the same Call-ID is told to that one.
    if (request.method === 'INVITE')
      request.on('update', (update) => this.guarded(() => this.events.request(update, this)));
    this.events.request(request, this);
  }

  private connected(error: unknown): void {
    if (error !== null && error !== undefined) {
      this.events.log.error({ link: this.name }, 'SIP engine refused our secret');
      return;
    }
    if (this.state === 'closed') return this.disconnect();
    this.state = 'up';
    this.guarded(() => this.events.up(this));
  }

  private lost(): void {
    if (this.state !== 'up') return;
    this.state = 'down';
    for (const heard of [...this.open]) this.guarded(() => this.fail(heard));
    this.guarded(() => this.events.down(this));
  }

  private whenSent(error: unknown, sent: SrfRequest, heard: Heard): void {
    if (error !== null && error !== undefined) return this.fail(heard);
    sent.on('response', (response, ack) => this.guarded(() => this.whenAnswered(response, ack, heard)));
    // srf gives an UPDATE to whatever request of ours has the same Call-ID.
    sent.on('update', (request) => this.guarded(() => this.events.request(request, this)));
    heard.sent?.({
      uri: sent.uri,
      cancel: (headers) => {
        this.gather();
        try {
          sent.cancel({ headers: safeHeaders(headers) }, () => undefined);
        } catch (error) {
          this.events.log.warn({ error }, 'CANCEL not sent');
        }
      },
    });
  }

  private whenAnswered(response: ReceivedResponse, ack: (parts: { body?: string }) => void, heard: Heard): void {
    if (response.status >= 200) this.open.delete(heard);
    this.gather();
    heard.response(response, (body) => ack(body === undefined ? {} : { body }));
  }

  private gather(): void {
    for (const socket of this.srf.app.client.mapServer.keys()) gatherWrites(socket);
  }

  private fail(heard: Heard): void {
    if (this.open.delete(heard)) heard.failed();
  }

  /** What we throw must not end in srf: it would answer 500, or end the process. */
  private guarded(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.events.log.error({ error }, 'SIP gateway failed on a message');
    }
  }
}
