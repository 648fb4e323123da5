import { headerKey, writtenName } from '../../../../sip-gateway/engine/message/header-names';
import { tagOf, uriOf, withoutTag, withTag } from '../../../../sip-gateway/engine/message/name-addr';
import { parameterOf, splitList } from '../../../../sip-gateway/engine/message/parameter';
import { parseSipUri } from '../../../../sip-gateway/engine/message/uri';
import { parseVia } from '../../../../sip-gateway/engine/message/via';
import { cpuMs } from '../../../cpu-time';

test.each([
  ['<sip:a@b>;tag=x', 'sip:a@b', 'x'],
  ['sip:a@b;tag=x', 'sip:a@b', 'x'],
  ['"A <sip:no@no>;tag=wrong" <sip:a@b;p=1>;q=2;TAG = y', 'sip:a@b;p=1', 'y'],
  ['"esc \\" <x>" <sip:a@b>', 'sip:a@b', ''],
  ['<sip:a@b;tag=inside>', 'sip:a@b;tag=inside', ''],
  ['Anna <sip:a@b>;tagged=1', 'sip:a@b', ''],
])('%s has URI %s and tag %s', (value, uri, tag) => {
  expect(uriOf(value)).toBe(uri);
  expect(tagOf(value)).toBe(tag);
});

test('a tag is set once, whatever was there', () => {
  expect(withTag('<sip:a@b>;tag=old;x=1', 'new')).toBe('<sip:a@b>;x=1;tag=new');
  expect(withoutTag('<sip:a@b;tag=inside>;tag=t')).toBe('<sip:a@b;tag=inside>');
});

test.each([
  [';lr', 'lr', ''],
  [';lrx=1;lr=on', 'lr', 'on'],
  [';A="x;lr=no";LR', 'lr', ''],
  [';alr', 'lr', undefined],
  ['', 'lr', undefined],
  [';q="a,b";r=2', 'q', 'a,b'],
] as const)('parameter of %j: %s is %j', (text, name, value) => {
  expect(parameterOf(text, name)).toBe(value);
});

test('lists are split at commas outside quotes and brackets', () => {
  expect(splitList('"a,b" <sip:x,y@z>;p=1, <sip:q>,')).toEqual(['"a,b" <sip:x,y@z>;p=1', '<sip:q>']);
});

test.each([
  ['sip:10.0.0.1', { scheme: 'sip', user: '', host: '10.0.0.1', port: undefined, transport: undefined }],
  [
    'SIPS:a:pw@Host.example:5071;Transport=TCP?x=y',
    { scheme: 'sips', user: 'a:pw', host: 'Host.example', port: 5071, transport: 'tcp' },
  ],
  [
    'sip:user;isub=1@[2001:db8::1]:5080;maddr=192.0.2.1',
    { user: 'user;isub=1', host: '2001:db8::1', port: 5080, maddr: '192.0.2.1' },
  ],
] as const)('%s', (text, expected) => {
  expect(parseSipUri(text)).toMatchObject(expected);
});

test.each(['tel:+420777', 'sip:', 'sip:a@', 'sip:a@b:0', 'sip:a@b:99999', 'sip:a@[::1', 'sip:a@b c', 'mailto:a@b', ''])(
  '%j is no SIP URI we could route to',
  (text) => expect(parseSipUri(text)).toBeUndefined(),
);

test('Via with IPv6, with odd spacing, and none', () => {
  expect(parseVia('SIP/2.0/TCP [2001:db8::9]:5070;branch=z9hG4bK1')).toMatchObject({
    transport: 'tcp',
    host: '2001:db8::9',
    port: 5070,
  });
  expect(parseVia('SIP / 2.0 / UDP  first.example:4000 ; branch=z9hG4bKa ; maddr=224.2.0.1')).toMatchObject({
    host: 'first.example',
    port: 4000,
    maddr: '224.2.0.1',
  });
  expect(parseVia('SIP/3.0/UDP x')).toBeUndefined();
});

test('header names: keys and how they are written', () => {
  expect([headerKey('V'), headerKey('SESSION-expires'), headerKey('x')]).toEqual([
    'via',
    'session-expires',
    'session-expires',
  ]);
  expect([
    writtenName('call-id'),
    writtenName('my-custom'),
    writtenName('X-myHeader'),
    writtenName('www-authenticate'),
  ]).toEqual(['Call-ID', 'My-Custom', 'X-myHeader', 'WWW-Authenticate']);
});

test('a tag is looked for in one pass, also among 16,000 blanks or semicolons', () => {
  const startedMs = cpuMs();
  for (const filler of [' '.repeat(16_000), ';'.repeat(16_000), ' ;'.repeat(8_000), '"";'.repeat(5_000)]) {
    expect(withTag(`<sip:a@b>${filler}x`, 't')).toBe(`<sip:a@b>${filler}x;tag=t`);
    expect(tagOf(`<sip:a@b>${filler};tag=1`)).toBe('1');
  }
  expect(cpuMs() - startedMs).toBeLessThan(200);
  expect(withoutTag('<sip:a@b> ; TAG = 1;x')).toBe('<sip:a@b>;x');
  expect(withoutTag('<sip:a@b>;tagged=1;tag=1')).toBe('<sip:a@b>;tagged=1');
});
