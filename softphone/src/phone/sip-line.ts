/**
 * The phone's line on sip.js: one user agent for one account, its registration (RFC 3261 section 10, RFC 5626 with one flow) and its
 * calls. Loaded when a browser first has an account: sip.js is no part of the first load. Decides nothing; events go to `post`.
 */
import { type Invitation, Inviter, Registerer, type URI, UserAgent, Web } from 'sip.js';
import type { BrowserPhone } from '../../../server/api/desk-messages';
import { FlowTransport } from './flow-transport';
import type { DialWish } from './phone-state';
import { callHeader, type CallParts, SipCall } from './sip-call';
import { flowLost } from './unanswered';

export interface LineParts extends CallParts {
  readonly chance: () => number;
  /** The same in all tabs and after each load (RFC 5626 section 4.1). */
  readonly instanceId: string;
  readonly newId: () => string;
  /** Nothing is answered there any more. */
  readonly pathDied: () => void;
}

const registerForS = 300;
/** Candidates are our own addresses: there in a few milliseconds. */
const gatherMs = 500;
/** The server ends the ringing, not the page. */
const ringForS = 3_600;
/** Statuses that only another account changes. */
const refusals: ReadonlySet<number> = new Set([401, 403, 404, 407]);

export class SipLine {
  private readonly parts: LineParts;
  private readonly account: BrowserPhone;
  private readonly agent: UserAgent;
  private readonly registerer: Registerer;
  private readonly calls = new Map<string, SipCall>();

  constructor(account: BrowserPhone, parts: LineParts) {
    this.account = account;
    this.parts = parts;
    this.agent = new UserAgent({
      uri: this.uri(account.username),
      authorizationUsername: account.username,
      authorizationPassword: account.password,
      transportConstructor: FlowTransport,
      transportOptions: {
        server: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${account.path}`,
        opened: () => parts.post({ type: 'socket-opened' }),
        closed: () => parts.post({ type: 'socket-closed', chance: parts.chance() }),
        pathDied: parts.pathDied,
      },
      instanceId: parts.instanceId,
      noAnswerTimeout: ringForS,
      logBuiltinEnabled: false,
      userAgentString: 'Trunkline desk',
      sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(() =>
        Promise.resolve(new MediaStream([parts.track()])),
      ),
      sessionDescriptionHandlerFactoryOptions: {
        iceGatheringTimeout: gatherMs,
        peerConnectionConfiguration: { iceServers: [], bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' },
      },
      delegate: { onInvite: (invitation) => this.arrived(invitation) },
    });
    this.registerer = new Registerer(this.agent, {
      expires: registerForS,
      instanceId: parts.instanceId,
      regId: 1,
      refreshFrequency: 80,
    });
  }

  isFor(account: BrowserPhone): boolean {
    return account.username === this.account.username && account.password === this.account.password;
  }

  /** The first connection, or another one in place of it. */
  open(): void {
    void (this.agent.state === 'Started' ? this.agent.transport.connect() : this.agent.start());
  }

  probe(): void {
    const { transport } = this.agent;
    if (transport instanceof FlowTransport) transport.probe();
  }

  close(): void {
    void this.agent.transport.disconnect();
  }

  register(): void {
    const failed = (status: number, reason: string): void => {
      if (reason === flowLost) return; // its connection is gone: another one registers
      if (refusals.has(status)) return this.parts.post({ type: 'register-refused' });
      this.close();
      this.parts.post({ type: 'socket-closed', chance: this.parts.chance() });
    };
    void this.registerer
      .register({
        requestDelegate: {
          onAccept: () => this.parts.post({ type: 'register-accepted', id: this.parts.newId(), at: this.parts.now() }),
          onReject: ({ message }) => failed(message.statusCode ?? 500, message.reasonPhrase ?? ''),
        },
      })
      .catch(() => failed(503, 'not sent'));
  }

  dial(id: string, wish: DialWish): void {
    const user = wish.kind === 'resume' ? `resume-${wish.token}` : wish.to;
    const number = wish.kind === 'number' ? wish.numberId : undefined;
    const inviter = new Inviter(this.agent, this.uri(user), {
      earlyMedia: true,
      extraHeaders: number === undefined ? [] : [`X-Trunkline-Number: ${number}`],
    });
    this.keep(id, inviter).dial(inviter);
  }

  accept(id: string): void {
    const call = this.calls.get(id);
    if (call !== undefined && isInvitation(call.session)) call.accept(call.session);
  }

  call(id: string): SipCall | undefined {
    return this.calls.get(id);
  }

  all(): readonly SipCall[] {
    return [...this.calls.values()];
  }

  private arrived(invitation: Invitation): void {
    const id = invitation.request.callId;
    this.keep(id, invitation);
    const { uri, displayName } = invitation.remoteIdentity;
    const callId = invitation.request.getHeader(callHeader);
    this.parts.post({
      type: 'call-arrived',
      call: {
        id,
        number: uri.user ?? '',
        ...(displayName ? { name: displayName } : {}),
        ...(callId === undefined ? {} : { callId }),
      },
    });
  }

  private keep(id: string, session: Invitation | Inviter): SipCall {
    const call = new SipCall(id, session, { ...this.parts, gone: () => this.calls.delete(id) });
    this.calls.set(id, call);
    return call;
  }

  private uri(user: string): URI {
    const uri = UserAgent.makeURI(`sip:${encodeURIComponent(user)}@${this.account.domain}`);
    if (uri === undefined) throw new Error('no such address');
    return uri;
  }
}

const isInvitation = (session: object): session is Invitation => 'accept' in session && 'reject' in session;
