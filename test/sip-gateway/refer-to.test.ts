import { parseReferTo } from '../../sip-gateway/refer-to';

const name = { sipCallId: 'a1@10.0.0.7', localTag: 'ours', remoteTag: 'theirs' };

test.each([
  ['<sip:101@office>', '101'],
  ['sip:101@office;method=INVITE', '101'],
  ['"Anna, at home" <sips:anna%20n@office;user=phone>', 'anna n'],
  ['<sip:*8101%23@office>', '*8101#'],
  ['<sip:%2A%2a70#@office>', '**70#'],
  ['<tel:+420-601-111-111;phone-context=+420>', '+420-601-111-111'],
  ['<sip:101;phone-context=x@office;method=INVITE?Require=replaces>', '101'],
])('%s is %s', (header, user) => {
  expect(parseReferTo(header)).toEqual({ user });
});

test.each([
  ['<sip:101@office?Replaces=a1%4010.0.0.7%3Bto-tag%3Dours%3Bfrom-tag%3Dtheirs>', '101', false],
  // Our Contact has no user, and some phones leave the @ as it is.
  [
    '<sip:127.0.0.1:5060?replaces=a1@10.0.0.7%3Bfrom-tag%3Dtheirs%3Bto-tag%3Dours%3Bearly-only&Require=replaces>',
    '',
    true,
  ],
  ['sip:101@office?Replaces=a1%4010.0.0.7%3Bto-tag%3Dours%3Bfrom-tag%3Dtheirs', '101', false],
])('%s takes the place of a dialog', (header, user, earlyOnly) => {
  expect(parseReferTo(header)).toEqual({ user, replaces: { name, earlyOnly } });
});

test.each([
  ['', 400],
  ['<sip:101@office>, <sip:102@office>', 400],
  ['<sip:101@office', 400],
  ['101', 400],
  ['<sip:office>', 400],
  ['<sip:101@office;method=BYE>', 400],
  ['<sip:101@office?Replaces=>', 400],
  ['<sip:101@office?Replaces=a1%3Bto-tag%3Dx>', 400],
  ['<sip:101@office?Replaces=%E0%A4%A>', 400],
  ['<sip:101@office?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2&Replaces=b%3Bto-tag%3D1%3Bfrom-tag%3D2>', 400],
  ['<https://office/101>', 416],
])('%s is refused by %i', (header, status) => {
  expect(parseReferTo(header)).toBe(status);
});
