import { isAllowed, isLoopback, isRange, networkOf } from '../../../server/api/access-rules';

test.each([
  ['10.1.2.3', ['10.0.0.0/8'], true],
  ['11.1.2.3', ['10.0.0.0/8'], false],
  ['::ffff:10.1.2.3', ['10.0.0.0/8'], true],
  ['10.1.2.3', ['fd00::/8'], false],
  ['fd12::1', ['10.0.0.0/8', 'fd00::/8'], true],
  ['fe12::1', ['fd00::/8'], false],
  ['2001:DB8::1', ['2001:db8:0:0:0:0:0:1'], true],
  ['192.0.2.7', ['192.0.2.7'], true],
  ['192.0.2.8', ['192.0.2.7/32'], false],
  ['192.0.2.8', ['0.0.0.0/0'], true],
  ['192.0.2.8', [], true],
  ['unknown', ['0.0.0.0/0', '::/0'], false],
  ['', ['0.0.0.0/0'], false],
])('%s within %p: %p', (address, ranges, expected) => {
  expect(isAllowed(ranges, address)).toBe(expected);
});

test.each([['10.0.0.0/8'], ['192.0.2.1'], ['fd00::/8'], ['::1']])('%s is a range', (text) => {
  expect(isRange(text)).toBe(true);
});
test.each([['10.0.0.0/33'], ['10.1'], ['0x7f000001'], ['office'], [''], ['10.0.0.0/8,11.0.0.0/8'], ['fd00::/129']])(
  '%s is no range',
  (text) => {
    expect(isRange(text)).toBe(false);
  },
);

test('a household of IPv6 counts as one, an address of IPv4 by itself', () => {
  expect(networkOf('2001:db8:1:2::5')).toBe(networkOf('2001:db8:1:2:ffff::9'));
  expect(networkOf('2001:db8:1:3::5')).not.toBe(networkOf('2001:db8:1:2::5'));
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
});

test('loopback is loopback in every way of writing it', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([true, true, true, true]);
  expect(['10.0.0.1', '::2', 'localhost', ''].map(isLoopback)).toEqual([false, false, false, false]);
});
