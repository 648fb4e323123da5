// Random damage to good messages, always the same for a seed: whatever comes, the parser answers, and what it accepts is sound.

import { parseMessage } from '../../../../sip-gateway/engine/message/parse';
import { sipFixture, sipFixtureNames } from '../fixture';

const source = { framing: 'datagram', address: '192.0.2.4', port: 5062 } as const;
const ROUNDS = 4000;

/** mulberry32: small, fast, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SPICE = [
  '\r\n',
  '\r',
  '\n',
  '\0',
  ':',
  ';',
  ',',
  '<',
  '>',
  '"',
  '\\',
  ' ',
  '\t',
  '|',
  '\xff',
  'Via: ',
  'l: 99\r\n',
  '=',
];

function damaged(text: string, random: () => number): string {
  let result = text;
  for (let times = 1 + Math.floor(random() * 6); times > 0; times--) {
    const at = Math.floor(random() * result.length);
    const length = Math.floor(random() * 12);
    const spice = SPICE[Math.floor(random() * SPICE.length)] ?? '';
    const kind = random();
    if (kind < 0.4) result = result.slice(0, at) + spice + result.slice(at);
    else if (kind < 0.7) result = result.slice(0, at) + result.slice(at + length);
    else if (kind < 0.9) result = result.slice(0, at) + spice + result.slice(at + spice.length);
    else result = result.slice(0, at);
  }
  return result;
}

test('damaged messages never throw, and an accepted one has all that identifies it', () => {
  const random = randomFrom(20261123);
  const originals = sipFixtureNames()
    .filter((name) => !name.startsWith('bad-'))
    .map(sipFixture);
  let accepted = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const text = damaged(originals[round % originals.length] ?? '', random);
    const result = parseMessage(text, source);
    if (!result.ok) continue;
    accepted++;
    const { message } = result;
    const head = message.text.slice(0, message.text.indexOf('\r\n\r\n'));
    expect(head).not.toMatch(/\0|\r(?!\n)|(?<!\r)\n/);
    expect(message.callId).toMatch(/^[^ |]+$/);
    expect(Number.isSafeInteger(message.seq)).toBe(true);
    expect(message.via.host).not.toBe('');
    expect(message.text.endsWith(message.body)).toBe(true);
  }
  // Some survive, most do not; if that changed much, the test would no longer test.
  expect(accepted).toBeGreaterThan(ROUNDS / 20);
  expect(accepted).toBeLessThan(ROUNDS / 2);
});
