import { divertedFrom, diversionFields } from '../../sip-gateway/diversion';
import { redirectsIn } from '../../sip-gateway/redirect';
import { relayedDigit } from '../../sip-gateway/receive-info';

test.each<[string, string, readonly string[]]>([
  ['diversion', '<sip:+420601@op>;reason=unconditional', ['+420601']],
  ['Diversion', '"Eva, Nová" <sip:101@x;user=phone>;reason=user-busy, <tel:+420602>;counter=1', ['101', '+420602']],
  ['diversion', '<sip:%2B420601@op>', ['+420601']],
  ['diversion', '<sip:anonymous@anonymous.invalid>;privacy=full, sip:102@x', ['102']],
  ['diversion', 'garbage here', []],
  // RFC 7044: mp names the entry that was passed on; the contact of a person (rc) is none.
  [
    'history-info',
    '<sip:101@x>;index=1, <sip:102@x;cause=302>;index=1.1;mp=1, <sip:a@10.0.0.1>;index=1.1.1;rc=1.1',
    ['101'],
  ],
  [
    'history-info',
    '<sip:101@x>;index=1,<sip:102@x>;index=1.1;mp=1,<sip:103@x>;index=1.2;mp=1.1,<sip:104@x>;index=1.3;mp=1.2',
    ['103', '102', '101'],
  ],
  // RFC 4244: no mp yet, but a reason in the URI of whoever was left.
  ['history-info', '<sip:101@x?Reason=SIP%3Bcause%3D486>;index=1, <sip:102@x>;index=1.1', ['101']],
  ['history-info', '<sip:101@x>;index=1', []],
])('%s: %s', (name, value, users) => {
  expect(divertedFrom({ headers: { [name]: value } })).toEqual(users);
});

test('Diversion counts before History-Info, and no sender makes us read without end', () => {
  const headers = { diversion: '<sip:1@x>', 'history-info': '<sip:2@x>;index=1,<sip:3@x>;index=1.1;mp=1' };
  expect(divertedFrom({ headers })).toEqual(['1']);
  const many = Array.from({ length: 1000 }, (_, at) => `<sip:${at}@x>`).join(',');
  expect(divertedFrom({ headers: { diversion: many } })).toHaveLength(10);
});

test('what is written names the number, hides who wants to be hidden, and lets nothing out of its field', () => {
  const of = { called: '+420601', host: 'x' };
  const by = { number: '101', displayName: 'Eva', withheld: false };
  expect(diversionFields({ ...of, by, number: '101' })).toEqual({
    Diversion: '"Eva" <sip:101@x>;reason=unknown;counter=1;privacy=off',
    'History-Info': '<sip:101@x>;index=1, <sip:+420601@x>;index=1.1;mp=1',
  });
  expect(diversionFields({ ...of, by: { ...by, withheld: true }, number: '101' })).toEqual({
    Diversion: '<sip:101@x>;reason=unknown;counter=1;privacy=full',
    'History-Info': '<sip:101@x?Privacy=history>;index=1, <sip:+420601@x>;index=1.1;mp=1',
  });
  expect(diversionFields({ ...of, by, number: '1>\r\nX: y' })).toEqual({});
  expect(diversionFields({ ...of, by, number: 'anna' })).toEqual({});
  const evil = { ...by, displayName: 'a"\r\nX-Evil: 1' };
  expect(diversionFields({ ...of, by: evil, number: '101' })['Diversion']).toMatch(/^"a\\" X-Evil: 1" <sip:101@x>/);
});

test.each<[string, readonly string[]]>([
  ['<sip:102@x>;q=0.5, <sip:%2B420601@x>;q=0.9, "Nobody" <sip:@x>', ['+420601', '102']],
  ['<sip:102@x>;q=0.2,<sip:103@x>', ['103', '102']],
  ['<tel:+420601>, <sip:+420601@x>', ['+420601']],
  ['<https://x/102>, *, 102', []],
  ['<sip:1@x>,<sip:2@x>,<sip:3@x>,<sip:4@x>,<sip:5@x>,<sip:6@x>', ['1', '2', '3', '4', '5']],
])('Contact of a 3xx: %s', (contact, users) => {
  expect(redirectsIn({ headers: { contact } })).toEqual(users);
});

test.each([
  ['Signal=5\r\nDuration=160', { digit: '5', durationMs: 160 }],
  ['Signal= 11 \r\nDuration= 90\r\n', { digit: '#', durationMs: 90 }],
  ['signal=*\nduration=1', { digit: '*', durationMs: 40 }],
  ['Signal=d\r\nDuration=999999', { digit: 'D', durationMs: 5_000 }],
  ['Signal=12', { digit: 'A', durationMs: 160 }],
  ['Signal=16\r\nDuration=100', undefined], // a flash hook
  ['Duration=100', undefined],
])('a key told by INFO: %j', (body, digit) => {
  expect(relayedDigit(body)).toEqual(digit);
});
