/** Password guessing behind an address that phones of ours share. */
import { Failures } from '../../sip-gateway/failures';
import { FakeClock } from './fake-clock';

const minuteMs = 60_000;

function failuresOf(isBannable: (source: string) => boolean): { failures: Failures; clock: FakeClock } {
  const clock = new FakeClock();
  return { failures: new Failures(clock, isBannable), clock };
}

test('a new port for each guess slows the whole address for a minute, again with each further failure', () => {
  const { failures, clock } = failuresOf(() => true);
  for (let port = 1; port <= 30; port++) failures.failed(`192.0.2.1|${port}`);
  expect(failures.isSlowed('192.0.2.1')).toBe(false);
  failures.failed('192.0.2.1|31');
  expect(failures.isSlowed('192.0.2.1')).toBe(true);
  expect(failures.isSlowed('192.0.2.2')).toBe(false);
  clock.forward(minuteMs);
  expect(failures.isSlowed('192.0.2.1')).toBe(false);
  failures.failed('192.0.2.1|32');
  expect(failures.isSlowed('192.0.2.1')).toBe(true);
  clock.forward(11 * minuteMs);
  failures.sweep();
  failures.failed('192.0.2.1|33');
  expect(failures.isSlowed('192.0.2.1')).toBe(false);
});

test('a source that proved a password is known while the address is slowed', () => {
  const { failures, clock } = failuresOf(() => true);
  failures.proven('192.0.2.1|5060');
  expect(failures.isProven('192.0.2.1|5060')).toBe(true);
  expect(failures.isProven('192.0.2.1|5061')).toBe(false);
  clock.forward(11 * minuteMs);
  expect(failures.isProven('192.0.2.1|5060')).toBe(false);
});

test('a source that cannot be silenced is confined for ten minutes', () => {
  const { failures, clock } = failuresOf(() => false);
  for (let attempt = 1; attempt < 10; attempt++) failures.failed('192.0.2.1|5060');
  expect(failures.isConfined('192.0.2.1|5060')).toBe(false);
  failures.failed('192.0.2.1|5060');
  expect(failures.isConfined('192.0.2.1|5060')).toBe(true);
  expect(failures.isSilenced('192.0.2.1|5060')).toBe(false);
  clock.forward(10 * minuteMs);
  expect(failures.isConfined('192.0.2.1|5060')).toBe(false);
});
