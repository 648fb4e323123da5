import { LocalAddresses } from '../../../../sip-gateway/engine/transport/local-address';
import { isReachedByFlow } from '../../../../sip-gateway/engine/dialog/next-hop';
import { parseSipUri } from '../../../../sip-gateway/engine/message/uri';
import type { Flow } from '../../../../sip-gateway/engine/transport/flow';
import { TestClock } from '../test-clock';

const PUBLIC = '203.0.113.9';

test('peers outside get the public address, peers inside the local one that reaches them', () => {
  const addresses = new LocalAddresses(new TestClock(), { publicAddress: PUBLIC });
  expect(addresses.advertisedFor('198.51.100.1', undefined)).toBe(PUBLIC);
  expect(addresses.advertisedFor('198.51.100.1', '10.0.0.1')).toBe(PUBLIC);
  expect(addresses.advertisedFor('127.0.0.1', undefined)).toBe('127.0.0.1');
  expect(addresses.advertisedFor('10.1.2.3', '10.0.0.1')).toBe('10.0.0.1');
});

test('the local networks may be named: then nothing else is inside', () => {
  const addresses = new LocalAddresses(new TestClock(), { publicAddress: PUBLIC, localNetworks: ['198.51.100.0/24'] });
  expect(addresses.advertisedFor('198.51.100.1', '10.0.0.1')).toBe('10.0.0.1');
  expect(addresses.advertisedFor('10.1.2.3', '10.0.0.1')).toBe(PUBLIC);
});

test('without a public address the bound one is named', () => {
  expect(new LocalAddresses(new TestClock(), {}).advertisedFor('198.51.100.1', '10.0.0.1')).toBe('10.0.0.1');
});

test('from outside: the public address of that family, but never on a loopback socket', () => {
  const addresses = new LocalAddresses(new TestClock(), { publicAddress: PUBLIC });
  expect(addresses.outwardHost(4, undefined)).toBe(PUBLIC);
  expect(addresses.outwardHost(4, '10.0.0.1')).toBe(PUBLIC);
  expect(addresses.outwardHost(4, '127.0.0.1')).toBe('127.0.0.1');
  expect(addresses.outwardHost(6, '2001:db8::5')).toBe('2001:db8::5');
  expect(addresses.advertisedFor('2001:db8:ffff::1', '2001:db8::5')).toBe('2001:db8::5');
});

const flow = (reliability: 'reliable' | 'unreliable', remoteAddress: string, isOpen = true): Flow => ({
  wire: reliability === 'reliable' ? 'tcp' : 'udp',
  reliability,
  remoteAddress,
  remotePort: 40_000,
  localAddress: '192.0.2.1',
  localPort: 5060,
  advertisedHost: '192.0.2.1',
  isOpen,
  send: () => undefined,
  watchClose: () => undefined,
  unwatchClose: () => undefined,
});

test.each([
  ['a phone behind NAT, UDP', 'sip:u@192.168.1.5', flow('unreliable', '198.51.100.1'), true],
  ['a trunk with its own address, another port', 'sip:u@198.51.100.1:5070', flow('unreliable', '198.51.100.1'), false],
  ['a trunk whose Contact is another public host', 'sip:u@198.51.100.2', flow('unreliable', '198.51.100.1'), false],
  ['a phone in the office', 'sip:u@10.0.0.5', flow('unreliable', '10.0.0.5'), false],
  ['a name', 'sip:u@host.example', flow('unreliable', '198.51.100.1'), false],
  ['a browser', 'sip:u@x1.invalid', flow('reliable', '198.51.100.1'), true],
  ['a connection that stands', 'sip:u@192.168.1.5', flow('reliable', '198.51.100.1'), true],
  ['a connection that is gone', 'sip:u@198.51.100.1', flow('reliable', '198.51.100.1', false), false],
  [
    'a connection, but the Contact is another public host',
    'sip:u@198.51.100.2',
    flow('reliable', '198.51.100.1'),
    false,
  ],
])('%s: %s', (_who, text, way, isByFlow) => {
  const uri = parseSipUri(text);
  expect(uri && isReachedByFlow(uri, way)).toBe(isByFlow);
});
