/** The beat that paces all audio: at its time, not before, and silent once it was cancelled, also from inside. */
import { systemClock } from '../../../media/engine/clock';

const clock = systemClock();
const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

test('strikes so often as time has passed', async () => {
  let beats = 0;
  const begun = clock.nowMs();
  const cancel = clock.every(10, () => void beats++);
  await wait(200);
  cancel();
  const due = Math.floor((clock.nowMs() - begun) / 10);
  expect(Math.abs(beats - due)).toBeLessThanOrEqual(2);
});

test('a beat that cancels itself ends: the next one runs alone and not twice as fast', async () => {
  let [first, second] = [0, 0];
  const cancelFirst = clock.every(10, () => {
    first++;
    if (first === 3) cancelFirst();
  });
  await wait(100);
  expect(first).toBe(3);
  const cancelSecond = clock.every(10, () => void second++);
  await wait(100);
  cancelSecond();
  expect(first).toBe(3);
  expect(second).toBeLessThanOrEqual(12);
});
