import { device, Office, passwordOf, proven, realm, register, trunk } from './office';
import { authorization, challengeIn, type RawMessage, type RawPhone } from './raw-phone';

let office: Office;
const accounts = {
  devices: [device('anna'), device('boris', 'SHA-256')],
  trunks: [trunk({ id: 'pbx', kind: 'pbx' as const, username: 'office', password: passwordOf('office') })],
};

beforeEach(async () => {
  office = await Office.open(accounts);
});
afterEach(() => office.close());

const contacts = (answer: RawMessage) => answer.all('contact').join(', ').split(', ').filter(Boolean);
const expiring = (phone: RawPhone, user: string, seconds: number) => `${phone.contact(user)};expires=${seconds}`;

test.each([
  ['anna', 'MD5'],
  ['boris', 'SHA-256'],
])('%s registers with %s, and the router hears of it', async (username, algorithm) => {
  const phone = await office.phone();
  const asked = await phone.ask(register(username, []));
  expect(challengeIn(asked)).toMatchObject({ realm, algorithm, stale: false });
  const answer = await proven(phone, register(username, [expiring(phone, username, 300)]), username);
  expect(answer.status).toBe(200);
  expect(contacts(answer)).toEqual([`<sip:${username}@127.0.0.1:${phone.port}>;expires=300`]);
  const event = await office.event('bindings-changed');
  expect(event.of).toEqual({ kind: 'device', device: `device-${username}` });
  expect(event.bindings).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      of: event.of,
      media: 'rtp',
      host: '127.0.0.1',
      expiresAt: office.clock.now() + 300_000,
    },
  ]);
  expect([...office.saved.values()].flat()).toMatchObject([{ source: { port: phone.port, protocol: 'udp' } }]);
});

test('a pbx with a user name registers as a trunk, and its binding speaks for the trunk', async () => {
  const pbx = await office.phone();
  const answer = await proven(pbx, register('office', [expiring(pbx, 'office', 120)]), 'office');
  expect(answer.status).toBe(200);
  expect((await office.event('bindings-changed')).of).toEqual({ kind: 'trunk', trunk: 'pbx' });
  expect(await office.event('trunk-state-changed')).toMatchObject({ trunk: 'pbx', state: 'up' });
  office.clock.forward(120_000);
  expect(await office.event('trunk-state-changed')).toMatchObject({ trunk: 'pbx', state: 'down' });
});

test('two phones of one account are two bindings; each expires by itself', async () => {
  const [desk, soft] = [await office.phone(), await office.phone()];
  await proven(desk, register('anna', [expiring(desk, 'anna', 60)]), 'anna');
  const answer = await proven(soft, register('anna', [expiring(soft, 'anna', 120)]), 'anna');
  expect(contacts(answer)).toHaveLength(2);
  await office.event('bindings-changed', ({ bindings }) => bindings.length === 2);
  office.clock.forward(60_000);
  const event = await office.event(
    'bindings-changed',
    ({ bindings }) => bindings.length === 1 && office.clock.now() > 0,
  );
  expect(event.bindings[0]?.host).toBe('127.0.0.1');
  office.clock.forward(60_000);
  expect((await office.event('bindings-changed', ({ bindings }) => bindings.length === 0)).bindings).toEqual([]);
  expect(office.gateway.counters().bindings).toBe(0);
});

test('a query without Contact changes nothing; 0 removes one; * removes all, with Expires 0 only', async () => {
  const phone = await office.phone();
  const two = [`${phone.contact('a')};expires=100, <sip:b@127.0.0.1:${phone.port}>;expires=200`];
  expect(contacts(await proven(phone, register('anna', two), 'anna'))).toHaveLength(2);
  expect(contacts(await proven(phone, register('anna', []), 'anna'))).toHaveLength(2);
  const left = await proven(phone, register('anna', [`${phone.contact('a')};expires=0`]), 'anna');
  expect(contacts(left)).toEqual([`<sip:b@127.0.0.1:${phone.port}>;expires=200`]);
  expect((await proven(phone, register('anna', ['Contact: *']), 'anna')).status).toBe(400);
  const none = await proven(phone, register('anna', ['Contact: *', 'Expires: 0']), 'anna');
  expect([none.status, contacts(none)]).toEqual([200, []]);
});

test('too short is 423 with Min-Expires, too long is cut, without a word it is our most', async () => {
  const phone = await office.phone();
  const short = await proven(phone, register('anna', [expiring(phone, 'a', 59)]), 'anna');
  expect([short.status, short.header('min-expires')]).toEqual([423, '60']);
  expect(contacts(await proven(phone, register('anna', [expiring(phone, 'a', 7200)]), 'anna'))[0]).toMatch(
    /expires=600$/,
  );
  expect(contacts(await proven(phone, register('anna', [phone.contact('b')]), 'anna'))[1]).toMatch(/expires=600$/);
});

test('an older REGISTER of the same Call-ID changes nothing', async () => {
  const phone = await office.phone();
  const first = register('anna', [expiring(phone, 'a', 300)], { callId: 'same', cseq: 20 });
  expect((await proven(phone, first, 'anna')).status).toBe(200); // with CSeq 21
  const late = register('anna', [expiring(phone, 'a', 0)], { callId: 'same', cseq: 10 });
  expect((await proven(phone, late, 'anna')).status).toBe(500);
  expect(office.gateway.counters().bindings).toBe(1);
});

test('an account has ten contacts at the most', async () => {
  const phone = await office.phone();
  const list = Array.from({ length: 11 }, (_, i) => `<sip:c${i}@127.0.0.1:${phone.port}>;expires=100`);
  expect((await proven(phone, register('anna', [`Contact: ${list.join(', ')}`]), 'anna')).status).toBe(403);
  expect(office.gateway.counters().bindings).toBe(0);
  expect((await proven(phone, register('anna', [`Contact: ${list.slice(1).join(', ')}`]), 'anna')).status).toBe(200);
});

test('nobody registers for somebody else', async () => {
  const phone = await office.phone();
  const forAnother = register('anna', [expiring(phone, 'a', 300)], { to: `<sip:boris@${realm}>` });
  const asked = await phone.ask(forAnother);
  const challenge = { ...challengeIn(asked), algorithm: 'MD5' };
  const line = authorization({
    challenge,
    username: 'anna',
    password: passwordOf('anna'),
    method: 'REGISTER',
    uri: forAnother.uri,
  });
  const answer = await phone.ask({ ...forAnother, cseq: 2, lines: [...(forAnother.lines ?? []), line] });
  expect(answer.status).toBe(403);
});

test('a nonce count is taken once: a replayed REGISTER is only challenged again', async () => {
  const phone = await office.phone();
  const request = register('anna', [expiring(phone, 'a', 300)]);
  const challenge = challengeIn(await phone.ask(request));
  const signed = (nc: number) =>
    authorization({
      challenge,
      username: 'anna',
      password: passwordOf('anna'),
      method: 'REGISTER',
      uri: request.uri,
      nc,
    });
  const line = signed(1);
  expect((await phone.ask({ ...request, cseq: 2, lines: [...(request.lines ?? []), line] })).status).toBe(200);
  const replayed = await phone.ask({ ...request, cseq: 3, lines: [expiring(phone, 'evil', 300), line] });
  expect([replayed.status, challengeIn(replayed).stale]).toEqual([401, true]);
  expect((await phone.ask({ ...request, cseq: 4, lines: [...(request.lines ?? []), signed(2)] })).status).toBe(200);
  expect(office.gateway.counters().bindings).toBe(1);
});

test('an old nonce is stale: the phone signs a new one and needs nobody to type a password', async () => {
  const phone = await office.phone();
  const request = register('anna', []);
  const challenge = challengeIn(await phone.ask(request));
  office.clock.forward(6 * 60_000);
  const line = authorization({
    challenge,
    username: 'anna',
    password: passwordOf('anna'),
    method: 'REGISTER',
    uri: request.uri,
  });
  const answer = await phone.ask({ ...request, cseq: 2, lines: [line] });
  expect([answer.status, challengeIn(answer).stale]).toEqual([401, true]);
});

/** What differs between any two answers taken out: the tag, the nonce and what the request itself gave. */
const bareText = (answer: RawMessage, username: string) =>
  answer.text
    .replaceAll(username, 'USER')
    .replace(/nonce="[^"]*"/, 'nonce')
    .replace(/(?<=To: .*;tag=)[^\r]*/, 'TAG')
    .replace(/branch=[^;\r]*/, 'branch')
    .replace(/Call-ID: [^\r]*/i, 'Call-ID');

test('an unknown user and a wrong password are told apart by nothing', async () => {
  const phone = await office.phone();
  const answers: string[][] = [];
  for (const username of ['anna', 'nobody']) {
    const request = register(username, [expiring(phone, 'x', 300)]);
    const asked = await phone.ask(request);
    const challenge = { ...challengeIn(asked), algorithm: 'MD5' };
    const line = authorization({ challenge, username, password: 'wrong', method: 'REGISTER', uri: request.uri });
    const refused = await phone.ask({ ...request, cseq: 2, lines: [line] });
    expect(refused.status).toBe(403);
    answers.push([bareText(asked, username).replace(/algorithm=[\w-]+/, ''), bareText(refused, username)]);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.join('')).not.toMatch(/server:|user-agent:/i);
});

test('a registered phone is asked with OPTIONS; silent three times, its binding is dropped', async () => {
  const phone = await office.phone();
  await proven(phone, register('anna', [expiring(phone, 'anna', 600)]), 'anna');
  await office.event('bindings-changed');
  office.clock.forward(30_000);
  const options = await phone.request('OPTIONS');
  expect(options.uri).toBe(`sip:anna@127.0.0.1:${phone.port}`);
  phone.answer(options, 486); // any answer is a sign of life
  await office.settled(phone);
  for (let probe = 0; probe < 3; probe++) {
    office.clock.forward(probe === 0 ? 30_000 : 5_000);
    await phone.request('OPTIONS');
    office.clock.forward(5_000);
  }
  expect((await office.event('bindings-changed')).bindings).toEqual([]);
});

test('bindings come back after a restart, and an account that is gone loses its own', async () => {
  const phone = await office.phone();
  await proven(phone, register('anna', [expiring(phone, 'anna', 600)]), 'anna');
  await proven(phone, register('boris', [expiring(phone, 'boris', 600)]), 'boris');
  const saved = [...office.saved.values()].flat();
  expect(saved).toHaveLength(2);
  const again = await Office.open(accounts, JSON.parse(JSON.stringify(saved)));
  try {
    expect(again.gateway.counters().bindings).toBe(2);
    expect(
      (await again.event('bindings-changed', ({ of }) => 'device' in of && of.device === 'device-boris')).bindings,
    ).toHaveLength(1);
    again.gateway.configure({ ...accounts, devices: [device('anna')] });
    await again.event('bindings-changed', ({ bindings }) => bindings.length === 0);
    expect(again.gateway.counters().bindings).toBe(1);
  } finally {
    await again.close();
  }
});
