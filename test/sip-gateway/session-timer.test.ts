import * as timer from '../../sip-gateway/session-timer';

const message = (headers: Readonly<Record<string, string>>) => ({ headers });
const asks = (headers: Readonly<Record<string, string>>, now?: timer.SessionTerms) =>
  timer.sessionAnswer(message(headers), now);
const fields = { supported: '100rel, TIMER', allow: 'INVITE, UPDATE' };

test.each<[Readonly<Record<string, string>>, timer.SessionTerms | undefined, string]>([
  [{ ...fields, 'session-expires': '600;refresher=uac' }, undefined, '600;refresher=uac'],
  [{ ...fields, x: '600 ; refresher=UAS' }, undefined, '600;refresher=uas'],
  [{ ...fields, 'session-expires': '600' }, undefined, '600;refresher=uas'], // we may choose, and can by UPDATE
  [{ ...fields, allow: 'INVITE', 'session-expires': '600' }, undefined, '600;refresher=uac'],
  [{ ...fields, 'session-expires': '7200' }, undefined, '1800;refresher=uas'], // a UAS may lower it
  [{ ...fields, 'session-expires': '7200', 'min-se': '3600' }, undefined, '3600;refresher=uas'], // but not below their Min-SE
  [fields, undefined, '1800;refresher=uas'],
  [{ require: 'timer' }, undefined, '1800;refresher=uac'],
  [fields, { intervalS: 600, refresher: 'them' }, '1800;refresher=uac'], // they go on to refresh
])('%j is answered with Session-Expires', (headers, now, value) => {
  const answer = asks(headers, now);
  expect(answer).toMatchObject({ kind: 'timer', headers: { Require: 'timer', 'Session-Expires': value } });
  if (answer.kind !== 'timer') return;
  expect(`${answer.terms.intervalS};refresher=${answer.terms.refresher === 'us' ? 'uas' : 'uac'}`).toBe(value);
});

test.each<[Readonly<Record<string, string>>, timer.SessionAnswer['kind']]>([
  [{ 'session-expires': '600' }, 'none'], // no timer on their side: 422 would mean nothing to them
  [{ supported: 'timer', 'session-expires': '89' }, 'too-small'],
  [{ supported: 'timer', 'session-expires': 'soon' }, 'timer'],
])('%j: %s', (headers, kind) => {
  expect(asks(headers).kind).toBe(kind);
});

test.each<[string | undefined, timer.SessionTerms | undefined]>([
  [undefined, undefined],
  ['1800;refresher=uac', { intervalS: 1800, refresher: 'us' }],
  ['1800;refresher=uas', { intervalS: 1800, refresher: 'them' }],
  ['1800', { intervalS: 1800, refresher: 'us' }],
  ['10;refresher=uac', { intervalS: 90, refresher: 'us' }],
  ['999999999;refresher=uas', { intervalS: 86_400, refresher: 'them' }],
])('a 200 to ours with Session-Expires: %s', (value, terms) => {
  expect(timer.termsAgreed(message(value === undefined ? {} : { 'session-expires': value }))).toEqual(terms);
});

test('we refresh at half; a session they leave alone ends 32 s, or a third, before its time', () => {
  expect(timer.nextStep({ intervalS: 1800, refresher: 'us' })).toEqual({ do: 'refresh', afterMs: 900_000 });
  expect(timer.nextStep({ intervalS: 1800, refresher: 'them' })).toEqual({ do: 'end', afterMs: 1_768_000 });
  expect(timer.nextStep({ intervalS: 90, refresher: 'them' })).toEqual({ do: 'end', afterMs: 60_000 });
});

const tried = { method: 'UPDATE', ownsCallId: true, chance: 0.5, leftMs: 100_000 } as const;
test.each<[number, Readonly<Record<string, string>>, Partial<timer.RefreshTry>, timer.RefreshOutcome]>([
  [200, { 'session-expires': '600;refresher=uac' }, {}, { kind: 'fresh', terms: { intervalS: 600, refresher: 'us' } }],
  [200, {}, {}, { kind: 'fresh', terms: undefined }],
  [408, {}, {}, { kind: 'gone' }],
  [481, {}, {}, { kind: 'gone' }],
  [422, { 'min-se': '2000' }, {}, { kind: 'again', afterMs: 500, minS: 2000 }],
  [491, {}, {}, { kind: 'again', afterMs: 3_050 }],
  [491, {}, { ownsCallId: false }, { kind: 'again', afterMs: 1_000 }],
  [491, {}, { chance: 0.9999 }, { kind: 'again', afterMs: 3_990 }],
  [491, {}, { ownsCallId: false, chance: 0 }, { kind: 'again', afterMs: 0 }],
  [405, {}, {}, { kind: 'again', afterMs: 0, by: 'INVITE' }],
  [501, {}, { method: 'INVITE' }, { kind: 'again', afterMs: 50_000 }],
  [500, { 'retry-after': '3 (soon)' }, {}, { kind: 'again', afterMs: 3_000 }],
  [488, {}, { leftMs: 4_000 }, { kind: 'again', afterMs: 5_000 }],
])('a refresh answered %i with %j', (status, headers, more, outcome) => {
  expect(timer.outcomeOf({ status, headers }, { ...tried, ...more })).toEqual(outcome);
});
