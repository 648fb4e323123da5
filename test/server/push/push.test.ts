/** Web Push: a browser's wish to be told lives as long as its log-in; what is sent is encrypted, signed, and goes nowhere else. */
import type { PushMessage } from '../../../server/api/push-messages';
import { openPushKeys } from '../../../server/push/push-keys';
import { isPushService } from '../../../server/push/push-services';
import { type Push, sendPush } from '../../../server/push/send-push';
import { type Person, startTestService, type TestService } from '../api/service';
import { type PushService, startPushService } from './push-service';

let push: PushService;
let service: TestService;
let anna: Person;
beforeAll(async () => {
  push = await startPushService();
  service = await startTestService({ environment: { TRUNKLINE_PUSH_SERVICES: push.origin } });
  anna = await service.person('anna', 'operator');
});
afterAll(async () => {
  await service.close();
  await push.close();
});

const message: PushMessage = {
  title: 'Jana Nováková',
  body: '+420 777 123 456',
  tag: 'call-1',
  path: '/',
  answer: { title: 'Answer', path: '/?answer=1' },
  rings: true,
};
const ringing: Push = { message, forS: 30, topic: 'call-1', urgency: 'high' };
const subscriptions = () => service.database.reading.ask('push-subscriptions', {});
const subscribe = (as: Person | 'token', body: unknown = push.subscription) =>
  service.ask('PUT', '/api/push/subscription', { as, body });
const send = async (): Promise<void> => {
  const { clock, log, reading } = service.deps;
  const parts = { clock, log, reading, keys: openPushKeys(reading), contact: async () => 'mailto:a@office.example' };
  await sendPush(parts, await subscriptions(), ringing);
};

test('a message is opened by the browser alone, and signed with the key it subscribed with', async () => {
  const key = (await service.ask('GET', '/api/push/key', { as: anna })).json['publicKey'];
  expect((await subscribe(anna)).status).toBe(204);
  await send();
  const { text, headers, claims } = await push.next();
  expect(JSON.parse(text)).toEqual(message);
  expect(claims).toMatchObject({ aud: push.origin, sub: 'mailto:a@office.example' });
  expect(headers).toMatchObject({ ttl: '30', urgency: 'high', topic: 'call-1', 'content-encoding': 'aes128gcm' });
  expect(headers.authorization).toContain(`k=${String(key)}`);
});

test('the key pair is made once, its private half is sealed, and it is the same for ever', async () => {
  const first = await openPushKeys(service.deps.reading)();
  expect(await openPushKeys(service.deps.reading)()).toEqual(first);
  expect(await service.database.reading.ask('get-setting', { key: 'push-keys' })).not.toContain(first.privateKey);
});

test('a subscription that is gone is forgotten; one that failed is not, and no address is logged', async () => {
  push.status = 500;
  await send();
  await push.next();
  expect(await subscriptions()).toHaveLength(1);
  push.status = 410;
  await send();
  await push.next();
  expect(await subscriptions()).toHaveLength(0);
  push.status = 201;
  expect(service.logLines.join('\n')).not.toContain(push.origin);
});

test('a redirection is not followed: it would lead past the list of push services', async () => {
  await subscribe(anna);
  push.status = 307;
  const before = push.count();
  await send();
  expect(push.count()).toBe(before + 1);
  push.status = 201;
});

test('it ends with the log-in, and another person at the same browser takes it over', async () => {
  const bob = await service.person('bob', 'operator');
  await subscribe(anna);
  await subscribe(bob);
  expect(await subscriptions()).toMatchObject([{ userId: bob.id }]);
  expect(
    (await service.ask('POST', '/api/push/unsubscribe', { as: anna, body: { endpoint: push.subscription.endpoint } }))
      .status,
  ).toBe(204);
  expect(await subscriptions()).toHaveLength(1); // not hers to end
  await service.ask('POST', '/api/logout', { as: bob, body: {} });
  expect(await subscriptions()).toHaveLength(0);
});

test('a person who may not work any more is not told', async () => {
  const carl = await service.person('carl', 'operator');
  await subscribe(carl);
  await service.ask('PATCH', `/api/users/${carl.id}`, { as: 'token', body: { disabled: true } });
  expect(await subscriptions()).toHaveLength(0);
});

test('a program has no page, and an address that is no push service is refused', async () => {
  expect((await subscribe('token')).json).toMatchObject({ kind: 'conflict' });
  const elsewhere = { ...push.subscription, endpoint: 'https://127.0.0.1/' };
  expect((await subscribe(anna, elsewhere)).json).toMatchObject({ kind: 'invalid', errors: [{ field: 'endpoint' }] });
  expect((await subscribe(anna, { ...push.subscription, keys: { p256dh: 'x', auth: 'y' } })).status).toBe(422);
});

test('of one person the ten newest browsers are told', async () => {
  const dora = await service.person('dora', 'operator');
  for (let i = 0; i < 12; i++) await subscribe(dora, { ...push.subscription, endpoint: `${push.origin}/dora-${i}` });
  const kept = (await subscriptions()).filter(({ userId }) => userId === dora.id);
  expect(kept).toHaveLength(10);
});

test.each([
  ['https://fcm.googleapis.com/fcm/send/abc', true],
  ['https://updates.push.services.mozilla.com/wpush/v2/x', true],
  ['https://web.push.apple.com/x', true],
  ['https://wns2-par02p.notify.windows.com/w/?token=x', true],
  ['https://fcm.googleapis.com.evil.example/x', false],
  ['https://evilpush.apple.com.evil/x', false],
  ['https://notify.windows.com/x', false],
  ['http://fcm.googleapis.com/x', false],
  ['https://fcm.googleapis.com:8443/x', false],
  ['https://a:b@fcm.googleapis.com/x', false],
  ['https://169.254.169.254/latest', false],
  ['fcm.googleapis.com', false],
])('%s is a push service: %s', (endpoint, expected) => {
  expect(isPushService(endpoint, [])).toBe(expected);
});
