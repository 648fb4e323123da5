import { createHash } from 'node:crypto';
import type { DeviceAccount } from '../../sip-gateway/accounts';
import { openBrowserAccounts } from '../../server/browser-accounts';
import { FakeClock } from '../sip-gateway/fake-clock';

const anna = { loginId: 'l1', userId: 'anna' };
const admitted: DeviceAccount[] = [];
const dismissed: string[] = [];
const gateway = {
  admit: (account: DeviceAccount) => void admitted.push(account),
  dismiss: (username: string) => void dismissed.push(username),
};
let fake: FakeClock;
let accounts: ReturnType<typeof openBrowserAccounts>;

beforeEach(() => {
  admitted.length = 0;
  dismissed.length = 0;
  fake = new FakeClock();
  const clock = {
    now: () => fake.now(),
    after: (ms: number, task: () => void) => fake.after(ms, task),
    every: () => () => {},
  };
  accounts = openBrowserAccounts({ gateway, realm: 'office.example', clock, keptMs: 120_000 });
});

test('a log-in gets an account of its own, random, of the person’s browser device', () => {
  const phone = accounts.lease(anna);
  expect(phone).toEqual({
    username: expect.stringMatching(/^b[0-9a-f]{20}$/),
    password: expect.stringMatching(/^[\w-]{32}$/),
    realm: 'office.example',
    path: '/api/sip',
    domain: 'office.example',
  });
  const ha1 = (name: string) =>
    createHash(name).update(`${phone.username}:office.example:${phone.password}`).digest('hex');
  expect(admitted).toEqual([
    {
      id: 'browser-anna',
      userId: 'anna',
      username: phone.username,
      algorithm: 'MD5',
      ha1Md5: ha1('md5'),
      ha1Sha256: ha1('sha256'),
    },
  ]);
  const other = accounts.lease({ loginId: 'l2', userId: 'anna' });
  expect(other.username).not.toBe(phone.username);
  expect(other.password).not.toBe(phone.password);
});

test('all pages of a log-in share it; it ends a while after the last has gone, unless one comes back', () => {
  const phone = accounts.lease(anna);
  expect(accounts.lease(anna)).toEqual(phone);
  accounts.release(anna);
  fake.forward(500_000);
  expect(dismissed).toEqual([]);
  accounts.release(anna);
  fake.forward(119_999);
  expect(accounts.lease(anna)).toEqual(phone);
  fake.forward(500_000);
  accounts.release(anna);
  fake.forward(120_000);
  expect(dismissed).toEqual([phone.username]);
  expect(accounts.lease(anna)).not.toEqual(phone);
});

test('the end of the log-in ends it at once, whoever still holds it; what is given back after that is nothing', () => {
  const phone = accounts.lease(anna);
  accounts.end('l1');
  accounts.end('l1');
  accounts.release(anna);
  fake.forward(500_000);
  expect(dismissed).toEqual([phone.username]);
  expect(fake.waiting).toBe(0);
});

test('a stop ends all', () => {
  const names = [accounts.lease(anna), accounts.lease({ loginId: 'l2', userId: 'boris' })].map((one) => one.username);
  accounts.release(anna);
  accounts.stop();
  expect(dismissed).toEqual(names);
  expect(fake.waiting).toBe(0);
});
