import { PortPool } from '../../../media/engine/ports';

test('ports are lent in turn, rest after use, and the one that rested longest comes first', () => {
  const pool = new PortPool([100, 102, 104], 4000);
  expect([pool.take(0), pool.take(0)]).toEqual([100, 102]);
  pool.giveBack(102, 10);
  pool.giveBack(100, 20);
  expect(pool.count(30)).toEqual({ free: 1, resting: 2 });
  expect(pool.take(30)).toBe(104);
  expect(pool.take(4009)).toBeUndefined();
  expect(pool.take(4010)).toBe(102);
  expect(pool.take(4019)).toBeUndefined();
  expect(pool.take(4020)).toBe(100);
  expect(pool.take(9000)).toBeUndefined();
});

test('a thousand turns lose no port', () => {
  const pool = new PortPool([2, 4, 6, 8], 1);
  for (let turn = 0; turn < 1000; turn++) {
    const lent = [pool.take(turn * 10), pool.take(turn * 10), pool.take(turn * 10)];
    expect(lent).not.toContain(undefined);
    for (const port of lent) pool.giveBack(port ?? 0, turn * 10);
  }
  expect(pool.count(1_000_000)).toEqual({ free: 4, resting: 0 });
});
