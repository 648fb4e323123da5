// The marker must come out as it went in, from either law, and after a gateway has converted it from one to the other.
import { markerBytes, readMarker, writeMarker } from '../../../bench/generator/marker';

const marker = { call: 99_999, side: 1, counted: 1, sequence: 0xfedcb, sentUs: 0xfedcba98 };

/** ITU-T G.711, by its definition on 16-bit samples; slow and plain. */
const aLawLevel = (code: number): number => {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 15) << 4) + (segment === 0 ? 8 : 0x108);
  const level = segment > 1 ? step << (segment - 1) : step;
  return bits & 0x80 ? level : -level;
};
const muLawLevel = (code: number): number => {
  const bits = ~code & 0xff;
  const level = ((((bits & 15) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return bits & 0x80 ? -level : level;
};
const nearest = (levelOf: (code: number) => number, level: number): number => {
  let best = 0;
  for (let code = 1; code < 256; code++) {
    if (Math.abs(levelOf(code) - level) < Math.abs(levelOf(best) - level)) best = code;
  }
  return best;
};

test.each(['PCMA', 'PCMU'] as const)('a marker written in %s is read again', (law) => {
  const packet = Buffer.alloc(12 + 160);
  writeMarker(packet, 12, law, marker);
  expect(readMarker(packet, 12, law)).toEqual(marker);
});

test('a marker survives A-law → µ-law → A-law, and the other way', () => {
  const [aLaw, muLaw] = [Buffer.alloc(markerBytes), Buffer.alloc(markerBytes)];
  writeMarker(aLaw, 0, 'PCMA', marker);
  writeMarker(muLaw, 0, 'PCMU', marker);
  const asMuLaw = aLaw.map((code) => nearest(muLawLevel, aLawLevel(code)));
  const asALaw = muLaw.map((code) => nearest(aLawLevel, muLawLevel(code)));
  expect(readMarker(asMuLaw, 0, 'PCMU')).toEqual(marker);
  expect(readMarker(asALaw, 0, 'PCMA')).toEqual(marker);
  expect(
    readMarker(
      asMuLaw.map((code) => nearest(aLawLevel, muLawLevel(code))),
      0,
      'PCMA',
    ),
  ).toEqual(marker);
});

test('silence, a tone and a damaged marker are none', () => {
  const packet = Buffer.alloc(160, 0xd5);
  expect(readMarker(packet, 0, 'PCMA')).toBeUndefined();
  writeMarker(packet, 0, 'PCMA', marker);
  packet[9] = (packet[9] ?? 0) ^ 0x10;
  expect(readMarker(packet, 0, 'PCMA')).toBeUndefined();
  expect(readMarker(Buffer.alloc(10), 0, 'PCMU')).toBeUndefined();
});
