import { epochMs } from '../../../call-router/values/ids';
import { openLoginLimiter } from '../../../server/api/login-limiter';
import type { Clock } from '../../../server/clock';
import { defaultLimits } from '../../../server/limits';

const limits = {
  ...defaultLimits.api,
  loginFailuresPerAccountMax: 3,
  loginFailuresPerAddressMax: 5,
  loginWindowMs: 60_000,
};

function limiterAt(start: number) {
  let now = start;
  const clock: Clock = { now: () => epochMs(now), after: () => () => {}, every: () => () => {} };
  return { limiter: openLoginLimiter(clock, limits), pass: (ms: number) => void (now += ms) };
}

test('the fourth attempt at an account is held off, from any address, until the first one is old enough', () => {
  const { limiter, pass } = limiterAt(1_000_000);
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
    expect(limiter.begin({ account: 'anna', address }).ok).toBe(true);
    pass(1000);
  }
  expect(limiter.begin({ account: 'anna', address: '192.0.2.4' })).toEqual({ ok: false, problem: { retryAfterS: 57 } });
  expect(limiter.begin({ account: 'boris', address: '192.0.2.4' }).ok).toBe(true);
  pass(57_000);
  expect(limiter.begin({ account: 'anna', address: '192.0.2.4' }).ok).toBe(true);
});

test('one address that tries many names is held off, its whole IPv6 network with it', () => {
  const { limiter } = limiterAt(1_000_000);
  for (let n = 0; n < 5; n += 1) limiter.begin({ account: `name${n}`, address: `2001:db8::${n + 1}` });
  expect(limiter.begin({ account: 'another', address: '2001:db8::99' }).ok).toBe(false);
  expect(limiter.begin({ account: 'another', address: '2001:db8:0:1::1' }).ok).toBe(true);
});

test('a right password forgives the account and takes its own attempt back from the address', () => {
  const { limiter } = limiterAt(1_000_000);
  for (let n = 0; n < 20; n += 1) {
    const attempt = limiter.begin({ account: 'anna', address: '192.0.2.1' });
    expect(attempt.ok).toBe(true);
    if (attempt.ok) attempt.value.succeeded();
  }
});

test('attempts that run at the same time count before any of them has failed', () => {
  const { limiter } = limiterAt(1_000_000);
  const begun = Array.from({ length: 10 }, () => limiter.begin({ account: 'anna', address: '192.0.2.1' }).ok);
  expect(begun.filter(Boolean)).toHaveLength(3);
});
