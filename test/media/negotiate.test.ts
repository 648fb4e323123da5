/** Offer and answer (RFC 3264) of one leg, read as text: what a far end sees of us. */
import { type Sdp, callIdOf, legIdOf, sdpOf } from '../../call-router/values/ids';
import { EngineThread } from '../../media/engine-thread';
import type { MediaLeg } from '../../media/legs';
import { answerOffer, makeOffer, readOffer, takeAnswer } from '../../media/negotiate';
import { createOwnPorts } from '../../media/own-ports';
import { parseDescription } from '../../media/sdp';
import { sdpFixture } from './sdp-fixture';

const ownPorts = createOwnPorts({
  isLent: (port) => port >= 10_000 && port <= 19_999,
  addressTowards: () => '198.51.100.1',
  bindAddress: '0.0.0.0',
  now: () => 0,
});

const newLeg: MediaLeg = {
  id: legIdOf(callIdOf('c'), 1),
  call: callIdOf('c'),
  thread: Object.create(EngineThread.prototype),
  state: 'open',
  towards: '192.0.2.10',
  host: '198.51.100.1',
  codecs: ['PCMA', 'PCMU'],
  over: 'rtp',
  rtpPort: 10_000,
  ssrc: 1,
  lines: [],
  audioLine: 0,
  sessionId: 77,
  version: 1,
};

function answered(offer: Sdp, leg = newLeg, preferred: readonly ('PCMA' | 'PCMU')[] = []) {
  const parsed = parseDescription(offer);
  if (!parsed.ok) throw new Error(parsed.problem);
  const answer = answerOffer(leg, parsed.value, preferred);
  if (!answer.ok) throw new Error(answer.problem);
  return answer.value;
}

const linesOf = (leg: MediaLeg): string[] => (leg.described ?? '').trimEnd().split('\r\n');

test('an answer has one codec, digits, our own address and nothing of theirs', () => {
  expect(linesOf(answered(sdpFixture('phone-with-rtpmap')).leg)).toEqual([
    'v=0',
    'o=- 77 1 IN IP4 198.51.100.1',
    's=-',
    'c=IN IP4 198.51.100.1',
    't=0 0',
    'm=audio 10000 RTP/AVP 0 101',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    'a=ptime:20',
    'a=sendrecv',
  ]);
});

test('the codec the other leg speaks comes first if it can', () => {
  expect(linesOf(answered(sdpFixture('phone-with-rtpmap'), newLeg, ['PCMA']).leg)).toContain(
    'm=audio 10000 RTP/AVP 8 101',
  );
  expect(linesOf(answered(sdpFixture('ipv6'), newLeg, ['PCMA']).leg)).toContain('m=audio 10000 RTP/AVP 0');
});

test('their payload types are used, and digits only where they offered them', () => {
  expect(linesOf(answered(sdpFixture('dynamic-numbers-for-g711')).leg)).toContain('m=audio 10000 RTP/AVP 112 97');
  expect(linesOf(answered(sdpFixture('static-types-without-rtpmap')).leg)).toContain('m=audio 10000 RTP/AVP 8');
});

test('each m= line is answered in its place: one audio taken, the rest refused with port 0', () => {
  const { leg } = answered(sdpFixture('audio-video-and-second-audio'));
  expect(linesOf(leg).filter((line) => line.startsWith('m='))).toEqual([
    'm=video 0 RTP/AVP 99',
    'm=audio 0 RTP/SAVP 8',
    'm=audio 10000 RTP/AVP 8',
    'm=audio 0 RTP/AVP 0',
    'm=image 0 udptl t38',
  ]);
  // And an offer of ours later keeps their number (RFC 3264 section 8).
  expect(linesOf(makeOffer(leg, [])).filter((line) => line.startsWith('m='))).toHaveLength(5);
});

test.each([
  ['sendrecv', 'sendrecv', 'speaks-and-hears'],
  ['sendonly', 'recvonly', 'holds'],
  ['recvonly', 'sendonly', 'speaks-and-hears'],
  ['inactive', 'inactive', 'holds'],
])('%s is answered %s and %s', (theirs, ours, far) => {
  const settled = answered(sdpOf(`${sdpFixture('static-types-without-rtpmap')}a=${theirs}\r\n`));
  expect(linesOf(settled.leg)).toContain(`a=${ours}`);
  expect(settled.far).toBe(far);
});

test('a zero address is a hold of the old kind', () => {
  const settled = answered(sdpFixture('hold-by-zero-address'));
  expect(linesOf(settled.leg)).toContain('a=recvonly');
  expect(settled.far).toBe('holds');
});

test('rtcp-mux is accepted where it is offered', () => {
  expect(linesOf(answered(sdpFixture('connection-at-media-level-rtcp-elsewhere')).leg)).toContain('a=rtcp-mux');
  expect(linesOf(answered(sdpFixture('phone-with-rtpmap')).leg)).not.toContain('a=rtcp-mux');
});

test('the version goes up when we say something new, and only then', () => {
  const first = answered(sdpFixture('phone-with-rtpmap')).leg;
  const again = answered(sdpFixture('phone-with-rtpmap'), first).leg;
  expect(again.described).toBe(first.described);
  const held = answered(sdpOf(sdpFixture('phone-with-rtpmap').replace('sendrecv', 'sendonly')), again).leg;
  expect(linesOf(held)[1]).toBe('o=- 77 2 IN IP4 198.51.100.1');
});

test('a later offer that removes the audio is accepted as a hold with port 0', () => {
  const first = answered(sdpFixture('phone-with-rtpmap')).leg;
  const removed = answered(sdpOf(sdpFixture('phone-with-rtpmap').replace('49170', '0')), first);
  expect(linesOf(removed.leg).find((line) => line.startsWith('m='))).toMatch(/^m=audio 0 /);
  expect(removed.far).toBe('holds');
  const back = answered(sdpFixture('phone-with-rtpmap'), removed.leg);
  expect(linesOf(back.leg)).toContain('m=audio 10000 RTP/AVP 0 101');
});

test('an offer in no codec of ours is refused', () => {
  expect(readOffer(sdpFixture('no-common-codec'), ['PCMA', 'PCMU'], ownPorts)).toEqual({
    ok: false,
    problem: 'no-common-codec',
  });
  expect(readOffer(sdpFixture('static-types-without-rtpmap'), [], ownPorts)).toEqual({
    ok: false,
    problem: 'no-common-codec',
  });
});

test('our offer has the wished order, an IPv6 leg says so, and the answer decides what we send', () => {
  const offering = makeOffer({ ...newLeg, host: '2001:db8::1' }, ['PCMU']);
  expect(linesOf(offering)).toEqual(expect.arrayContaining(['c=IN IP6 2001:db8::1', 'm=audio 10000 RTP/AVP 0 8 101']));
  const taken = takeAnswer(offering, sdpFixture('static-types-without-rtpmap'), ownPorts);
  expect(taken.ok && taken.value.leg.speaks).toEqual({ payloadType: 8, codec: 'PCMA' });
});

test.each([
  ['no-common-codec', 'no-common-codec'],
  ['audio-video-and-second-audio', 'no-common-codec'],
] as const)('an answer like %s is refused as %s', (fixture, problem) => {
  expect(takeAnswer(makeOffer(newLeg, []), sdpFixture(fixture), ownPorts)).toEqual({ ok: false, problem });
});
