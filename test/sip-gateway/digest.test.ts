import {
  answerChallenge,
  ha1Of,
  isProvenBy,
  parseAuthorization,
  parseChallenges,
  responseOf,
  writeChallenge,
} from '../../sip-gateway/digest';

// RFC 7616 sections 3.9.1 and 3.9.2.
const common = {
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  uri: '/dir/index.html',
  nc: '00000001',
  method: 'GET',
};
const mufasa = { username: 'Mufasa', password: 'Circle of Life', realm: 'http-auth@example.org' };
const jason = {
  username: 'J\u00e4s\u00f8n Doe',
  password: 'Secret, or not?',
  realm: 'api@example.org',
};

describe('the examples of RFC 7616 section 3.9', () => {
  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const)('%s', (algorithm, response) => {
    expect(responseOf({ ...common, algorithm, ha1: ha1Of(mufasa, algorithm) })).toBe(response);
  });

  // As corrected by erratum 4897: the RFC cut SHA-512 short instead of taking SHA-512/256.
  test('SHA-512-256 with a user name that is not ASCII', () => {
    const of = {
      algorithm: 'SHA-512-256' as const,
      ha1: ha1Of(jason, 'SHA-512-256'),
      method: 'GET',
      uri: '/doe.json',
      nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
      nc: '00000001',
      cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
    };
    expect(responseOf(of)).toBe('3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5');
  });
});

test('what answers a challenge of ours is taken by us, and by no other password', () => {
  const challenge = parseChallenges(writeChallenge({ realm: 'r"1', nonce: 'n', algorithm: 'SHA-256' }));
  if (challenge === undefined) throw new Error('not readable');
  const credentials = { username: 'a"b\\c', password: 'p' };
  const text = answerChallenge({ challenge, credentials, method: 'INVITE', uri: 'sip:x', count: 17, cnonce: 'c' });
  const authorization = parseAuthorization(text, 'r"1');
  expect(authorization).toMatchObject({ username: 'a"b\\c', nc: '00000011', algorithm: 'SHA-256', uri: 'sip:x' });
  if (authorization === undefined) throw new Error('not readable');
  expect(isProvenBy(authorization, 'INVITE', ha1Of({ ...credentials, realm: 'r"1' }, 'SHA-256'))).toBe(true);
  expect(isProvenBy(authorization, 'INVITE', ha1Of({ ...credentials, password: 'q', realm: 'r"1' }, 'SHA-256'))).toBe(
    false,
  );
  expect(isProvenBy(authorization, 'REGISTER', ha1Of({ ...credentials, realm: 'r"1' }, 'SHA-256'))).toBe(false);
});

describe('of several challenges the strongest that we know is answered', () => {
  test.each([
    ['Digest realm="a", nonce="1", qop="auth"', { algorithm: 'MD5', nonce: '1', qop: true }],
    ['Digest realm="a", nonce="1"', { algorithm: 'MD5', qop: false }],
    [
      'Digest realm="a, b", nonce="1", algorithm=MD5, qop="auth",Digest realm="a", nonce="2", algorithm=SHA-256, qop="auth,auth-int"',
      { algorithm: 'SHA-256', nonce: '2', realm: 'a' },
    ],
    ['Digest realm="a", nonce="1", algorithm=NEW,Digest realm="a", nonce="2", stale=TRUE', { nonce: '2', stale: true }],
    ['Basic realm="x", Digest realm="a", nonce="3", opaque="o"', { nonce: '3', opaque: 'o' }],
    ['Digest algorithm=MD5-sess,nonce="4",qop=auth,realm="a"', { perSession: true, nonce: '4' }],
  ])('%s', (text, expected) => {
    expect(parseChallenges(text)).toMatchObject(expected);
  });

  test.each(['Digest realm="a", nonce="1", qop="auth-int"', 'Basic realm="a"', '', 'Digest', 'Digest nonce="1"'])(
    'none to answer: %s',
    (text) => expect(parseChallenges(text)).toBeUndefined(),
  );
});

test('without qop there is no nonce count, and such credentials are not taken', () => {
  expect(parseAuthorization('Digest username="a", realm="r", nonce="n", uri="u", response="x"', 'r')).toBeUndefined();
});
