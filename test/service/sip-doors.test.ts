/** The running service with all its SIP doors: UDP, TCP, TLS, WebSocket plain and secure, and that of the pages. */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { freePort } from '../../demo/service';
import { TcpPeer } from '../sip-gateway/engine/peer';
import { authorization, challengeIn, type RawPhone, type Request } from '../sip-gateway/raw-phone';
import { openWsPhone } from '../sip-gateway/ws-phone';
import { openOffice, type RunningOffice } from './running-office';

let office: RunningOffice;
const ports: Record<string, number> = {};

beforeAll(async () => {
  for (const door of ['udp', 'tcp', 'tls', 'ws', 'wss']) ports[door] = await freePort();
  const doors = Object.entries(ports).map(([door, port]) => `${door}/127.0.0.1:${port}`);
  office = await openOffice({ TRUNKLINE_SIP: doors.join() });
}, 60_000);
afterAll(() => office.close());

const ca = async (): Promise<string> => (await fetch(`${office.service.url}/ca.crt`)).text();

/** REGISTER of Anna's desk phone, with the answer to the challenge; gives the last status. */
async function registers(phone: RawPhone): Promise<number> {
  const { username, password } = office.anna.desk;
  const party = `<sip:${username}@trunkline>`;
  const lines = [phone.contact(username)];
  const first: Request = {
    method: 'REGISTER',
    uri: 'sip:trunkline',
    from: `${party};tag=1`,
    to: party,
    callId: `r-${phone.address}`,
    cseq: 1,
    lines,
  };
  const asked = await phone.ask(first);
  const line = authorization({ challenge: challengeIn(asked), username, password, method: 'REGISTER', uri: first.uri });
  return (await phone.ask({ ...first, cseq: 2, lines: [...lines, line] })).status;
}

test('another maker’s client registers over WebSocket, plain and secure with our own authority', async () => {
  const plain = await openWsPhone(`ws://127.0.0.1:${ports['ws']}/`);
  const secure = await openWsPhone(`wss://127.0.0.1:${ports['wss']}/`, { ca: await ca() });
  for (const { phone, cut } of [plain, secure]) {
    expect(await registers(phone)).toBe(200);
    await cut();
  }
});

test('a phone on TLS is answered under the certificate of our own authority', async () => {
  const phone = await TcpPeer.openTls(ports['tls'] ?? 0, await ca());
  phone.send(phone.request('REGISTER', { callId: 'tls', to: '<sip:x@trunkline>' }));
  await phone.next('SIP/2.0 401');
  phone.close();
});

test('the door of the pages is closed to who is not logged in, and plain requests are told what it is', async () => {
  const url = `ws://127.0.0.1:${office.service.ports.http}/api/sip`;
  await expect(openWsPhone(url, { headers: { origin: office.service.url } })).rejects.toThrow('401');
  const sent = request(`${office.service.url}/api/sip`);
  sent.end();
  const answer = await new Promise<string>((resolve, reject) => {
    sent.on('response', (response) => void text(response).then(resolve, reject));
    sent.on('error', reject);
  });
  expect(answer).toContain('not-logged-in');
});

test('the service stops while sockets are open, and tells them', async () => {
  const login = await fetch(`${office.service.url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'anna', password: 'a long password' }),
  });
  const cookie = login.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const url = `ws://127.0.0.1:${office.service.ports.http}/api/sip`;
  const page = await openWsPhone(url, { headers: { origin: office.service.url, cookie } });
  const client = await openWsPhone(`ws://127.0.0.1:${ports['ws']}/`);
  expect(await registers(client.phone)).toBe(200);
  const closing = Promise.all([page.closed(), client.closed()]);
  expect(await office.service.stop()).toBe(0);
  expect(await closing).toEqual([1001, 1006]);
});
