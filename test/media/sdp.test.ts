/** What is read from descriptions of the world, and that no text makes the reader throw. */
import { sdpOf } from '../../call-router/values/ids';
import { isWantedAudio, parseDescription } from '../../media/sdp';
import { sdpFixture } from './sdp-fixture';

const audioOf = (name: string) => {
  const parsed = parseDescription(sdpFixture(name));
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value.lines.find(isWantedAudio);
};

const pcmu = { payloadType: 0, codec: 'PCMU' };
const pcma = { payloadType: 8, codec: 'PCMA' };

test.each([
  [
    'phone-with-rtpmap',
    {
      host: '192.0.2.10',
      port: 49_170,
      payloads: [{ payloadType: 9, codec: 'G722' }, pcmu, pcma, { payloadType: 101, codec: 'telephone-event' }],
      direction: 'sendrecv',
      rtcpMux: false,
    },
  ],
  ['static-types-without-rtpmap', { payloads: [pcma, pcmu] }],
  ['connection-at-media-level-rtcp-elsewhere', { host: '192.0.2.20', rtcpPort: 53_020, rtcpMux: true }],
  [
    'dynamic-numbers-for-g711',
    {
      payloads: [
        { payloadType: 112, codec: 'PCMA' },
        { payloadType: 97, codec: 'telephone-event' },
      ],
    },
  ],
  ['audio-video-and-second-audio', { port: 49_180 }],
  ['hold-by-zero-address', { isHeldByAddress: true }],
  ['direction-at-session-level', { direction: 'sendonly' }],
  ['ipv6', { host: '2001:db8::10' }],
  ['address-is-a-name', { isHeldByAddress: false, port: 49_170 }],
])('%s', (name, expected) => {
  expect(audioOf(name)).toMatchObject(expected);
});

test("reports are not aimed at an address other than the audio's", () => {
  expect(JSON.stringify(audioOf('connection-at-media-level-rtcp-elsewhere'))).not.toContain('192.0.2.21');
});

test('a name as address is not taken for a literal one', () => {
  expect(audioOf('address-is-a-name')?.host).toBeUndefined();
});

const good = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n';

test.each([
  ['nothing', ''],
  ['no SDP at all', 'hello'],
  ['another version', good.replace('v=0', 'v=1')],
  ['a line without =', `${good}nonsense\r\n`],
  ['a port above 65535', good.replace('4000', '70000')],
  ['a port that is no number', good.replace('4000', '-1')],
  ['no formats', good.replace(' 8\r', '\r')],
  ['a format that is no payload type', good.replace('AVP 8', 'AVP 300')],
  ['no address', good.replace('c=IN IP4 192.0.2.1\r\n', '')],
  ['an address that is none', good.replaceAll('192.0.2.1', '999.0.2.1')],
  ['an address of the other family', good.replaceAll('IP4', 'IP6')],
  ['a multicast group', good.replace('c=IN IP4 192.0.2.1', 'c=IN IP4 233.252.0.1/127')],
  ['a multicast group without TTL', good.replace('c=IN IP4 192.0.2.1', 'c=IN IP4 224.0.0.1')],
  ['the last multicast group', good.replace('c=IN IP4 192.0.2.1', 'c=IN IP4 239.255.255.255')],
  ['a multicast group of IPv6', good.replace('c=IN IP4 192.0.2.1', 'c=IN IP6 ff02::1')],
  ['a multicast group in disguise', good.replace('c=IN IP4 192.0.2.1', 'c=IN IP6 ::ffff:224.0.0.1')],
  ['broadcast', good.replace('c=IN IP4 192.0.2.1', 'c=IN IP4 255.255.255.255')],
  ['an address of this network', good.replace('c=IN IP4 192.0.2.1', 'c=IN IP4 0.1.2.3')],
  ['an address with an interface', good.replace('c=IN IP4 192.0.2.1', 'c=IN IP6 fe80::1%lo')],
  ['a=rtcp that is none', `${good}a=rtcp:x\r\n`],
  ['control characters in a format', good.replace('AVP 8', 'AVP 8 \u0007')],
  ['far too long', good + 'a=x\r\n'.repeat(20_000)],
  ['far too many media', good + 'm=video 0 RTP/AVP 31\r\n'.repeat(50)],
])('%s is a bad description', (_, text) => {
  expect(parseDescription(sdpOf(text))).toEqual({ ok: false, problem: 'bad-description' });
});

test.each(['a=rtcp:0', 'a=rtcp:0 IN IP4 192.0.2.1', 'a=rtcp:65536', 'a=rtcp:99999999'])(
  '%s names no port: as if it were not there',
  (line) => {
    const parsed = parseDescription(sdpOf(`${good}${line}\r\n`));
    expect(parsed.ok && parsed.value.lines[0]).toMatchObject({ port: 4000, host: '192.0.2.1' });
    expect(parsed.ok && parsed.value.lines[0]).not.toHaveProperty('rtcpPort');
  },
);

test.each(['IP4 0.0.0.0', 'IP6 ::', 'IP6 0:0:0:0:0:0:0:0', 'IP6 ::ffff:0.0.0.0'])('%s is hold', (address) => {
  const parsed = parseDescription(sdpOf(good.replace('c=IN IP4 192.0.2.1', `c=IN ${address}`)));
  expect(parsed.ok && parsed.value.lines[0]).toMatchObject({ isHeldByAddress: true });
  expect(parsed.ok && parsed.value.lines[0]).not.toHaveProperty('host');
});

test('bare LF is read too', () => {
  expect(parseDescription(sdpOf(good.replaceAll('\r\n', '\n'))).ok).toBe(true);
});

test('no damaged text makes it throw', () => {
  let seed = 7;
  const chance = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return seed % below;
  };
  for (let run = 0; run < 5000; run++) {
    const letters = sdpFixture('connection-at-media-level-rtcp-elsewhere').split('');
    for (let i = chance(8); i >= 0; i--)
      letters.splice(chance(letters.length), chance(5), String.fromCharCode(chance(256)));
    parseDescription(sdpOf(letters.join('')));
  }
});
