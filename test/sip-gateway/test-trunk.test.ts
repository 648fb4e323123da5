/** A trunk is tried once, as it is given: what came of it, and that nothing stays behind. */
import type { TrunkAccount } from '../../sip-gateway/accounts';
import { Office, trunk } from './office';
import type { RawMessage, RawPhone } from './raw-phone';

let office: Office;
let provider: RawPhone;

beforeEach(async () => {
  office = await Office.open({ devices: [], trunks: [] });
  provider = await office.phone('127.0.0.2');
});
afterEach(() => office.close());

const at = { host: '127.0.0.2', username: 'acc', password: 'pw' } as const;
const account = (more: Partial<TrunkAccount> = {}): TrunkAccount =>
  trunk({ id: 'new', kind: 'registration', port: provider.port, ...at, ...more });
const challenge = (nonce: string) => ({
  lines: [`WWW-Authenticate: Digest realm="prov", nonce="${nonce}", algorithm=MD5, qop="auth"`],
});
const accept = (message: RawMessage, seconds: number) => {
  const contact = message.header('contact').split(';expires')[0] ?? '';
  provider.answer(message, 200, { lines: contact === '' ? [] : [`Contact: ${contact};expires=${seconds}`] });
};

test('an account is registered with its proof, said for how long, and taken back', async () => {
  const tested = office.gateway.testTrunk(account());
  provider.answer(await provider.request('REGISTER'), 401, challenge('n1'));
  const proven = await provider.request('REGISTER');
  expect(proven.header('authorization')).toMatch(/username="acc".*nonce="n1"/);
  accept(proven, 60);
  const leaving = await provider.request('REGISTER');
  expect([leaving.header('expires'), leaving.header('contact')]).toEqual(['0', expect.stringMatching(/sip:test\w+@/)]);
  expect(leaving.header('contact').split(';')[0]).toBe(proven.header('contact').split(';')[0]);
  provider.answer(leaving, 401, challenge('n2'));
  accept(await provider.request('REGISTER'), 0);
  expect(await tested).toEqual({ outcome: 'registered', forS: 60, ms: 0 });
});

test('a proof that is not taken is a wrong password, and is not tried again', async () => {
  const tested = office.gateway.testTrunk(account());
  provider.answer(await provider.request('REGISTER'), 401, challenge('n1'));
  provider.answer(await provider.request('REGISTER'), 401, challenge('n2'));
  expect(await tested).toEqual({ outcome: 'wrong-password', status: 401, ms: 0 });
  expect(provider.received).toEqual([]);
});

test.each([
  ['after a proof', 403, 'wrong-password'],
  ['after a proof', 404, 'rejected'],
])('%s %d is %s', async (_, status, outcome) => {
  const tested = office.gateway.testTrunk(account());
  provider.answer(await provider.request('REGISTER'), 401, challenge('n1'));
  provider.answer(await provider.request('REGISTER'), status);
  expect(await tested).toEqual({ outcome, status, ms: 0 });
});

test('403 before any proof is about the account or our address', async () => {
  const tested = office.gateway.testTrunk(account());
  provider.answer(await provider.request('REGISTER'), 403);
  expect(await tested).toEqual({ outcome: 'rejected', status: 403, ms: 0 });
});

test('423 is asked for as long as it wants', async () => {
  const tested = office.gateway.testTrunk(account());
  provider.answer(await provider.request('REGISTER'), 423, { lines: ['Min-Expires: 1800'] });
  const longer = await provider.request('REGISTER');
  expect(longer.header('expires')).toBe('1800');
  accept(longer, 1800);
  accept(await provider.request('REGISTER'), 0);
  expect(await tested).toMatchObject({ outcome: 'registered', forS: 1800 });
});

test('an account that is registered already is only asked about: its calls keep coming', async () => {
  office.gateway.configure({ devices: [], trunks: [account({ id: 'kept' })] });
  accept(await provider.request('REGISTER'), 600);
  await office.event('trunk-state-changed');
  const tested = office.gateway.testTrunk(account({ id: 'kept' }));
  const asked = await provider.request('REGISTER');
  expect([asked.header('contact'), asked.header('expires')]).toEqual(['', '']);
  provider.answer(asked, 200);
  expect(await tested).toEqual({ outcome: 'registered', ms: 0 });
});

test('a peer that is known by its address is asked with OPTIONS; any answer says it is there', async () => {
  const tested = office.gateway.testTrunk(account({ kind: 'address' }));
  const asked = await provider.request('OPTIONS');
  office.clock.forward(23);
  provider.answer(asked, 405);
  expect(await tested).toEqual({ outcome: 'answers', status: 405, ms: 23 });
});

test('silence ends the test in its time', async () => {
  const tested = office.gateway.testTrunk(account({ kind: 'address' }));
  await provider.request('OPTIONS');
  office.clock.forward(8_000);
  expect(await tested).toEqual({ outcome: 'no-answer', ms: 8_000 });
});

test('a name that nobody knows, and a host where nothing listens, are told apart', async () => {
  const unknown = account({ kind: 'address', host: 'no-such-host.invalid', transport: 'tcp' });
  expect(await office.gateway.testTrunk(unknown)).toEqual({ outcome: 'unknown-host' });
  const closed = account({ kind: 'address', host: '127.0.0.3', port: 9, transport: 'tcp' });
  expect(await office.gateway.testTrunk(closed)).toEqual({ outcome: 'unreachable' });
});
