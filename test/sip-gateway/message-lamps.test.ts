import { userIdOf } from '../../call-router/values/ids';
import { device, Office, proven, realm, register } from './office';
import { type RawMessage, type RawPhone, newCallId } from './raw-phone';

let office: Office;
let phone: RawPhone;

beforeEach(async () => {
  office = await Office.open({ devices: [{ ...device('anna'), userId: 'user-anna' }, device('petr')], trunks: [] });
  phone = await office.phone('127.0.0.3');
  phone.always((message) => {
    if (message.method === 'OPTIONS') phone.answer(message, 200);
    return message.method === 'OPTIONS';
  });
});
afterEach(async () => {
  expect(office.problems).toEqual([]);
  await office.close();
});

const registers = (user = 'anna') => proven(phone, register(user, [phone.contact(user)]), user);
const publish = (newMessages: number, oldMessages = 0) =>
  office.run({ to: 'sip', do: 'publish-messages', users: [userIdOf('user-anna')], newMessages, oldMessages });
const told = async (status = 200): Promise<RawMessage> => {
  const notify = await phone.request('NOTIFY');
  phone.answer(notify, status);
  return notify;
};
const silence = async () => {
  await office.settled(phone);
  expect(phone.received.filter(({ method }) => method === 'NOTIFY')).toEqual([]);
};

test('a phone that never subscribed is told when the count changes, and when it registers while something waits', async () => {
  await registers();
  await silence();
  publish(2, 1);
  const first = await told();
  expect(first.uri).toBe(`sip:anna@127.0.0.3:${phone.port}`);
  expect([first.header('event'), first.header('subscription-state')]).toEqual(['message-summary', 'terminated']);
  expect(first.header('to')).toBe(`<sip:anna@${realm}>`);
  expect(first.body).toBe(`Messages-Waiting: yes\r\nMessage-Account: sip:anna@${realm}\r\nVoice-Message: 2/1\r\n`);
  publish(2, 1);
  await silence();
  await registers('petr'); // another person's phone
  await silence();
  await proven(phone, register('anna', ['Contact: *', 'Expires: 0']), 'anna');
  await registers();
  expect((await told()).body).toContain('Voice-Message: 2/1');
  publish(0, 3);
  expect((await told()).body).toContain('Messages-Waiting: no');
});

test('a phone that refuses is not asked again; one that subscribed is told in its subscription alone', async () => {
  await registers();
  publish(1);
  await told(405);
  await office.settled(phone);
  publish(2);
  await silence();
  const lines = [phone.contact('anna'), 'Event: message-summary'];
  const of = { from: `<sip:anna@${realm}>;tag=s`, to: `<sip:anna@${realm}>`, callId: newCallId(), cseq: 1, lines };
  await proven(phone, { method: 'SUBSCRIBE', uri: `sip:anna@${realm}`, ...of }, 'anna');
  expect((await told()).header('subscription-state')).toContain('active');
  office.clock.forward(1_000);
  publish(3);
  expect((await told()).header('subscription-state')).toContain('active');
  await silence();
});
