/** What is read from browsers' descriptions, and what they are told of our end. */
import { callIdOf, legIdOf, sdpOf } from '../../call-router/values/ids';
import { EngineThread } from '../../media/engine-thread';
import { listenInfosOf } from '../../media/listen-infos';
import type { MediaLeg } from '../../media/legs';
import { answerOffer, describedAfter, makeOffer, readOffer, takeAnswer } from '../../media/negotiate';
import { createOwnPorts } from '../../media/own-ports';
import { isWantedAudio, parseDescription } from '../../media/sdp';
import type { OwnWebrtc } from '../../media/webrtc-sdp';
import { sdpFixture } from './sdp-fixture';

const fingerprint = 'D2:FA:0E:C3:22:59:5E:14:95:69:92:3D:13:B4:84:24:2C:C2:A2:C0:3E:FD:34:8E:5E:EA:6F:AF:52:CE:E6:0F';
const ownPorts = createOwnPorts({
  isLent: () => true,
  addressTowards: () => '198.51.100.1',
  bindAddress: '0.0.0.0',
  now: () => 0,
});
const candidate = { foundation: 'u', priority: 1000, address: '198.51.100.1', port: 44_300 } as const;
const ours: OwnWebrtc = {
  mid: '0',
  usernameFragment: 'ourfragment',
  password: 'a-password-of-ours-for-ice',
  setup: 'passive',
  fingerprints: [{ algorithm: 'sha-256', value: '00:11' }],
  candidates: [
    { ...candidate, protocol: 'udp' },
    { ...candidate, protocol: 'tcp', priority: 900 },
  ],
  source: { ssrc: 77, cname: 'engine' },
};
const browserLeg: MediaLeg = {
  id: legIdOf(callIdOf('c'), 1),
  call: callIdOf('c'),
  thread: Object.create(EngineThread.prototype),
  state: 'open',
  over: 'webrtc',
  towards: '192.0.2.44',
  host: '198.51.100.1',
  codecs: ['PCMA', 'PCMU', 'G722', 'opus'],
  rtpPort: 10_000,
  ssrc: 1,
  webrtc: ours,
  lines: [],
  audioLine: 0,
  sessionId: 77,
  version: 1,
};

const audioOf = (name: string) => {
  const parsed = parseDescription(sdpFixture(name));
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value.lines.find(isWantedAudio);
};

test.each([
  [
    'browser-audio-and-video',
    {
      mid: '0',
      direction: 'sendrecv',
      isHeldByAddress: false,
      webrtc: {
        usernameFragment: 'EsAw',
        password: 'P2uYro0UCOQ4zxjKXaWCBui1',
        setup: 'actpass',
        fingerprints: [{ algorithm: 'sha-256', value: fingerprint }],
        ssrc: 3_570_614_608,
        cname: '4TOk42mSjXCkVIa6',
      },
    },
  ],
  [
    'browser-fingerprint-at-session-level',
    { mid: 'sdparta_0', direction: 'recvonly', webrtc: { setup: 'active', fingerprints: [{ value: fingerprint }] } },
  ],
])('%s is read', (name, audio) => {
  expect(audioOf(name)).toMatchObject(audio);
  expect(audioOf(name)).not.toHaveProperty('host');
});

test.each([
  ['without a fingerprint', /^a=fingerprint.*\r\n/gm, ''],
  ['with a fingerprint that is none', /^a=fingerprint.*$/gm, 'a=fingerprint:sha-256 D2:FA'],
  ['without credentials of ICE', /^a=ice-ufrag.*\r\n/gm, ''],
  ['with a password that is too short', /^a=ice-pwd.*$/gm, 'a=ice-pwd:short'],
])('an offer %s has no line we can take', (_, what, by) => {
  const offer = sdpOf(sdpFixture('browser-audio-and-video').replace(what, by));
  expect(readOffer(offer, browserLeg.codecs, ownPorts)).toEqual({ ok: false, problem: 'no-common-codec' });
});

test('what an offer speaks it tells by itself; plain RTP is preferred where there are both', () => {
  const browser = sdpFixture('browser-audio-and-video');
  const phone = sdpFixture('phone-with-rtpmap');
  const both = sdpOf(`${browser}${phone.slice(phone.indexOf('m=audio'))}c=IN IP4 192.0.2.9\r\n`);
  expect(readOffer(browser, ['PCMA'], ownPorts)).toMatchObject({ ok: true, value: { over: 'webrtc' } });
  expect(readOffer(phone, ['PCMA'], ownPorts)).toMatchObject({ ok: true, value: { over: 'rtp' } });
  expect(readOffer(both, ['PCMA'], ownPorts)).toMatchObject({ ok: true, value: { over: 'rtp' } });
});

test('the answer takes one codec, no keys, refuses the video in its place, and says where we are', () => {
  const offer = readOffer(sdpFixture('browser-audio-and-video'), browserLeg.codecs, ownPorts);
  if (!offer.ok) throw new Error(offer.problem);
  const answered = answerOffer(browserLeg, offer.value.offer, ['opus']);
  if (!answered.ok) throw new Error(answered.problem);
  expect(answered.value.far).toBe('speaks-and-hears');
  expect(answered.value.leg.speaks).toEqual({ payloadType: 111, codec: 'opus' });
  expect(answered.value.leg.described?.split('\r\n')).toEqual([
    'v=0',
    'o=- 77 1 IN IP4 198.51.100.1',
    's=-',
    'c=IN IP4 198.51.100.1',
    't=0 0',
    'a=ice-lite',
    'a=group:BUNDLE 0',
    'a=msid-semantic:WMS *',
    'm=audio 44300 UDP/TLS/RTP/SAVPF 111',
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 useinbandfec=1',
    'a=ptime:20',
    'a=sendrecv',
    'a=mid:0',
    'a=ice-ufrag:ourfragment',
    'a=ice-pwd:a-password-of-ours-for-ice',
    'a=fingerprint:sha-256 00:11',
    'a=setup:passive',
    'a=rtcp-mux',
    'a=msid:trunkline audio',
    'a=ssrc:77 cname:engine',
    'a=ssrc:77 msid:trunkline audio',
    'a=candidate:u 1 UDP 1000 198.51.100.1 44300 typ host',
    'a=candidate:u 1 TCP 900 198.51.100.1 44300 typ host tcptype passive',
    'a=end-of-candidates',
    'm=video 0 UDP/TLS/RTP/SAVPF 96',
    'a=mid:1',
    '',
  ]);
});

test('our offer names no keys, and an answer over plain RTP is none to it', () => {
  const offering = makeOffer(browserLeg, ['opus']);
  expect(offering.described).toMatch(/^m=audio 44300 UDP\/TLS\/RTP\/SAVPF 107 8 0\r$/m);
  expect(offering.described).not.toContain('telephone-event');
  expect(takeAnswer(offering, sdpFixture('phone-with-rtpmap'), ownPorts)).toMatchObject({ problem: 'no-common-codec' });
  const taken = takeAnswer(offering, sdpFixture('browser-fingerprint-at-session-level'), ownPorts);
  expect(taken).toMatchObject({ ok: true, value: { leg: { speaks: { payloadType: 109, codec: 'opus' } } } });
});

test('the version goes up once for all that is new in a description', () => {
  const first = makeOffer(browserLeg, ['opus']);
  const restarted = { ...makeOffer(first, ['PCMA']), webrtc: { ...ours, usernameFragment: 'another' } };
  expect(describedAfter(first, restarted).version).toBe(2);
  expect(describedAfter(first, first)).toMatchObject({ version: 1, described: first.described });
});

describe('where mediasoup listens', () => {
  const row = (address: string, more: object = {}) => ({
    address,
    netmask: '',
    mac: '',
    internal: false,
    cidr: null,
    ...(address.includes(':') ? { family: 'IPv6' as const, scopeid: 0 } : { family: 'IPv4' as const }),
    ...more,
  });
  const interfaces = {
    lo: [row('127.0.0.1', { internal: true }), row('::1', { internal: true })],
    eth: [row('192.168.1.9'), row('fe80::1'), row('2001:db8::9'), row('169.254.3.4')],
  };
  const at = (host: string, publicAddress?: string, on: Parameters<typeof listenInfosOf>[2] = interfaces) =>
    listenInfosOf({ host, ports: [], ...(publicAddress === undefined ? {} : { publicAddress }) }, 44_300, on).map(
      ({ protocol, ip, port, announcedAddress = '', exposeInternalIp }) =>
        `${protocol} ${ip} ${port} ${announcedAddress}${exposeInternalIp ? ' and itself' : ''}`.trim(),
    );

  test.each([
    ['0.0.0.0', undefined, ['udp 192.168.1.9 44300', 'tcp 192.168.1.9 44300']],
    ['127.0.0.1', undefined, ['udp 127.0.0.1 44300', 'tcp 127.0.0.1 44300']],
    [
      '0.0.0.0',
      '203.0.113.5',
      ['udp 192.168.1.9 44300 203.0.113.5 and itself', 'tcp 192.168.1.9 44300 203.0.113.5 and itself'],
    ],
    ['0.0.0.0', '192.168.1.9', ['udp 192.168.1.9 44300', 'tcp 192.168.1.9 44300']],
    [
      '::',
      '203.0.113.5',
      [
        'udp 192.168.1.9 44300 203.0.113.5 and itself',
        'tcp 192.168.1.9 44300 203.0.113.5 and itself',
        'udp 2001:db8::9 44300',
        'tcp 2001:db8::9 44300',
      ],
    ],
  ])('%s with the public address %s', (host, publicAddress, expected) => {
    expect(at(host, publicAddress)).toEqual(expected);
  });

  test('loopback, where there is nothing else', () => {
    expect(at('0.0.0.0', undefined, { lo: interfaces.lo })).toEqual(['udp 127.0.0.1 44300', 'tcp 127.0.0.1 44300']);
    expect(at('0.0.0.0', undefined, {})).toEqual(['udp 127.0.0.1 44300', 'tcp 127.0.0.1 44300']);
  });
});
