/** What the far end sees: one stream, whatever feeds it. */
import { OutStream } from '../../../media/engine/out-stream';
import { FakeMediaClock } from '../../fakes/media-clock';
import { type HeardPacket, parseRtp, rtpPacket } from '../rtp-end';

let clock: FakeMediaClock;
let sent: HeardPacket[];
let out: OutStream;

beforeEach(() => {
  clock = new FakeMediaClock();
  sent = [];
  out = new OutStream({ send: (packet) => void sent.push(parseRtp(Buffer.from(packet))) }, clock);
  out.host = '127.0.0.1';
  out.port = 4000;
  out.payloadType = 8;
});

/** 20 ms pass and a packet of a source is relayed. */
function relay(sequence: number, timestamp: number, ssrc = 1): void {
  clock.advance(20);
  out.relay(rtpPacket({ payloadType: 0, sequence, timestamp, ssrc }, Buffer.alloc(160)), 12, 172, ssrc);
}

const steps = (): number[][] =>
  sent
    .slice(1)
    .map((packet, i) => [
      (packet.sequence - (sent[i]?.sequence ?? 0)) & 0xffff,
      (packet.timestamp - (sent[i]?.timestamp ?? 0)) >>> 0,
    ]);

test('packets keep their distances, loss and order of the source included', () => {
  for (const [sequence, timestamp] of [
    [10, 1600],
    [11, 1760],
    [14, 2240],
    [13, 2080],
    [15, 2400],
  ])
    relay(sequence ?? 0, timestamp ?? 0);
  expect(steps().map(([sequence]) => sequence)).toEqual([1, 3, 0xffff, 2]);
  expect(sent.every((packet) => packet.payloadType === 8 && packet.ssrc === out.ssrc)).toBe(true);
  expect(sent.map((packet) => packet.marker)).toEqual([true, false, false, false, false]);
});

test('a tone, one source and another follow each other without a break, each beginning with a marker', () => {
  for (let i = 0; i < 3; i++) {
    clock.advance(20);
    out.sendOwn(new Uint8Array(160));
  }
  out.changeSource();
  for (let i = 0; i < 3; i++) relay(60_000 + i, 4_000_000_000 + i * 160, 7);
  for (let i = 0; i < 3; i++) relay(5 + i, i * 160, 8);
  expect(steps()).toEqual(Array.from({ length: 8 }, () => [1, 160]));
  expect(sent.map((packet) => packet.marker)).toEqual([true, false, false, true, false, false, true, false, false]);
});

test('after a pause the time stamp has gone on with the clock and the sequence has not', () => {
  relay(1, 160, 1);
  clock.advance(2000);
  relay(500, 99_999, 2);
  expect(steps()).toEqual([[1, 16_160]]);
});

test('a packet that was kept back leaves no gap in the sequence', () => {
  relay(1, 160);
  out.skip();
  clock.advance(20);
  relay(3, 480);
  expect(steps()).toEqual([[1, 320]]);
});

test('header extension and contributing sources are cut off', () => {
  const packet = Buffer.concat([Buffer.alloc(24), Buffer.alloc(160, 7)]);
  packet.writeUInt16BE(9, 2);
  out.relay(packet, 24, 184, 1);
  expect(sent[0]?.payload.equals(Buffer.alloc(160, 7))).toBe(true);
});

test('sequence and time stamp wrap', () => {
  for (let i = 0; i < 70_000; i++) relay(i & 0xffff, (0xffff_0000 + i * 160) >>> 0);
  expect(steps().every(([sequence, timestamp]) => sequence === 1 && timestamp === 160)).toBe(true);
});

test('without a place to send to nothing is sent', () => {
  out.port = 0;
  relay(1, 160);
  expect(sent).toEqual([]);
});
