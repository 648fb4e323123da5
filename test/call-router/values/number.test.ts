/** Every way people and providers write a number leads to one E.164 number, and what is none is said to be none. */
import { nationalDigits, parseE164, userPartOf } from '../../../call-router/values/number';

const same: readonly (readonly [string, string, string])[] = [
  ['777123456', 'CZ', '+420777123456'],
  ['777 123 456', 'CZ', '+420777123456'],
  ['+420777123456', 'CZ', '+420777123456'],
  ['+420 777-123-456', 'DE', '+420777123456'],
  ['00420777123456', 'CZ', '+420777123456'],
  ['00 420 777 123 456', 'RO', '+420777123456'],
  ['tel:+420777123456', 'CZ', '+420777123456'],
  ['tel:777123456;phone-context=+420', 'CZ', '+420777123456'],
  ['sip:+420777123456@provider.example;user=phone', 'CZ', '+420777123456'],
  ['sips:00420777123456@192.0.2.1:5061;transport=tls', 'CZ', '+420777123456'],
  ['"Jan" <sip:%2B420777123456@x>', 'CZ', '+420777123456'],
  ['0721 234 567', 'RO', '+40721234567'],
  ['+40 (0) 721 234 567', 'RO', '+40721234567'],
  ['912 345 678', 'PT', '+351912345678'],
  ['010-1234-5678', 'KR', '+821012345678'],
  ['081 234 5678', 'TH', '+66812345678'],
  ['(212) 555-0123', 'US', '+12125550123'],
  ['07911 123456', 'GB', '+447911123456'],
  ['0043 1 5880058', 'CZ', '+4315880058'],
];

describe('parseE164', () => {
  it.each(same)('reads %s in %s as %s', (typed, country, expected) => {
    expect(parseE164(typed, country)).toEqual({ ok: true, value: expected });
  });

  it.each([
    '',
    'anonymous',
    '112',
    '*11',
    'sip:boris@office',
    '+',
    '++420',
    '%',
    '12',
    'john601234567',
    'trunk1234567890',
    '155',
    '911x',
  ])('says that %p is no number', (typed) => {
    expect(parseE164(typed, 'CZ')).toMatchObject({ ok: false });
  });

  it('takes a short number of the country for no subscriber', () => {
    expect(parseE164('116117', 'DE')).toMatchObject({ ok: false });
    expect(parseE164('1669', 'TH')).toMatchObject({ ok: false });
  });

  it('counts the digits of what is too long', () => {
    expect(parseE164('1'.repeat(40), 'CZ')).toEqual({ ok: false, problem: { kind: 'too-long', digits: 40 } });
  });

  it('answers for a country that is none as for none', () => {
    expect(parseE164('777123456', 'XX')).toMatchObject({ ok: false });
    expect(parseE164('+420777123456', 'XX')).toEqual({ ok: true, value: '+420777123456' });
  });
});

describe('the way back', () => {
  it('writes national digits with the trunk prefix of the country', () => {
    const read = parseE164('+40721234567', 'CZ');
    expect(read.ok && nationalDigits(read.value)).toBe('0721234567');
  });

  it('takes the user part out of a URI and keeps a lone percent sign', () => {
    expect(userPartOf('<sip:%2a11@x;lr>')).toBe('*11');
    expect(userPartOf('sip:50%@x')).toBe('50%');
  });
});
