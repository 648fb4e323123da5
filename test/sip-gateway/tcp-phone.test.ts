import { connect, type Socket } from 'node:net';
import { bindingIdOf, callIdOf, legIdOf, sdpOf } from '../../call-router/values/ids';
import { device, Office, passwordOf, realm } from './office';
import { authorization, challengeIn, parse, type RawMessage, sdp } from './raw-phone';

let office: Office;
let socket: Socket;

beforeEach(async () => {
  office = await Office.open({ devices: [device('anna')], trunks: [] });
});
afterEach(async () => {
  socket.destroy();
  await office.close();
});

/** The next whole message on the connection. */
const read = (): Promise<RawMessage> =>
  new Promise((resolve) => {
    let text = '';
    const listener = (bytes: Buffer) => {
      text += bytes.toString('utf8');
      const length = Number(/content-length:\s*(\d+)/i.exec(text)?.[1]);
      const head = text.indexOf('\r\n\r\n');
      if (head === -1 || text.length < head + 4 + length) return;
      socket.off('data', listener);
      resolve(parse(text));
    };
    socket.on('data', listener);
  });

const registerText = (cseq: number, lines: readonly string[]) =>
  [
    `REGISTER sip:${realm} SIP/2.0`,
    `Via: SIP/2.0/TCP 10.0.0.9:5060;branch=z9hG4bKtcp${cseq}`,
    `From: <sip:anna@${realm}>;tag=1`,
    `To: <sip:anna@${realm}>`,
    'Call-ID: tcp-phone',
    `CSeq: ${cseq} REGISTER`,
    'Max-Forwards: 70',
    'Contact: <sip:anna@10.0.0.9:5060;transport=tcp>',
    ...lines,
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');

/** Registers, and gives its binding. */
async function registered(): Promise<string> {
  const port = Number(/tcp\/127\.0\.0\.1:(\d+)/.exec(office.engine.localHostports)?.[1]);
  socket = connect(port, '127.0.0.1');
  socket.write(registerText(1, []));
  const challenge = challengeIn(await read());
  const line = authorization({
    challenge,
    username: 'anna',
    password: passwordOf('anna'),
    method: 'REGISTER',
    uri: `sip:${realm}`,
  });
  socket.write(registerText(2, [line]));
  expect((await read()).status).toBe(200);
  const { bindings } = await office.event('bindings-changed');
  expect(bindings).toEqual([expect.objectContaining({ media: 'rtp' })]);
  return bindings[0]?.id ?? '';
}

function dial(binding: string): void {
  office.run({
    to: 'sip',
    do: 'invite',
    leg: legIdOf(callIdOf('0'.repeat(32)), 2),
    target: { kind: 'binding', binding: bindingIdOf(binding) },
    shows: { number: '101', withheld: false },
    sdp: sdpOf(sdp()),
  });
}

test('a phone behind NAT that registered over TCP is called over its own connection', async () => {
  dial(await registered());
  expect((await read()).uri).toBe('sip:anna@10.0.0.9:5060;transport=tcp');
});

test('its connection closes: its contact goes at once, and a call that rings there is given up', async () => {
  dial(await registered());
  const invite = await read();
  const copied = ['via', 'from', 'call-id', 'cseq'].map((name) => `${name}: ${invite.header(name)}`);
  const ringing = ['SIP/2.0 180 Ringing', ...copied, `To: ${invite.header('to')};tag=r`, 'Content-Length: 0'];
  socket.write(`${ringing.join('\r\n')}\r\n\r\n`);
  await office.event('leg-ringing');
  socket.destroy();
  expect((await office.event('bindings-changed')).bindings).toEqual([]);
  await office.event('flow-lost');
  expect(office.gateway.counters().legs).toBe(0);
});
