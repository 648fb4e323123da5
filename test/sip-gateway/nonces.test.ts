import { Nonces } from '../../sip-gateway/nonces';
import { FakeClock } from './fake-clock';

test('a count is taken once, also where requests overtook each other', () => {
  const nonces = new Nonces(new FakeClock());
  const nonce = nonces.make();
  const counts = [1, 2, 5, 3, 5, 3, 2, 4, 40, 39, 8, 40, 39, 9, 10];
  const taken = [true, true, true, true, false, false, false, true, true, true, false, false, false, true, true];
  expect(counts.map((count) => nonces.use(nonce, count))).toEqual(taken);
});

test('a nonce is stale after five minutes, and foreign if we did not make it', () => {
  const clock = new FakeClock();
  const nonces = new Nonces(clock);
  const nonce = nonces.make();
  expect(nonces.stateOf(nonce)).toBe('fresh');
  expect(new Nonces(clock).stateOf(nonce)).toBe('foreign');
  expect(nonces.stateOf(`${nonce.slice(0, -1)}${nonce.endsWith('0') ? '1' : '0'}`)).toBe('foreign');
  expect(nonces.stateOf('')).toBe('foreign');
  clock.forward(5 * 60_000 + 1);
  expect(nonces.stateOf(nonce)).toBe('stale');
});
