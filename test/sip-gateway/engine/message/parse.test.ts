import { HEADERS_MAX, parseMessage } from '../../../../sip-gateway/engine/message/parse';
import type { SipMessage, SipRequest } from '../../../../sip-gateway/engine/message/sip-message';
import { sipFixture } from '../fixture';
import { cpuMs } from '../../../cpu-time';

const datagram = { framing: 'datagram', address: '192.0.2.4', port: 5062 } as const;

function parsed(text: string, source: Parameters<typeof parseMessage>[1] = datagram): SipMessage {
  const result = parseMessage(text, source);
  if (!result.ok) throw new Error(result.problem.reason);
  return result.message;
}

function request(text: string, source?: Parameters<typeof parseMessage>[1]): SipRequest {
  const message = parsed(text, source);
  if (message.kind !== 'request') throw new Error('a response');
  return message;
}

const minimal = (lines = '', body = '') =>
  `OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.4:5062;branch=z9hG4bKm\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x@y>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\n${lines}\r\n${body}`;

test('a plain INVITE, with what identifies it and its body byte for byte', () => {
  const message = request(sipFixture('invite-with-sdp.sip'));
  expect(message).toMatchObject({
    method: 'INVITE',
    uri: 'sip:101@office.example;transport=udp',
    callId: 'plain@192.0.2.4',
    seq: 17,
    fromTag: 'a1',
    toTag: '',
    via: { transport: 'udp', host: '192.0.2.4', port: 5062, branch: 'z9hG4bKplain', rport: '' },
  });
  expect(message.body).toMatch(/^v=0\r\n.*m=audio 4000 RTP\/AVP 8\r\n$/s);
  expect(Buffer.from(message.headers.first('from') ?? '', 'latin1').toString()).toContain('Anna Nováková');
});

test('the tortuous INVITE of RFC 4475: folding, odd spacing, compact names, lists', () => {
  const message = request(sipFixture('invite-tortuous-but-valid.sip'));
  expect(message).toMatchObject({ seq: 9, seqMethod: 'INVITE', toTag: '1918181833n', fromTag: '98asjd8' });
  expect(message.via).toMatchObject({ transport: 'udp', host: '192.0.2.2', branch: '390skdjuw' });
  expect(message.headers.all('via')).toHaveLength(2);
  expect(message.headers.first('newfangledheader')).toBe('newfangled value continued newfangled value');
  expect(message.text).not.toMatch(/\r\n[ \t]/);
});

test('compact forms are the long ones', () => {
  const message = request(sipFixture('options-compact-forms.sip'));
  expect(message).toMatchObject({ method: 'OPTIONS', callId: 'compact@example', fromTag: '323' });
  expect(message.headers.first('contact')).toBe('<sip:caller@192.0.2.7>');
});

test('an unusual method is still a method', () => {
  expect(request(sipFixture('options-extended-method-token.sip')).fromTag).toBe("_token~1'+`*%!-.");
});

test('a response without reason phrase', () => {
  expect(parsed(sipFixture('response-without-reason.sip'))).toMatchObject({
    kind: 'response',
    status: 100,
    reason: '',
  });
});

test.each([
  ['bad-content-length-too-long.sip', 'malformed', 400, 'Bad Content-Length'],
  ['bad-content-length-negative.sip', 'malformed', 400, 'Bad Content-Length'],
  ['bad-content-length-repeated.sip', 'malformed', 400, 'Bad Content-Length'],
  ['bad-cseq-too-large.sip', 'malformed', 400, 'Bad CSeq'],
  ['bad-cseq-other-method.sip', 'malformed', 400, 'Bad CSeq'],
  ['bad-header-missing-call-id.sip', 'malformed', 400, 'Missing Header'],
  ['bad-header-repeated-from.sip', 'malformed', 400, 'Repeated Header'],
  ['bad-header-line-without-colon.sip', 'malformed', 400, 'Bad Header Line'],
  ['bad-request-uri-in-brackets.sip', 'malformed', 400, 'Bad Request-URI'],
  ['bad-request-uri-with-spaces.sip', 'malformed', 400, 'Bad Request-URI'],
  ['bad-version-7.sip', 'malformed', 505, 'Version Not Supported'],
  ['bad-via-unreadable.sip', 'malformed', 400, 'Bad Via'],
] as const)('%s is refused: %s %d %s', (name, kind, status, reason) => {
  const result = parseMessage(sipFixture(name), datagram);
  expect(result).toMatchObject({ ok: false, problem: { kind, status, reason } });
});

test('a refused request can be answered if it says who asked; one without a readable Via or Call-ID cannot', () => {
  const replyOf = (name: string) => {
    const result = parseMessage(sipFixture(name), datagram);
    return result.ok ? undefined : result.problem.reply;
  };
  expect(replyOf('bad-cseq-other-method.sip')?.method).toBe('OPTIONS');
  expect(replyOf('bad-via-unreadable.sip')).toBeUndefined();
  expect(replyOf('bad-header-missing-call-id.sip')).toBeUndefined();
});

test.each([
  ['\r\n\r\n', 'keep-alive'],
  ['\0\0\0\0', 'keep-alive'],
  ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', 'not-sip'],
  ['hello, is it me you are looking for?', 'not-sip'],
  ['OPTIONS sip:x SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\n', 'not-sip'],
] as const)('%j is %s', (text, kind) => {
  expect(parseMessage(text, datagram)).toMatchObject({ ok: false, problem: { kind } });
});

test('a datagram is cut at Content-Length; without the header everything is body', () => {
  expect(request(minimal('Content-Length: 2\r\n', 'abcdef'))).toMatchObject({ body: 'ab' });
  expect(request(minimal('Content-Length: 2\r\n', 'abcdef')).text.endsWith('\r\n\r\nab')).toBe(true);
  expect(request(minimal('', 'abcdef')).body).toBe('abcdef');
  expect(request(minimal('', ''), { ...datagram, framing: 'stream' }).body).toBe('');
});

test.each([
  ['a bare LF', 'X-A: b\nVia: SIP/2.0/UDP evil\r\n'],
  ['a bare CR', 'X-A: b\rX: c\r\n'],
  ['a NUL', 'X-A: b\0\r\n'],
])('%s in a header is refused: it could become a header of its own further on', (_what, line) => {
  expect(parseMessage(minimal(line), datagram)).toMatchObject({
    ok: false,
    problem: { kind: 'malformed', status: 400 },
  });
});

test('too many and too long headers are too large', () => {
  expect(parseMessage(minimal('X: y\r\n'.repeat(HEADERS_MAX)), datagram)).toMatchObject({
    ok: false,
    problem: { status: 513 },
  });
  expect(parseMessage(minimal(`X: ${'y'.repeat(20_000)}\r\n`), datagram)).toMatchObject({
    ok: false,
    problem: { status: 513 },
  });
  expect(parseMessage(minimal('Content-Length: 70000\r\n'), datagram)).toMatchObject({
    ok: false,
    problem: { status: 513 },
  });
});

test.each([
  ['names its own address', '192.0.2.4:5062;branch=z9hG4bKm', '192.0.2.4:5062;branch=z9hG4bKm'],
  ['asks for rport', '192.0.2.4:5062;rport;branch=z9hG4bKm', '192.0.2.4:5062;rport=5062;branch=z9hG4bKm'],
  ['is behind NAT and asks', '10.0.0.9;rport;branch=b', '10.0.0.9;rport=5062;branch=b;received=192.0.2.4'],
  ['is behind NAT and does not ask', '10.0.0.9;branch=b', '10.0.0.9;branch=b;rport=5062;received=192.0.2.4'],
  ['lies about received', 'h.example;received=1.1.1.1;branch=b', 'h.example;branch=b;rport=5062;received=192.0.2.4'],
])('the top Via of a sender that %s', (_who, sent, annotated) => {
  const text = minimal().replace('192.0.2.4:5062;branch=z9hG4bKm', sent);
  const message = request(text);
  expect(message.headers.first('via')).toBe(`SIP/2.0/UDP ${annotated}`);
  expect(message.text).toContain(`Via: SIP/2.0/UDP ${annotated}\r\n`);
});

describe('a hostile head costs no more than its length', () => {
  const quick = (text: string) => {
    const startedMs = cpuMs();
    const result = parseMessage(text, datagram);
    expect(cpuMs() - startedMs).toBeLessThan(200);
    return result;
  };

  test('64,000 blanks in one header line: too large, and still answerable', () => {
    const result = quick(minimal(`Subject: a${' '.repeat(64_000)}b\r\n c\r\n`));
    expect(result).toMatchObject({
      ok: false,
      problem: { kind: 'too-large', status: 513, reply: { method: 'OPTIONS' } },
    });
  });

  test.each([
    ['blanks before text', `Subject: a${' '.repeat(15_500)}b\r\n c\r\n`],
    ['folds of one blank each', `Subject: a${'\r\n '.repeat(5_000)}b\r\n`],
    ['blanks between folds', `Subject: a${`${' '.repeat(1_500)}\r\n\t`.repeat(10)}b\r\n`],
    ['semicolons in a Contact', `Contact: <sip:a@b>${';'.repeat(15_000)}\r\n`],
  ])('16 kB of %s are read', (_, lines) => {
    expect(quick(minimal(lines)).ok).toBe(true);
  });

  test('folding in several lines is undone, a body is left as it is', () => {
    const message = request(minimal('Subject: a  \r\n\t b\r\n c\r\nPriority: 1\r\n  2\r\n', 'v=0\r\n x'));
    expect(message.headers.first('subject')).toBe('a b c');
    expect(message.headers.first('priority')).toBe('1 2');
    expect(message.body).toBe('v=0\r\n x');
  });
});
