/** The delay of a member's jitter buffer under steady, late, drifting and broken streams; samples count up, so each is known. */
import { JitterBuffer } from '../../../media/engine/jitter-buffer';

const frame = new Int16Array(160);

/** Packet n holds n + 1 in all its samples. */
function lay(buffer: JitterBuffer, n: number, ssrc = 1): void {
  buffer.write(new Int16Array(160).fill(n + 1), 160, { timestamp: n * 160, ssrc, ticks: 1 });
}

/** What a beat reads: the number of the packet at its beginning, or '-'. */
function beat(buffer: JitterBuffer): number | '-' {
  return buffer.read(frame) ? (frame[0] ?? 0) : '-';
}

test('a steady stream is read 20 ms behind, each packet once', () => {
  const buffer = new JitterBuffer();
  const read = Array.from({ length: 300 }, (_, n) => {
    lay(buffer, n);
    return beat(buffer);
  });
  expect(read).toEqual([0, ...Array.from({ length: 299 }, (_, n) => n + 1)]);
});

test('packets 40 ms late make the delay longer, once, and nothing is lost afterwards; steady again it is made shorter', () => {
  const buffer = new JitterBuffer();
  let read: (number | '-')[] = [];
  for (let n = 0; n < 200; n++) {
    if (n % 10 === 0 && n > 0) {
      for (const late of [n - 2, n - 1]) lay(buffer, late);
      lay(buffer, n);
    } else if (n % 10 < 8) lay(buffer, n);
    read.push(beat(buffer));
  }
  const heard = read.filter((one) => typeof one === 'number' && one > 0);
  expect(new Set(heard).size).toBeGreaterThan(190);
  expect(buffer.waiting).toBeLessThanOrEqual(480);
  read = [];
  for (let n = 200; n < 700; n++) {
    lay(buffer, n);
    read.push(beat(buffer));
  }
  expect(buffer.waiting).toBeLessThanOrEqual(320);
  expect(read.filter((one) => one === '-')).toEqual([]);
});

test('a clock that runs 1 % fast never makes more than 60 ms wait, and a slow one only pauses', () => {
  for (const every of [101, 99]) {
    const buffer = new JitterBuffer();
    let packets = 0;
    let most = 0;
    for (let n = 0; n < 3000; n++) {
      const due = Math.floor((n * every) / 100);
      while (packets <= due) lay(buffer, packets++);
      most = Math.max(most, buffer.waiting);
      beat(buffer);
    }
    expect(most).toBeLessThanOrEqual(800);
  }
});

test('silence that was not sent is silence, and speech behind it is read in its time', () => {
  const buffer = new JitterBuffer();
  for (let n = 0; n < 10; n++) {
    lay(buffer, n);
    beat(buffer);
  }
  const pause = Array.from({ length: 500 }, () => beat(buffer));
  expect(pause.filter((one) => one !== '-')).toHaveLength(1);
  lay(buffer, 510);
  const read = [beat(buffer), beat(buffer), beat(buffer)];
  expect(read).toContain(511);
});

test('another source, a jump of its time, and a time that stands still begin anew', () => {
  const buffer = new JitterBuffer();
  for (let n = 0; n < 5; n++) {
    lay(buffer, n);
    beat(buffer);
  }
  lay(buffer, 7000, 2);
  expect([beat(buffer), beat(buffer)]).toContain(7001);
  lay(buffer, 20_000, 2);
  expect([beat(buffer), beat(buffer), beat(buffer)]).toContain(20_001);
  for (let i = 0; i < 20; i++) {
    lay(buffer, 20_000, 2);
    beat(buffer);
  }
  expect(buffer.waiting).toBeLessThanOrEqual(480);
});

test('a lost packet is bridged by the fading end of the one before', () => {
  const buffer = new JitterBuffer();
  buffer.write(new Int16Array(160).fill(10_000), 160, { timestamp: 0, ssrc: 1, ticks: 1 });
  beat(buffer);
  buffer.write(new Int16Array(160).fill(10_000), 160, { timestamp: 320, ssrc: 1, ticks: 1 });
  beat(buffer);
  beat(buffer);
  expect(frame[0]).toBe(6000);
  expect(frame[159]).toBeLessThan(100);
  beat(buffer);
  expect(frame[0]).toBe(10_000);
});

test('the ticks of a faster clock are counted in samples', () => {
  const buffer = new JitterBuffer();
  for (let n = 0; n < 20; n++) {
    buffer.write(new Int16Array(160).fill(n + 1), 160, { timestamp: n * 960, ssrc: 1, ticks: 6 });
    const read = beat(buffer);
    if (n > 1) expect(read).toBe(n);
  }
});
