/** A desk phone that is told to answer: NOTIFY `Event: talk` in the early dialog, only where its 180 has said that it takes it. */
import { bindingIdOf, callIdOf, legIdOf, sdpOf } from '../../call-router/values/ids';
import { device, Office, proven, register } from './office';
import { type RawPhone, sdp } from './raw-phone';

const username = 'anna';
const leg = legIdOf(callIdOf('0'.repeat(32)), 2);
let office: Office;
let phone: RawPhone;

beforeEach(async () => {
  office = await Office.open({ devices: [device(username)], trunks: [] });
  phone = await office.phone('127.0.0.2');
  phone.always((message) => {
    if (message.method !== 'OPTIONS') return false;
    phone.answer(message, 200);
    return true;
  });
});
afterEach(async () => {
  expect(office.problems).toEqual([]);
  await office.close();
});

async function called() {
  await proven(phone, register(username, [phone.contact(username)]), username);
  const { bindings } = await office.event('bindings-changed');
  const target = { kind: 'binding', binding: bindingIdOf(bindings[0]?.id ?? '') } as const;
  const shows = { number: '101', withheld: false };
  office.run({ to: 'sip', do: 'invite', leg, target, shows, sdp: sdpOf(sdp(5000)) });
  return phone.request('INVITE');
}

const allows = (packages: string): readonly string[] => [`Allow-Events: ${packages}`, phone.contact(username)];

test.each(['talk,hold,conference,refer,check-sync', 'hold, Talk', 'talk'])(
  'a phone that allows "%s" is told in the dialog of its 180, and answers',
  async (packages) => {
    const invite = await called();
    phone.answer(invite, 180, { lines: allows(packages) });
    expect(await office.event('leg-ringing')).toMatchObject({ leg, answersWhenTold: true });
    office.run({ to: 'sip', do: 'talk', leg });
    const notify = await phone.request('NOTIFY');
    expect(notify.header('event')).toBe('talk');
    expect(notify.header('subscription-state')).toBe('active');
    expect(notify.header('call-id')).toBe(invite.header('call-id'));
    expect(notify.header('to')).toMatch(/;tag=/);
    phone.answer(notify, 200);
    phone.answer(invite, 200, { body: sdp(4100), lines: [phone.contact(username)] });
    expect(await office.event('leg-answered')).toMatchObject({ leg });
    await phone.request('ACK');
  },
);

test('a phone that refuses the word rings on', async () => {
  const invite = await called();
  phone.answer(invite, 180, { lines: allows('talk') });
  await office.event('leg-ringing');
  office.run({ to: 'sip', do: 'talk', leg });
  phone.answer(await phone.request('NOTIFY'), 489);
  phone.answer(invite, 486);
  expect(await office.event('leg-refused')).toMatchObject({ leg, status: 486 });
});

test.each(['refer', 'talkback', 'message-summary, dialog'])(
  'a phone that allows "%s" cannot be told',
  async (packages) => {
    const invite = await called();
    phone.answer(invite, 180, { lines: allows(packages) });
    expect('answersWhenTold' in (await office.event('leg-ringing'))).toBe(false);
  },
);
