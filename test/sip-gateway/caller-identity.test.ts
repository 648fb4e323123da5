import { callerFromDevice, callerFromTrunk } from '../../sip-gateway/caller-identity';
import { numberFor, withUser } from '../../sip-gateway/trunk-headers';
import { safeHeaders, splitOutside } from '../../sip-gateway/header-values';
import { trunk } from './office';

const from = '"Jan Nov\u00e1k" <sip:+420601111111@carrier>;tag=1';

describe('who calls from a trunk', () => {
  test.each([
    ['From alone', { from }, { user: '+420601111111', displayName: 'Jan Nov\u00e1k', withheld: false }],
    [
      'P-Asserted-Identity before From',
      { from: '<sip:100@pbx>;tag=1', 'p-asserted-identity': '"Firma, s.r.o." <sip:+420222000111@c>' },
      { user: '+420222000111', displayName: 'Firma, s.r.o.', withheld: false },
    ],
    [
      'of two identities the one that is a number',
      { from, 'p-asserted-identity': '<sip:jan.novak@c>, <tel:+420-602-222222;phone-context=x>' },
      { user: '+420-602-222222', displayName: 'Jan Nov\u00e1k', withheld: false },
    ],
    [
      'P-Preferred-Identity is not read',
      { from: '<sip:1@c>;tag=1', 'P-Preferred-Identity': '<sip:2@c>' },
      { user: '1', withheld: false },
    ],
    [
      'Privacy: id',
      { from, privacy: 'id', 'p-asserted-identity': '<sip:+420602222222@c>' },
      { user: '', withheld: true },
    ],
    ['Privacy: none', { from: '<sip:1@c>', privacy: 'none' }, { user: '1', withheld: false }],
    [
      'the anonymous From',
      { from: '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1' },
      { user: '', withheld: true },
    ],
    ['a From without brackets', { from: 'sip:0601111111@c;tag=1' }, { user: '0601111111', withheld: false }],
    [
      'an escaped name',
      { from: '"a \\"b\\" \\\\c" <sip:1@c>' },
      { user: '1', displayName: 'a "b" \\c', withheld: false },
    ],
    ['no readable From', { from: '<<>' }, { user: '', withheld: true }],
  ])('%s', (_, headers, expected) => {
    expect(callerFromTrunk({ headers }, 'address')).toEqual(expected);
  });

  // Its extensions are ours to know; the public behind it stays hidden.
  test.each([
    [
      'an asserted extension',
      { from: '<sip:anonymous@anonymous.invalid>', 'p-asserted-identity': '<sip:205@pbx>' },
      '205',
    ],
    ['an extension in From', { from: '<sip:205@pbx>;tag=1' }, '205'],
    ['the public', { from, 'p-asserted-identity': '<sip:+420602222222@c>' }, ''],
    ['nobody', { from: '<sip:anonymous@anonymous.invalid>' }, ''],
  ])('Privacy: id over the office PBX: %s', (_, headers, user) => {
    const hidden = { ...headers, privacy: 'id' };
    expect(callerFromTrunk({ headers: hidden }, 'pbx')).toEqual({ user, withheld: true });
    expect(callerFromTrunk({ headers: hidden }, 'address')).toEqual({ user: '', withheld: true });
  });
});

test('a device is its account, and may hide', () => {
  expect(callerFromDevice({ headers: { from, 'p-asserted-identity': '<sip:1@x>' } }, 'anna')).toEqual({
    user: 'anna',
    withheld: false,
  });
  expect(callerFromDevice({ headers: { from, privacy: 'header;id' } }, 'anna')).toEqual({
    user: 'anna',
    withheld: true,
  });
});

describe('numbers as a trunk wants them', () => {
  test.each([
    ['e164', '+420222333444', '+420222333444'],
    ['international-00', '+420222333444', '00420222333444'],
    ['national', '+420222333444', '222333444'],
    ['national', '+4930123456', '004930123456'],
    ['e164', '101', '101'],
    ['national', '112', '112'],
  ] as const)('%s: %s is written %s', (numberFormat, number, written) => {
    expect(numberFor(trunk({ id: 't', kind: 'address', numberFormat }), number, 'CZ')).toBe(written);
  });

  test('the country of the trunk comes before the default', () => {
    const german = trunk({ id: 't', kind: 'address', numberFormat: 'national', country: 'DE' });
    expect(numberFor(german, '+4930123456', 'CZ')).toBe('030123456');
  });
});

test('an extension behind a registered pbx takes the place of its user', () => {
  expect(withUser('sip:office@10.0.0.1:5070;transport=tcp', '201')).toBe('sip:201@10.0.0.1:5070;transport=tcp');
  expect(withUser('sip:10.0.0.1', 'a b')).toBe('sip:a%20b@10.0.0.1');
});

test('control characters never leave, nor a header whose name is none', () => {
  expect(safeHeaders({ A: 'x\r\nB: y', 'C\r\nD': 'z', E: undefined, F: 'a\u0000b\u2028c' })).toEqual({
    A: 'x B: y',
    F: 'a b c',
  });
});

test('lists are split outside quotes and brackets', () => {
  expect(splitOutside('"a,\\",b" <sip:x,y>;q=1, <sip:z>,', ',')).toEqual(['"a,\\",b" <sip:x,y>;q=1', '<sip:z>']);
});
