/** Header values of strangers: read in one pass, bounded in length, and without characters that deceive who reads them. */
import { userPartOf } from '../../call-router/values/number';
import { callerFromTrunk } from '../../sip-gateway/caller-identity';
import { parseAuthorization } from '../../sip-gateway/digest';
import { parseNameAddr, parseUri } from '../../sip-gateway/header-values';
import { parseReferTo } from '../../sip-gateway/refer-to';
import { cpuMs } from '../cpu-time';

describe('name-addr', () => {
  test.each([
    ['"A \\"B\\" <x>" <sip:a@b;p=1>;tag=1', { displayName: 'A "B" <x>', uri: 'sip:a@b;p=1' }],
    ['  Anna Nov  <sip:a@b>', { displayName: 'Anna Nov', uri: 'sip:a@b' }],
    ['<sip:a@b>;tag=1', { uri: 'sip:a@b' }],
    ['"" <sip:a@b>', { uri: 'sip:a@b' }],
    ['sip:a@b;tag=1', { uri: 'sip:a@b' }],
  ])('%s', (text, expected) => {
    const { params: _, ...found } = parseNameAddr(text) ?? { params: undefined };
    expect(found).toEqual(expected);
  });

  test.each(['', 'a b', '"a <sip:a@b>', '"a" b <sip:a@b>', '<sip:a@b', 'a"b" <sip:a@b>', '<<sip:a@b>'])(
    '%s is none',
    (text) => {
      expect(parseNameAddr(text)).toBeUndefined();
    },
  );

  test('above 1,024 characters it is unreadable', () => {
    const long = (length: number): string => `<sip:a@b>;x=${'y'.repeat(length - 12)}`;
    expect(parseNameAddr(long(1_024))?.uri).toBe('sip:a@b');
    expect(parseNameAddr(long(1_025))).toBeUndefined();
    expect(parseReferTo(long(1_025))).toBe(400);
    expect(callerFromTrunk({ headers: { from: long(1_025) } }, 'address')).toEqual({ user: '', withheld: true });
    const from = '<sip:1@c>;tag=1';
    expect(callerFromTrunk({ headers: { from, 'p-asserted-identity': long(1_025) } }, 'address')).toMatchObject({
      user: '1',
    });
  });
});

test('16 kB of any one shape cost no more than their length', () => {
  const shapes = [' ', '<', '"', ';', 'a', '\\', 'a ', 'a=', 'a=" ', ':', '@', '\u2028'].map(
    (shape) => `a${shape.repeat(16_000 / shape.length)}b`,
  );
  const startedMs = cpuMs();
  for (const text of shapes) {
    parseNameAddr(text);
    parseNameAddr(text.slice(0, 1_024));
    parseUri(`sip:${text}`);
    parseUri(`tel:${text};\u2028`);
    parseAuthorization(`Digest ${text}`, 'office');
    userPartOf(text);
  }
  expect(cpuMs() - startedMs).toBeLessThan(400);
});

test('no control characters and no marks of direction in what a caller shows', () => {
  const from = '"a\u0085\u009bb\u202e\u2066c\u200e\u2028d" <sip:%2b420%0d%0aX:1%c2%85%e2%80%ae@c>;tag=1';
  const caller = callerFromTrunk({ headers: { from } }, 'address');
  expect(caller).toMatchObject({ user: '+420 X:1', displayName: 'a bc d' });
});
