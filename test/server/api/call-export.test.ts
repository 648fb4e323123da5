/** The table of calls: what the filter shows, by the rights of who asks, whole, and without formulas. */
import { randomBytes } from 'node:crypto';
import type { CallRecord } from '../../../call-router/values/cdr';
import { callIdOf, epochMs, userIdOf } from '../../../call-router/values/ids';
import { e164From } from '../../../call-router/values/number';
import { type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let boris: Person;

beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator', { name: 'Anna Malá' });
  boris = await service.person('boris', 'operator', { name: '=HYPERLINK("x")' });
});
afterAll(() => service.close());

const startedAt = epochMs(Date.UTC(2026, 10, 23, 9, 5, 7));
async function addCall(more: Partial<CallRecord>): Promise<string> {
  const id = callIdOf(randomBytes(16).toString('hex'));
  await service.database.calls.ask('save-call', {
    id,
    direction: 'inbound',
    startedAt,
    answeredAt: epochMs(startedAt + 2000),
    endedAt: epochMs(startedAt + 62_000),
    ringMs: 2000,
    talkMs: 60_000,
    totalMs: 62_000,
    cause: 'caller-hung-up',
    fault: 'nobody',
    callerTyped: '+420777123456',
    callerNumber: e164From('+420777123456'),
    calleeTyped: '+420210000001',
    rangUserIds: [],
    otherCards: [],
    recording: 'none',
    legs: [],
    ...more,
  });
  return id;
}
const table = async (query: string, as: Person | 'token' = 'token') => {
  const answer = await service.ask('GET', `/api/calls/export?${query}`, { as });
  return {
    ...answer,
    lines: answer.text
      .replace(/^\uFEFF/, '')
      .split('\r\n')
      .slice(0, -1),
  };
};

test('is UTF-8 with its mark, a file with the day’s name, and has what the call was', async () => {
  const id = await addCall({ answeredByUserId: userIdOf(anna.id), rangUserIds: [userIdOf(anna.id)] });
  const { status, headers, text, lines } = await table('phone=%2B420777123456&zone=Europe/Prague&language=en');
  expect(status).toBe(200);
  expect(text.startsWith('\uFEFFBegan,Direction,')).toBe(true);
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(headers['content-disposition']).toMatch(/^attachment; filename="calls-\d{4}-\d\d-\d\d\.csv"$/);
  expect(headers['cache-control']).toBe('private, no-store');
  const line = `2026-11-23 10:05:07,in,answered,,'+420777123456,Anna Malá,Anna Malá,,2,60,caller-hung-up,,,${id}`;
  expect(lines).toContain(line);
});

test('the separator follows the language, and can be chosen', async () => {
  expect((await table('language=cs')).lines[0]).toMatch(/^Začátek;Směr;/);
  expect((await table('language=cs&separator=tab')).lines[0]).toMatch(/^Začátek\tSměr\t/);
  expect((await table('zone=Nowhere/City')).status).toBe(422);
});

test('names and notes become no formula', async () => {
  const id = await addCall({ answeredByUserId: userIdOf(boris.id), callerName: '@SUM(1+1)', callerTyped: '-2+3' });
  for (const note of ['+1;cmd', '\tx', 'says "hi",\nand more']) {
    await service.ask('PATCH', `/api/calls/${id}`, { as: 'token', body: { note } });
    const { text } = await table(`userId=${boris.id}&language=en`);
    expect(text).toContain(`,"'=HYPERLINK(""x"")",`);
    expect(text).toContain(`,'@SUM(1+1),`);
    const cells = text.replace(/^\uFEFF/, '').match(/"(?:[^"]|"")*"|[^,\r\n]+/g) ?? [];
    expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([]);
  }
});

test('an operator’s table has their own calls only', async () => {
  const own = (await table('', anna)).lines;
  expect(own.length).toBeGreaterThan(1);
  expect(own.slice(1).every((line) => line.includes('Anna Malá'))).toBe(true);
  expect((await table(`userId=${boris.id}`, anna)).lines).toHaveLength(1);
  expect((await service.ask('GET', '/api/calls/export')).status).toBe(401);
});

test('has all pages of the filter, newest first, and no more', async () => {
  const day = Date.UTC(2026, 9, 1);
  const minutes = Array.from({ length: 450 }, (_, minute) => epochMs(day + minute * 60_000));
  await Promise.all(minutes.map((at) => addCall({ startedAt: at, answeredByUserId: userIdOf(anna.id) })));
  const asked = 'from=2026-10-01T00:00:00Z&to=2026-10-02T00:00:00Z&zone=UTC&language=en';
  const { lines } = await table(asked);
  expect(lines).toHaveLength(451);
  expect([lines[1]?.slice(0, 19), lines[450]?.slice(0, 19)]).toEqual(['2026-10-01 07:29:00', '2026-10-01 00:00:00']);
});

test('calls of a group’s people are asked for by the group', async () => {
  const body = { name: 'Sales', userIds: [boris.id], isPickupGroup: false };
  const group = await service.ask('POST', '/api/groups', { as: 'token', body });
  const { lines } = await table(`groupId=${String(group.json['id'])}&language=en`);
  expect(lines).toHaveLength(2);
  expect((await table('groupId=nobody')).status).toBe(404);
  const shown = await service.ask('GET', `/api/calls?groupId=${String(group.json['id'])}`, { as: 'token' });
  expect(shown.json['items']).toHaveLength(1);
});
