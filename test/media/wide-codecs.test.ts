/** Which codec two legs come to when some have more than G.711: the best both share, and transcoding only where none is. */
import type { AudioCodec } from '../../call-router/state/directory';
import { sdpOf } from '../../call-router/values/ids';
import { MediaBench, legOf } from './media-bench';

const codecs: readonly AudioCodec[] = ['PCMA', 'PCMU', 'G722', 'opus'];
const rtpmaps: Readonly<Record<string, string>> = {
  96: 'opus/48000/2',
  102: 'telephone-event/48000',
  107: 'opus/48000/2',
  9: 'G722/8000',
  101: 'telephone-event/8000',
  110: 'telephone-event/48000',
};
let media: MediaBench;
let calls = 0;

beforeAll(async () => {
  media = await MediaBench.start({ rtpPorts: { from: 23_800, to: 23_899 } });
});
afterAll(() => media.stop());

/** A description with these payload types, in this order. */
function says(...types: number[]): ReturnType<typeof sdpOf> {
  const maps = types.flatMap((type) => (rtpmaps[type] === undefined ? [] : [`a=rtpmap:${type} ${rtpmaps[type]}\r\n`]));
  return sdpOf(
    `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP ${types.join(' ')}\r\n${maps.join('')}`,
  );
}

const formats = (sdp: string | undefined): string => /m=audio \d+ RTP\/AVP ([\d ]+)/.exec(sdp ?? '')?.[1] ?? '';

/** A caller who offers these; what we offer the callee. */
async function ring(offer: readonly number[], how: { answered?: boolean; callee?: readonly AudioCodec[] } = {}) {
  const name = `wide${++calls}`;
  const [caller, callee] = [legOf(name, 1), legOf(name, 2)];
  media.run({
    to: 'media',
    do: 'open-answering-leg',
    leg: caller,
    offer: says(...offer),
    codecs,
    towards: '127.0.0.1',
  });
  await media.happened('leg-opened', caller);
  let answer: string | undefined;
  if (how.answered) {
    media.run({ to: 'media', do: 'accept-offer', leg: caller });
    answer = formats((await media.happened('offer-accepted', caller)).sdp);
  }
  const { callee: theirs = codecs } = how;
  media.run({
    to: 'media',
    do: 'open-offering-leg',
    over: 'rtp',
    leg: callee,
    like: caller,
    codecs: theirs,
    towards: '127.0.0.1',
  });
  const { sdp = '' } = await media.happened('leg-opened', callee);
  return { caller, callee, sdp, offered: formats(sdp), answer };
}

/** The callee answers so; what the caller is answered. */
async function answer({ caller, callee }: Awaited<ReturnType<typeof ring>>, ...types: number[]): Promise<string> {
  media.run({ to: 'media', do: 'set-answer', leg: callee, answer: says(...types) });
  await media.happened('answer-set', callee);
  media.run({ to: 'media', do: 'accept-offer', leg: caller, like: callee });
  return formats((await media.happened('offer-accepted', caller)).sdp);
}

test('what the caller has is offered in its order, then G.711, and what the callee takes the caller gets', async () => {
  const one = await ring([96, 9, 8, 110, 101]);
  expect(one.offered).toBe('107 9 8 0 101 102');
  expect(one.sdp).toContain('a=rtpmap:107 opus/48000/2\r\na=fmtp:107 useinbandfec=1\r\n');
  expect(one.sdp).toContain('a=rtpmap:9 G722/8000\r\n');
  expect(await answer(one, 107, 102)).toBe('96 110 101');
  expect(await answer(await ring([96, 9, 8, 101]), 9, 101)).toBe('9 101');
  expect(await answer(await ring([96, 9, 8, 101]), 8, 101)).toBe('8 101');
});

test('a caller with G.711 alone makes nobody speak anything else', async () => {
  expect((await ring([8, 0, 101])).offered).toBe('8 0 101');
});

test('a caller who was answered before is not transcoded for a better one: G.711 stays', async () => {
  const one = await ring([9, 8, 101], { answered: true });
  expect([one.answer, one.offered]).toEqual(['8 101', '8 0 101']);
});

test('a trunk of G.711 is offered that, and the caller answers with it', async () => {
  const one = await ring([9, 8, 0, 101], { callee: ['PCMA'] });
  expect(one.offered).toBe('8 101');
  expect(await answer(one, 8, 101)).toBe('8 101');
});

test('a caller with Opus alone is taken, and only then it is transcoded', async () => {
  const one = await ring([96, 101]);
  expect(one.offered).toBe('107 8 0 101 102');
  expect(await answer(one, 8, 101)).toBe('96 101');
});

test('where nobody called before, G.711 is offered', async () => {
  const leg = legOf('wide-alone', 1);
  media.run({ to: 'media', do: 'open-offering-leg', over: 'rtp', leg, codecs, towards: '127.0.0.1' });
  expect(formats((await media.happened('leg-opened', leg)).sdp)).toBe('8 0 101');
});
