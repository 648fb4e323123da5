/** The desk socket against pages that lie, flood, stall and sleep; and what ends it. Pages are real WebSockets. */
import { once } from 'node:events';
import type { BrowserPhones } from '../../../../server/api/desk/phone-leases';
import { type DeskService, startDeskService } from './desk-pages';
import { TestPage } from './test-page';
import type { Person } from '../service';

const leased: string[] = [];
const phones: BrowserPhones = {
  lease: ({ userId }) => {
    leased.push(`lease ${userId}`);
    return { username: 'u', password: 'p', realm: 'trunkline', path: '/api/sip', domain: 'trunkline' };
  },
  release: ({ userId }) => void leased.push(`release ${userId}`),
  end: () => undefined,
};

let desk: DeskService;
let anna: Person;
let persons = 0;
const limits = { askEveryMs: 100, countAfterMs: 10, pagesPerLoginMax: 3, waitingBytesMax: 100_000 };

beforeAll(async () => {
  desk = await startDeskService(limits, { phones });
});
beforeEach(async () => {
  anna = await desk.service.person(`anna${++persons}`, 'operator');
  leased.length = 0;
});
afterAll(() => desk.close());

const open = async (person = anna): Promise<TestPage> => (await desk.page(person)).stayAwake();
const leave = async (...pages: readonly TestPage[]): Promise<void> => {
  for (const page of pages) page.socket.close();
  await Promise.all(pages.map(({ closed }) => closed));
};

async function refused(person: Person | undefined, options = {}): Promise<number> {
  const socket = desk.socket(person, options);
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { readonly statusCode: number }];
  socket.terminate();
  return response.statusCode;
}

test('a page is welcomed with its phone, its calls, everybody and what waits, in this order', async () => {
  const page = new TestPage(desk.socket(anna)).stayAwake();
  await page.hear('desk', ({ desk: { missedCalls } }) => missedCalls === 0);
  const other = new TestPage(desk.socket(anna)).stayAwake();
  expect(await other.hear('welcome')).toMatchObject({ userId: anna.id, phone: { path: '/api/sip' } });
  expect(await other.hear('calls')).toEqual({ type: 'calls', calls: [] });
  const { people } = await other.hear('presence');
  expect(people).toContainEqual({ userId: anna.id, state: 'off', ways: [] });
  await other.hear('desk');
  await leave(page, other);
  await open(anna).then(leave);
  const ofAnna = ['lease', 'lease', 'release', 'release', 'lease', 'release'];
  expect(leased).toEqual(ofAnna.map((what) => `${what} ${anna.id}`));
});

test('without a log-in, from another origin, or with too many pages it does not open', async () => {
  expect(await refused(undefined)).toBe(401);
  expect(await refused(anna, { headers: { cookie: anna.cookie } })).toBe(403);
  expect(await refused(anna, { headers: { cookie: anna.cookie, origin: 'https://evil.example' } })).toBe(403);
  const pages = [await open(), await open(), await open()];
  expect(await refused(anna)).toBe(429);
  await leave(...pages);
  await leave(await open());
});

test('the service has room for so many pages and no more', async () => {
  const small = await startDeskService({ pagesMax: 2 });
  const boris = await small.service.person('boris', 'operator');
  const [first, second] = [await small.page(boris), await small.page(boris)];
  const socket = small.socket(boris);
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { readonly statusCode: number }];
  expect(response.statusCode).toBe(503);
  socket.terminate();
  await leave(first, second);
  await leave(await small.page(boris));
  await small.close();
});

test.each<[string, string | Buffer, number]>([
  ['what is no JSON', 'hello', 1008],
  ['a list', '[]', 1008],
  ['a command that there is not', '{"type":"hang-up","callId":"c"}', 1008],
  ['a number that is none', '{"type":"here","count":"1"}', 1008],
  ['binary', Buffer.from('{"type":"here","count":1}'), 1008],
  ['a call id that is none', `{"type":"watch-quality","callId":"${'c'.repeat(101)}"}`, 1008],
  ['a giant', JSON.stringify({ type: 'watch-quality', callId: 'c'.repeat(2000) }), 1009],
])('%s ends the socket', async (_, said, code) => {
  const page = await open();
  page.socket.send(said);
  expect(await page.closed).toBe(code);
});

test('a flood ends the socket, and nobody else’s', async () => {
  const [page, quiet] = [await desk.page(anna), await open()];
  for (let n = 0; n < 200; n += 1) page.say({ type: 'watch-quality' });
  expect(await page.closed).toBe(1008);
  await quiet.hear('are-you-there');
  await quiet.hear('are-you-there');
  await leave(quiet);
});

const presenceOf = (page: TestPage, state: string) =>
  page.hear('presence', ({ people }) => people.some(({ userId, state: now }) => userId === anna.id && now === state));

test('a page that answers no question sleeps and its person is away; when it wakes it is told all anew', async () => {
  const boris = await open(await desk.service.person(`boris${persons}`, 'operator'));
  const page = await desk.page(anna);
  await page.hear('desk');
  await presenceOf(boris, 'away');
  page.told.length = 0;
  const { count } = await page.hear('are-you-there');
  expect(page.told.every(({ type }) => type === 'are-you-there')).toBe(true);
  page.stayAwake().say({ type: 'here', count });
  await page.hear('calls');
  await page.hear('presence');
  await page.hear('desk');
  await presenceOf(boris, 'off');
  await leave(page, boris);
});

test('one page that is awake is enough to be there', async () => {
  const [asleep, awake] = [await desk.page(anna), await open()];
  for (let n = 0; n < 6; n += 1) await asleep.hear('are-you-there');
  const boris = await open(await desk.service.person(`boris${persons}`, 'operator'));
  const { people } = await boris.hear('presence');
  expect(people.find(({ userId }) => userId === anna.id)?.state).toBe('off');
  awake.socket.close();
  await presenceOf(boris, 'away');
  await leave(asleep, boris);
});

test('logging out says goodbye to the pages of that log-in, and only to them', async () => {
  const login = `anna${persons}`;
  const again = await desk.service.logIn(login, `password of ${login}`);
  const [page, other] = [await open(), await open(again)];
  expect((await desk.service.ask('POST', '/api/logout', { as: anna, body: {} })).status).toBe(204);
  expect(await page.hear('goodbye')).toEqual({ type: 'goodbye', why: 'logged-out' });
  expect(await page.closed).toBe(4401);
  await other.hear('are-you-there');
  await leave(other);
});

test('who is shut out, or gets another role, is sent away at once', async () => {
  const change = (body: object) => desk.service.ask('PATCH', `/api/users/${anna.id}`, { as: 'token', body });
  const promoted = await open();
  expect((await change({ role: 'manager' })).status).toBe(200);
  expect(await promoted.hear('goodbye')).toEqual({ type: 'goodbye', why: 'changed' });
  expect(await promoted.closed).toBe(4403);
  const login = `anna${persons}`;
  const shutOut = await open(await desk.service.logIn(login, `password of ${login}`));
  expect((await change({ disabled: true })).status).toBe(200);
  expect(await shutOut.closed).toBe(4401);
});
