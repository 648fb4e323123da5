/**
 * A SIP peer as bare as can be: one UDP socket, or a WebSocket (ws-phone.ts), and text, no retransmission and no opinion, so that a test says every
 * byte itself. Not a user agent: it never answers by itself, except where a test gives it a rule.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';

export interface RawMessage {
  readonly text: string;
  readonly startLine: string;
  /** 0 for a request. */
  readonly status: number;
  /** '' for a response. */
  readonly method: string;
  readonly uri: string;
  readonly body: string;
  /** Values in their order; the name in any case. */
  all(name: string): string[];
  header(name: string): string;
}

export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly algorithm: string;
  readonly stale: boolean;
}

const patienceMs = 4_000;

/** What carries its messages, and how it names itself on it. */
export interface RawWire {
  /** In Via: `SIP/2.0/UDP`. */
  readonly transport: 'UDP' | 'WS';
  readonly address: string;
  /** 0: the address is a name without one. */
  readonly port: number;
  send(text: string): void;
  close(): Promise<void>;
}

export class RawPhone {
  readonly address: string;
  readonly port: number;
  readonly received: RawMessage[] = [];
  private readonly wire: RawWire;
  private readonly waiting: { readonly wants: (m: RawMessage) => boolean; readonly take: (m: RawMessage) => void }[] =
    [];
  private readonly rules: ((message: RawMessage) => boolean)[] = [];

  constructor(wire: RawWire) {
    this.wire = wire;
    ({ address: this.address, port: this.port } = wire);
  }

  /** @param address loopback: 127.0.0.1 to 127.255.255.254, to be several sources. */
  static async open(target: { readonly host: string; readonly port: number }, address = '127.0.0.1', port = 0) {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(port, address, resolve));
    const phone = new RawPhone({
      transport: 'UDP',
      ...socket.address(),
      send: (text) => socket.send(text, target.port, target.host),
      close: () => new Promise((resolve) => socket.close(() => resolve())),
    });
    socket.on('message', (bytes) => phone.receive(parse(bytes.toString('utf8'))));
    return phone;
  }

  close(): Promise<void> {
    return this.wire.close();
  }

  send(text: string): void {
    this.wire.send(text);
  }

  private get sentBy(): string {
    return this.port === 0 ? this.address : `${this.address}:${this.port}`;
  }

  /** A rule takes a message before anybody waits for it; true: it was answered. */
  always(rule: (message: RawMessage) => boolean): void {
    this.rules.push(rule);
  }

  /** The next message (or one that came already and nobody took) that fits. */
  next(what: string, wants: (message: RawMessage) => boolean): Promise<RawMessage> {
    const index = this.received.findIndex(wants);
    if (index !== -1) return Promise.resolve(this.received.splice(index, 1)[0] as RawMessage);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        const seen = this.received.map((message) => message.startLine).join(' | ');
        reject(new Error(`${what} did not come to ${this.address}:${this.port}; seen: ${seen}`));
      }, patienceMs);
      const take = (message: RawMessage) => {
        clearTimeout(late);
        resolve(message);
      };
      this.waiting.push({ wants, take });
    });
  }

  request(method: string): Promise<RawMessage> {
    return this.next(method, (message) => message.method === method);
  }

  response(to: Request): Promise<RawMessage> {
    return this.next(
      `answer to ${to.method} ${to.cseq}`,
      (m) => m.status >= 101 && m.header('call-id') === to.callId && m.header('cseq') === `${to.cseq} ${to.method}`,
    );
  }

  async ask(request: Request): Promise<RawMessage> {
    this.send(this.textOf(request));
    return this.response(request);
  }

  textOf(request: Request): string {
    const body = request.body ?? '';
    const lines = [
      `${request.method} ${request.uri} SIP/2.0`,
      `Via: SIP/2.0/${this.wire.transport} ${this.sentBy};branch=${request.branch ?? `z9hG4bK${randomBytes(8).toString('hex')}`};rport`,
      'Max-Forwards: 70',
      `From: ${request.from}`,
      `To: ${request.to}`,
      `Call-ID: ${request.callId}`,
      `CSeq: ${request.cseq} ${request.method}`,
      ...(request.lines ?? []),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    return `${lines.join('\r\n')}\r\n\r\n${body}`;
  }

  /** Answers a request of ours as a UAS would: Via, From, To with a tag, Call-ID and CSeq copied. */
  answer(
    request: RawMessage,
    status: number,
    parts: { tag?: string; lines?: readonly string[]; body?: string } = {},
  ): void {
    const body = parts.body ?? '';
    const to = request.header('to');
    const lines = [
      `SIP/2.0 ${status} Test`,
      ...request.all('via').map((via) => `Via: ${via}`),
      `From: ${request.header('from')}`,
      `To: ${to.includes('tag=') ? to : `${to};tag=${parts.tag ?? 'rawtag'}`}`,
      `Call-ID: ${request.header('call-id')}`,
      `CSeq: ${request.header('cseq')}`,
      ...(parts.lines ?? []),
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.send(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }

  contact(user = 'phone'): string {
    return `Contact: <sip:${user}@${this.sentBy}${this.wire.transport === 'WS' ? ';transport=ws' : ''}>`;
  }

  receive(message: RawMessage): void {
    if (this.rules.some((rule) => rule(message))) return;
    const index = this.waiting.findIndex(({ wants }) => wants(message));
    if (index === -1) this.received.push(message);
    else this.waiting.splice(index, 1)[0]?.take(message);
  }
}

export interface Request {
  readonly method: string;
  readonly uri: string;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly cseq: number;
  readonly branch?: string;
  readonly lines?: readonly string[];
  readonly body?: string;
}

export function parse(text: string): RawMessage {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [startLine = '', ...lines] = head.split('\r\n');
  const fields = lines.map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() };
  });
  const all = (name: string) => fields.filter((f) => f.name === name.toLowerCase()).map((f) => f.value);
  const words = startLine.split(' ');
  const isResponse = startLine.startsWith('SIP/2.0 ');
  return {
    text,
    startLine,
    status: isResponse ? Number(words[1]) : 0,
    method: isResponse ? '' : (words[0] ?? ''),
    uri: isResponse ? '' : (words[1] ?? ''),
    body: rest.join('\r\n\r\n'),
    all,
    header: (name) => all(name)[0] ?? '',
  };
}

export function challengeIn(message: RawMessage, name = 'www-authenticate'): Challenge {
  const text = message.header(name);
  const param = (key: string) => new RegExp(`${key}="?([^",]*)"?`).exec(text)?.[1] ?? '';
  return {
    realm: param('realm'),
    nonce: param('nonce'),
    algorithm: param('algorithm'),
    stale: param('stale') === 'true',
  };
}

/** An Authorization line; written apart from our own digest.ts, so that the two check each other. */
export function authorization(of: {
  readonly challenge: Challenge;
  readonly username: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  readonly nc?: number;
  readonly header?: string;
}): string {
  const { challenge, username, method, uri } = of;
  const hash = (text: string) =>
    createHash(challenge.algorithm === 'SHA-256' ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  const nc = (of.nc ?? 1).toString(16).padStart(8, '0');
  const cnonce = randomBytes(4).toString('hex');
  const ha1 = hash(`${username}:${challenge.realm}:${of.password}`);
  const response = hash(`${ha1}:${challenge.nonce}:${nc}:${cnonce}:auth:${hash(`${method}:${uri}`)}`);
  return (
    `${of.header ?? 'Authorization'}: Digest username="${username}", realm="${challenge.realm}", nonce="${challenge.nonce}", ` +
    `uri="${uri}", response="${response}", algorithm=${challenge.algorithm}, qop=auth, nc=${nc}, cnonce="${cnonce}"`
  );
}

export const newCallId = (): string => randomBytes(8).toString('hex');

export const sdp = (port = 4000): string =>
  `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/AVP 8\r\n`;
