/** A leg towards IPv6 and one towards IPv4 in one call: each description in its own family, audio over both. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { sdpOf } from '../../call-router/values/ids';
import { MediaBench, legOf, portIn, until } from './media-bench';
import { RtpEnd, rtpPacket } from './rtp-end';

test('IPv6 and IPv4 hear each other', async () => {
  const media = await MediaBench.start({
    rtpPorts: { from: 24_500, to: 24_599 },
    addressTowards: (host) => (host.includes(':') ? '::1' : '127.0.0.1'),
  });
  const six = createSocket('udp6').bind(0, '::1');
  await once(six, 'listening');
  const four = await RtpEnd.open('PCMA');
  const [a, b] = [legOf('six', 1), legOf('six', 2)];
  const offer = sdpOf(
    `v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 ::1\r\nt=0 0\r\nm=audio ${six.address().port} RTP/AVP 8\r\n`,
  );
  media.run({ to: 'media', do: 'open-answering-leg', leg: a, offer, codecs: ['PCMA'], towards: '::1' });
  await media.happened('leg-opened', a);
  media.run({ to: 'media', do: 'accept-offer', leg: a });
  const { sdp } = await media.happened('offer-accepted', a);
  expect(sdp).toContain('c=IN IP6 ::1\r\n');
  const toFour = portIn(await media.answering(b, four));
  media.run({ to: 'media', do: 'join', a, b });
  let heardBySix = 0;
  six.on('message', () => heardBySix++);
  six.send(
    rtpPacket({ payloadType: 8, sequence: 1, timestamp: 1, ssrc: 5 }, Buffer.alloc(160, 0x55)),
    portIn(sdp),
    '::1',
  );
  await until(() => four.heard.length === 1);
  four.speak(toFour, 440);
  await until(() => heardBySix === 1);
  six.close();
  four.close();
  await media.stop();
});
