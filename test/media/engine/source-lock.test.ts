import { SourceLock } from '../../../media/engine/source-lock';

const described = { host: '192.0.2.1', port: 4000 };
let lock: SourceLock;

beforeEach(() => {
  lock = new SourceLock(() => false);
  lock.open(['192.0.2.1', '198.51.100.7'], described);
});

test('a source that SDP or signalling made plausible is taken, and then no other', () => {
  expect(lock.judge('203.0.113.9', 4000, 1, 0)).toBe('stranger');
  expect(lock.judge('192.0.2.1', 4000, 1, 0)).toBe('new-source');
  expect(lock.judge('192.0.2.1', 4000, 1, 20)).toBe('known');
  expect(lock.judge('198.51.100.7', 4000, 1, 40)).toBe('stranger');
  expect(lock.judge('192.0.2.1', 4002, 1, 40)).toBe('stranger');
});

test('behind NAT the address of the signalling is taken with any port', () => {
  expect(lock.judge('198.51.100.7', 61_234, 5, 0)).toBe('new-source');
  expect(lock.judge('198.51.100.7', 61_234, 5, 20)).toBe('known');
});

test('in the first packets the very address of the description takes over, later it does not', () => {
  lock.judge('198.51.100.7', 61_234, 5, 0);
  expect(lock.judge('192.0.2.1', 4000, 6, 20)).toBe('new-source');
  lock.open(['192.0.2.1', '198.51.100.7'], described);
  for (let i = 0; i < 50; i++) lock.judge('198.51.100.7', 61_234, 5, i * 20);
  expect(lock.judge('192.0.2.1', 4000, 6, 1000)).toBe('stranger');
});

test('another SSRC from the locked address is a stranger while the first speaks, and its heir when that fell silent', () => {
  lock.judge('192.0.2.1', 4000, 1, 0);
  expect(lock.judge('192.0.2.1', 4000, 2, 20)).toBe('stranger');
  expect(lock.judge('192.0.2.1', 4000, 1, 30)).toBe('known');
  expect(lock.judge('192.0.2.1', 4000, 2, 130)).toBe('new-source');
  expect(lock.judge('192.0.2.1', 4000, 1, 140)).toBe('stranger');
});

test('a new description opens the lock; the old source goes on or another follows', () => {
  lock.judge('192.0.2.1', 4000, 1, 0);
  lock.open(['192.0.2.1'], described);
  expect(lock.judge('192.0.2.1', 4000, 1, 20)).toBe('locked');
  lock.open(['203.0.113.9'], { host: '203.0.113.9', port: 6000 });
  expect(lock.judge('192.0.2.1', 4000, 1, 40)).toBe('stranger');
  expect(lock.judge('203.0.113.9', 6000, 9, 40)).toBe('new-source');
});
