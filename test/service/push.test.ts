/** The running service tells a browser whose page is closed: of a call to a person with no other phone, and of their new lead. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Office, setUpOffice } from '../../demo/office';
import { SipPhone } from '../../demo/phone/sip-phone';
import { Service } from '../../demo/service';
import type { PushMessage } from '../../server/api/push-messages';
import { systemClock } from '../../server/clock';
import { type PushService, startPushService } from '../server/push/push-service';

const clock = systemClock();
const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-push-'));
let push: PushService;
let service: Service;
let provider: SipPhone;
let office: Office;

beforeAll(async () => {
  push = await startPushService();
  const environment = { TRUNKLINE_LOG: 'warn', TRUNKLINE_PUSH_SERVICES: push.origin };
  service = await Service.start({ clock, dataFolder, environment });
  const place = { host: '127.0.0.1', port: service.ports.sip };
  provider = await SipPhone.open({ clock, service: place, username: 'provider', law: 'PCMA' });
  office = await setUpOffice(service.api, { host: '127.0.0.1', port: provider.port });
}, 60_000);
afterAll(async () => {
  provider.close();
  await service.stop();
  await push.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

const told = async (): Promise<PushMessage> => JSON.parse((await push.next()).text) as PushMessage;

/** As the page does it: a log-in by cookie, then the browser's wish. */
async function subscribe(): Promise<void> {
  const { login, password } = office.person;
  const json = { 'content-type': 'application/json', origin: service.url };
  const entered = await fetch(`${service.url}/api/login`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ login, password }),
  });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const body = JSON.stringify(push.subscription);
  const wished = await fetch(`${service.url}/api/push/subscription`, {
    method: 'PUT',
    headers: { ...json, cookie },
    body,
  });
  expect(wished.status).toBe(204);
}

test('before anybody asks to be told, a person without a phone cannot be reached', async () => {
  const call = await provider.call(office.rentedNumber, { from: office.knownCaller });
  expect((await call.ended).status).toBe(480);
  call.audio.close();
});

test('with a browser that is told, the caller hears it ring, and the notice becomes a missed call', async () => {
  await subscribe();
  const call = await provider.call(office.rentedNumber, { from: office.knownCaller });
  call.answered.catch(() => undefined); // it never will be
  const rings = await told();
  expect(rings).toMatchObject({ title: 'Karel Růžička', rings: true, answer: { title: 'Answer' } });
  await call.ringing;
  await call.cancel();
  await call.ended;
  expect(await told()).toMatchObject({ title: 'Missed call', body: 'Karel Růžička', tag: rings.tag, rings: false });
  call.audio.close();
});

test('a new lead that is hers is told once it is', async () => {
  const call = await provider.call(office.rentedNumber, { from: office.unknownCaller });
  call.answered.catch(() => undefined);
  expect((await told()).rings).toBe(true);
  await call.ringing;
  await call.cancel();
  await call.ended;
  const rest = [await told(), await told()];
  expect(rest.map(({ title }) => title).sort()).toEqual(['A new lead is yours', 'Missed call']);
  expect(rest.find(({ title }) => title !== 'Missed call')?.path).toMatch(/^\/leads\/.+/);
  call.audio.close();
});
