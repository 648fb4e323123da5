import { parseCommand } from '../../../../sip-gateway/engine/app-link/command';
import { frame, FrameReader } from '../../../../sip-gateway/engine/app-link/frames';

test('frames glued together and cut anywhere come out whole', () => {
  const stream = Buffer.from(frame('a|ping') + frame('b|route|invite') + frame('c|x'), 'latin1');
  for (let size = 1; size <= stream.length; size++) {
    const reader = new FrameReader();
    const payloads: string[] = [];
    for (let at = 0; at < stream.length; at += size)
      payloads.push(...(reader.push(stream.subarray(at, at + size)) ?? ['broken']));
    expect(payloads).toEqual(['a|ping', 'b|route|invite', 'c|x']);
  }
});

test('lengths count bytes', () => {
  const payload = Buffer.from('1|sip|é€😀', 'utf8');
  const reader = new FrameReader();
  const [text = ''] = reader.push(Buffer.concat([Buffer.from(`${payload.length}#`), payload])) ?? [];
  expect(Buffer.from(text, 'latin1').toString()).toBe('1|sip|é€😀');
});

test.each(['x', '12345678#', '-1#', '0#', '#', '9999999#'])('%j is no frame', (text) => {
  expect(new FrameReader().push(Buffer.from(text))).toBeUndefined();
});

test('a large frame passes (drachtio-server stops at 12,228 bytes)', () => {
  expect(new FrameReader().push(Buffer.from(frame('y'.repeat(200_000))))?.[0]).toHaveLength(200_000);
});

test('a command with a message: bad lines dropped, line ends in values made harmless', () => {
  const command = parseCommand(
    'id|sip|t|d|sip:p\r\nINVITE sip:x SIP/2.0\r\nFrom: a\r\nno colon\r\nX-Y: b\nVia: evil\r\n\r\nv=0',
  );
  expect(command).toMatchObject({
    id: 'id',
    type: 'sip',
    args: ['t', 'd', 'sip:p'],
    message: { startLine: 'INVITE sip:x SIP/2.0', body: 'v=0' },
  });
  expect(command.message?.headers.names).toEqual(['From', 'X-Y']);
  expect(command.message?.headers.first('x-y')).toBe('b Via: evil');
});
