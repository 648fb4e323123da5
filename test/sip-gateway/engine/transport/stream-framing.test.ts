import { StreamFraming } from '../../../../sip-gateway/engine/transport/stream-framing';
import { sipFixture } from '../fixture';

const invite = sipFixture('invite-with-sdp.sip');
const options = sipFixture('options-compact-forms.sip');
const push = (framing: StreamFraming, text: string) => framing.push(Buffer.from(text, 'latin1'));

test('messages glued together and cut anywhere come out whole', () => {
  const stream = `${options}${invite}${options}`;
  for (const size of [1, 7, 100, stream.length]) {
    const framing = new StreamFraming();
    const pieces = [];
    for (let at = 0; at < stream.length; at += size) pieces.push(...push(framing, stream.slice(at, at + size)));
    expect(pieces).toEqual([options, invite, options].map((text) => ({ kind: 'message', text })));
    expect(framing.isInMessage).toBe(false);
  }
});

test('two line ends are a ping, also cut in two; one before a message is nothing', () => {
  const framing = new StreamFraming();
  expect(push(framing, '\r\n\r\n')).toEqual([{ kind: 'ping' }]);
  expect(push(framing, '\r\n')).toEqual([]);
  expect(push(framing, '\r')).toEqual([]);
  expect(push(framing, '\n')).toEqual([{ kind: 'ping' }]);
  expect(push(framing, `\r\n${options}`)).toEqual([{ kind: 'message', text: options }]);
});

test('half a message is waited for', () => {
  const framing = new StreamFraming();
  expect(push(framing, invite.slice(0, -5))).toEqual([]);
  expect(framing.isInMessage).toBe(true);
  expect(push(framing, invite.slice(-5))).toEqual([{ kind: 'message', text: invite }]);
});

test('an unreadable or huge Content-Length breaks the framing, with the head to answer', () => {
  for (const length of ['-1', 'many', '70000']) {
    const head = `OPTIONS sip:x SIP/2.0\r\nContent-Length: ${length}\r\n\r\n`;
    expect(push(new StreamFraming(), `${head}abc`)).toEqual([{ kind: 'broken', text: head }]);
  }
});

test('headers without end break the framing', () => {
  expect(push(new StreamFraming(), `OPTIONS sip:x SIP/2.0\r\nX: ${'y'.repeat(20_000)}`)).toEqual([
    { kind: 'broken', text: '' },
  ]);
});
