import type { LampDialog } from '../../call-router/effect';
import { bindingIdOf, callIdOf, legIdOf, sdpOf, userIdOf } from '../../call-router/values/ids';
import { device, invite, Office, proven, realm, register, trunk } from './office';
import { newCallId, type RawMessage, type RawPhone, type Request, sdp } from './raw-phone';

let office: Office;
let phone: RawPhone;

const accounts = { devices: [{ ...device('anna'), userId: 'user-anna' }, device('petr')], trunks: [] };

beforeEach(async () => {
  office = await Office.open(accounts);
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

const subscribe = (
  watched: string,
  lines: readonly string[] = ['Event: dialog'],
  of: Partial<Request> = {},
): Request => ({
  ...invite(`<sip:anna@${realm}>`, `sip:${watched}@${realm}`),
  method: 'SUBSCRIBE',
  lines: [phone.contact('anna'), ...lines],
  ...of,
});

interface Watching {
  readonly dialog: Request;
  readonly answer: RawMessage;
  readonly first: RawMessage;
}

async function watching(watched: string, lines?: readonly string[]): Promise<Watching> {
  const request = subscribe(watched, lines);
  const answer = await proven(phone, request, 'anna');
  expect(answer.status).toBe(200);
  const first = await told();
  return { dialog: { ...request, to: answer.header('to'), cseq: 2 }, answer, first };
}

async function told(status = 200, lines: readonly string[] = []): Promise<RawMessage> {
  const notify = await phone.request('NOTIFY');
  phone.answer(notify, status, { lines });
  return notify;
}

const leg = legIdOf(callIdOf('c'.repeat(32)), 2);
const early: LampDialog = {
  id: leg,
  state: 'early',
  direction: 'recipient',
  remote: { number: '+420601111111', displayName: 'Eva & "Co" <x>' },
};
const publish = (entity: string, ...dialogs: readonly LampDialog[]) =>
  office.run({ to: 'sip', do: 'publish-dialogs', entity, dialogs });
const stateIn = ({ body }: RawMessage) => /<state>(\w+)<\/state>/.exec(body)?.[1] ?? 'idle';
const versionIn = ({ body }: RawMessage) => /version="(\d+)" state="full"/.exec(body)?.[1];
const silence = async () => {
  await office.settled(await registered());
  expect(phone.received.filter(({ method }) => method === 'NOTIFY')).toEqual([]);
};
let isRegistered = false;
beforeEach(() => {
  isRegistered = false;
});
async function registered(): Promise<RawPhone> {
  if (!isRegistered) await proven(phone, register('anna', [phone.contact('anna')]), 'anna');
  isRegistered = true;
  return phone;
}

test('a lamp: idle at once, then ringing, talking and idle again, each in a document of its own version', async () => {
  const { answer, first, dialog } = await watching('102');
  expect(answer.header('expires')).toBe('600');
  expect(answer.header('contact')).toContain(`127.0.0.1:${office.sip.port}`);
  expect(first.header('event')).toBe('dialog');
  expect(first.header('subscription-state')).toBe('active;expires=600');
  expect(first.header('content-type')).toBe('application/dialog-info+xml');
  expect(first.header('call-id')).toBe(dialog.callId);
  expect(first.header('from')).toBe(answer.header('to'));
  expect(first.uri).toBe(`sip:anna@127.0.0.3:${phone.port}`);
  expect(first.body).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="0" ' +
      `state="full" entity="sip:102@${realm}">\n</dialog-info>\n`,
  );
  office.clock.forward(1_000);
  publish('102', early);
  const ringing = await told();
  expect(ringing.header('subscription-state')).toBe('active;expires=599');
  expect([versionIn(ringing), stateIn(ringing)]).toEqual(['1', 'early']);
  expect(ringing.body).toContain(
    `<remote><identity display="Eva &amp; &quot;Co&quot; &lt;x&gt;">sip:+420601111111@${realm}</identity>`,
  );
  expect(ringing.body).toContain('direction="recipient"');
  expect(ringing.body).not.toContain(leg);
  office.clock.forward(1_000);
  publish('102', { ...early, state: 'confirmed' });
  const talking = await told();
  expect([versionIn(talking), stateIn(talking)]).toEqual(['2', 'confirmed']);
  office.clock.forward(1_000);
  publish('102');
  expect(stateIn(await told())).toBe('idle');
  publish('103', early); // nobody watches it
  await silence();
});

test('one NOTIFY in flight and one a second: the newest state wins, and none that says nothing new', async () => {
  const request = subscribe('102');
  await proven(phone, request, 'anna');
  const first = await phone.request('NOTIFY');
  publish('102', early);
  publish('102', { ...early, state: 'confirmed' });
  await silence(); // the first is not answered yet
  phone.answer(first, 200);
  await silence(); // and a second has not passed
  office.clock.forward(1_000);
  expect(stateIn(await told())).toBe('confirmed');
  publish('102', early);
  publish('102', { ...early, state: 'confirmed' });
  office.clock.forward(5_000);
  await silence();
  publish('102', { ...early, state: 'confirmed' });
  await silence();
});

test("an early dialog of a phone of ours is named so that Replaces takes it over; its state is the far phone's", async () => {
  await registered();
  const { bindings } = await office.event('bindings-changed');
  const target = { kind: 'binding' as const, binding: bindingIdOf(bindings.at(-1)?.id ?? '') };
  const shows = { number: '+420601111111', withheld: false };
  office.run({ to: 'sip', do: 'invite', leg, target, shows, sdp: sdpOf(sdp(5000)) });
  const asked = await phone.request('INVITE');
  publish('101', early);
  const { first } = await watching('101');
  expect(stateIn(first)).toBe('idle'); // nothing rings yet
  phone.answer(asked, 180, { tag: 'petrs' });
  await office.event('leg-ringing');
  office.clock.forward(1_000);
  const ourTag = /tag=(\w+)/.exec(asked.header('from'))?.[1];
  expect((await told()).body).toContain(
    `call-id="${asked.header('call-id')}" local-tag="petrs" remote-tag="${ourTag}"`,
  );
  publish('101', { ...early, state: 'confirmed' });
  phone.answer(asked, 200, { tag: 'petrs', lines: [phone.contact()], body: sdp() });
  await office.event('leg-answered');
  office.clock.forward(1_000);
  expect((await told()).body).not.toContain('call-id');
});

test('refreshed in its dialog: 200, and the state once more; its time over: the last NOTIFY says so', async () => {
  const { dialog } = await watching('*7001', [
    'Event: dialog;id=k7',
    'Expires: 3600',
    'Accept: text/plain, application/*',
  ]);
  office.clock.forward(500_000);
  const again = { ...dialog, cseq: 3, lines: [phone.contact('anna'), 'Event: dialog;id=k7', 'Expires: 120'] };
  expect((await phone.ask(again)).header('expires')).toBe('120');
  const repeated = await told();
  expect([repeated.header('event'), versionIn(repeated)]).toEqual(['dialog;id=k7', '1']);
  expect(repeated.header('subscription-state')).toBe('active;expires=120');
  office.clock.forward(120_000);
  const last = await told();
  expect(last.header('subscription-state')).toBe('terminated;reason=timeout');
  expect(office.gateway.counters().subscriptions).toBe(0);
  expect((await phone.ask({ ...again, cseq: 4 })).status).toBe(481);
});

test('Expires 0 ends it with the state of the moment; outside a dialog it asks once', async () => {
  const { dialog } = await watching('102');
  publish('102', early);
  const end = { ...dialog, cseq: 3, lines: [phone.contact('anna'), 'Event: dialog', 'Expires: 0'] };
  expect((await phone.ask(end)).status).toBe(200);
  const last = await told();
  expect([stateIn(last), last.header('subscription-state')]).toEqual(['early', 'terminated;reason=timeout']);
  const once = await proven(phone, subscribe('102', ['o: dialog', 'Expires: 0']), 'anna');
  expect([once.status, once.header('expires')]).toEqual([200, '0']);
  expect(stateIn(await told())).toBe('early');
  publish('102');
  await silence();
  expect(office.gateway.counters().subscriptions).toBe(0);
});

test.each([
  [489, '102', ['Event: presence'], 'allow-events', 'dialog, message-summary'],
  [489, '102', [], 'allow-events', 'dialog, message-summary'],
  [406, '102', ['Event: dialog', 'Accept: application/pidf+xml'], 'accept', 'application/dialog-info+xml'],
  [406, 'anna', ['Event: message-summary', 'Accept: text/plain'], 'accept', 'application/simple-message-summary'],
  [423, '102', ['Event: dialog', 'Expires: 30'], 'min-expires', '60'],
  [404, 'boss', ['Event: dialog'], 'min-expires', ''],
])('%i for %s with %j', async (status, watched, lines, header, value) => {
  const answer = await proven(phone, subscribe(watched, lines), 'anna');
  expect([answer.status, answer.header(header)]).toEqual([status, value]);
  expect(office.gateway.counters().subscriptions).toBe(0);
});

test('a stranger is challenged, a provider refused, an office PBX watches like a phone', async () => {
  const stranger = await office.phone('127.0.0.9');
  const asks = (peer: RawPhone) =>
    peer.ask({ ...subscribe('102'), lines: [peer.contact(), 'Event: dialog'], callId: newCallId() });
  expect((await asks(stranger)).status).toBe(401);
  const carrier = await office.phone('127.0.0.5');
  const pbx = await office.phone('127.0.0.4');
  const at = (id: string, kind: 'address' | 'pbx', { address: host, port }: RawPhone) =>
    trunk({ id, kind, host, port });
  office.gateway.configure({ ...accounts, trunks: [at('carrier', 'address', carrier), at('pbx', 'pbx', pbx)] });
  expect((await asks(carrier)).status).toBe(403);
  expect((await asks(pbx)).status).toBe(200);
  pbx.answer(await pbx.request('NOTIFY'), 200);
  expect(office.gateway.counters().subscriptions).toBe(1);
  office.gateway.configure(accounts); // it is no trunk any more
  expect((await pbx.request('NOTIFY')).header('subscription-state')).toBe('terminated;reason=rejected');
  expect(office.gateway.counters().subscriptions).toBe(0);
});

test('a watcher that knows of no subscription has none, and its dialog is gone too', async () => {
  const { dialog } = await watching('102');
  office.clock.forward(1_000);
  publish('102', early);
  await told(481);
  office.clock.forward(1_000);
  publish('102');
  await silence();
  expect(office.gateway.counters().subscriptions).toBe(0);
  const again = { ...dialog, cseq: 3, lines: [phone.contact('anna'), 'Event: dialog'] };
  expect((await phone.ask(again)).status).toBe(481);
  expect((await office.engine.counters()).dialogs).toBe(0);
});

test('a watcher that is busy is told again when it says; 503 for good ends it', async () => {
  await watching('102');
  office.clock.forward(1_000);
  publish('102', early);
  await told(503, ['Retry-After: 5']);
  await silence();
  office.clock.forward(5_000);
  expect(stateIn(await told(503))).toBe('early');
  await silence();
  expect(office.gateway.counters().subscriptions).toBe(0);
});

test('the message lamp shows the mailbox of the person whose phone it is, whatever the phone asks for', async () => {
  office.run({ to: 'sip', do: 'publish-messages', users: [userIdOf('user-anna')], newMessages: 2, oldMessages: 1 });
  const { first } = await watching('*97', ['Event: message-summary', 'Accept: application/simple-message-summary']);
  expect([first.header('event'), first.header('content-type')]).toEqual([
    'message-summary',
    'application/simple-message-summary',
  ]);
  expect(first.body).toBe(`Messages-Waiting: yes\r\nMessage-Account: sip:anna@${realm}\r\nVoice-Message: 2/1\r\n`);
  office.clock.forward(1_000);
  office.run({ to: 'sip', do: 'publish-messages', users: [userIdOf('user-petr')], newMessages: 9, oldMessages: 0 });
  office.run({ to: 'sip', do: 'publish-messages', users: [userIdOf('user-anna')], newMessages: 0, oldMessages: 0 });
  expect((await told()).body).toContain('Messages-Waiting: no\r\n');
});

test('a restart of ours asks the watchers to come again', async () => {
  await watching('102');
  await office.gateway.stop();
  expect((await told()).header('subscription-state')).toBe('terminated;reason=probation;retry-after=10');
});
