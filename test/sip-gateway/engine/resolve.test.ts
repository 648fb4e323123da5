// From URI to places, in order: RFC 3263 §4. Names are a table; time is the test's.

import { parseSipUri } from '../../../sip-gateway/engine/message/uri';
import { type Names, Resolver } from '../../../sip-gateway/engine/resolve';
import { TestClock } from './test-clock';

const clock = new TestClock();
let asked: string[] = [];

const names: Names = {
  addresses: async (host) => {
    asked.push(host);
    const known: Record<string, string[]> = { 'a.example': ['192.0.2.1', '2001:db8::1'], 'b.example': ['192.0.2.2'] };
    if (!known[host]) throw new Error('no such name');
    return known[host];
  },
  srv: async (name) => {
    const known: Record<string, { name: string; port: number; priority: number; weight: number }[]> = {
      '_sip._udp.srv.example': [
        { name: 'b.example', port: 5070, priority: 20, weight: 0 },
        { name: 'a.example', port: 5080, priority: 10, weight: 0 },
        { name: 'gone.example', port: 5090, priority: 30, weight: 0 },
      ],
      '_sip._tcp.naptr.example': [{ name: 'b.example', port: 5060, priority: 1, weight: 0 }],
    };
    return known[name] ?? [];
  },
  naptr: async (name) =>
    name === 'naptr.example'
      ? [
          { service: 'SIP+D2U', replacement: '_sip._udp.naptr.example', order: 20, preference: 1 },
          { service: 'SIP+D2T', replacement: '_sip._tcp.naptr.example', order: 10, preference: 1 },
        ]
      : [],
};

const placesOf = (text: string, resolver = new Resolver(clock, names, 4000)) =>
  new Promise<string[]>((resolve) => {
    const uri = parseSipUri(text);
    if (!uri) throw new Error('no URI');
    resolver.resolve(uri, (resolution) => {
      resolve(
        resolution.ok ? resolution.places.map(({ wire, address, port }) => `${wire} ${address} ${port}`) : ['none'],
      );
    });
  });

beforeEach(() => {
  asked = [];
});

test.each([
  ['sip:192.0.2.9', ['udp 192.0.2.9 5060']],
  ['sip:u@[2001:db8::9]:5070;transport=tcp', ['tcp 2001:db8::9 5070']],
  ['sips:192.0.2.9', ['tls 192.0.2.9 5061']],
  ['sip:x@y.example;maddr=192.0.2.7', ['udp 192.0.2.7 5060']],
  ['sip:a.example:5099', ['udp 192.0.2.1 5099', 'udp 2001:db8::1 5099']],
  ['sip:a.example', ['udp 192.0.2.1 5060', 'udp 2001:db8::1 5060']],
  ['sip:srv.example;transport=udp', ['udp 192.0.2.1 5080', 'udp 2001:db8::1 5080', 'udp 192.0.2.2 5070']],
  ['sip:naptr.example', ['tcp 192.0.2.2 5060']],
  ['sip:missing.example', ['none']],
  ['sip:a.example;transport=sctp', ['none']],
])('%s is tried at %j', async (uri, places) => {
  expect(await placesOf(uri)).toEqual(places);
});

test('a literal address answers before resolve returns', () => {
  const uri = parseSipUri('sip:192.0.2.9:5070');
  const done = jest.fn();
  if (uri) new Resolver(clock, names, 4000).resolve(uri, done);
  expect(done).toHaveBeenCalledTimes(1);
});

test('answers are kept for half a minute, failures are not', async () => {
  const resolver = new Resolver(clock, names, 4000);
  await placesOf('sip:b.example:5060', resolver);
  await placesOf('sip:b.example:5060', resolver);
  expect(asked).toEqual(['b.example']);
  clock.forward(30_001);
  await placesOf('sip:b.example:5060', resolver);
  await placesOf('sip:missing.example:5060', resolver);
  await placesOf('sip:missing.example:5060', resolver);
  expect(asked).toEqual(['b.example', 'b.example', 'missing.example', 'missing.example']);
});

test('a name server that never answers: none, at the deadline', async () => {
  const silent: Names = { ...names, addresses: () => new Promise(() => undefined) };
  const places = placesOf('sip:a.example:5060', new Resolver(clock, silent, 4000));
  clock.forward(4000);
  expect(await places).toEqual(['none']);
});
