/** Route plans by REST: what goes in a circle or nowhere is refused with a word why, and a way can be explained. */
import { epochMs, userIdOf } from '../../../call-router/values/ids';
import { type Answer, startTestService, type TestService } from './service';

let service: TestService;
let trunk = '';
let box = '';
beforeAll(async () => {
  service = await startTestService();
  const anna = await service.person('anna', 'operator', { extension: '101' });
  trunk = await made('/api/trunks', { name: 'Provider', kind: 'address', host: '192.0.2.10' });
  box = await made('/api/mailboxes', { name: 'Anna', userId: anna.id });
});
afterAll(() => service.close());

const ask = (method: string, url: string, body?: unknown): Promise<Answer> =>
  service.ask(method, url, { as: 'token', ...(body === undefined ? {} : { body }) });
const made = async (url: string, body: object): Promise<string> => {
  const answer = await ask('POST', url, body);
  expect([url, answer.status, answer.text]).toEqual([url, 201, expect.any(String)]);
  return String(answer.json['id']);
};

const greeting = (next: string) => ({ kind: 'greeting', prompt: [{ say: 'welcome' }], next });
const message = () => ({ kind: 'voicemail', mailboxId: box });
const menu = (...digits: readonly string[]) => ({
  kind: 'menu',
  prompt: [{ say: 'menu-choose' }],
  choices: digits.map((one) => ({ digits: one, next: 'message' })),
  directExtension: false,
  timeoutS: 5,
  triesMax: 2,
});

describe('a route plan', () => {
  const refused: readonly (readonly [string, () => object, RegExp])[] = [
    ['a circle', () => ({ a: greeting('b'), b: greeting('a') }), /circle: a, b/],
    ['a step that is not there', () => ({ a: greeting('gone') }), /gone, which is no step/],
    ['a menu that offers nothing', () => ({ a: menu(), message: message() }), /offers nothing/],
    [
      'a text that we do not speak',
      () => ({ a: { ...greeting('message'), prompt: [{ say: 'no-such-prompt' }] }, message: message() }),
      /no-such-prompt is no prompt of ours/,
    ],
    ['a choice twice', () => ({ a: menu('1', '1'), message: message() }), /1 twice/],
  ];
  it.each(refused)('with %s is refused', async (_, steps, why) => {
    const answer = await ask('POST', '/api/route-plans', { name: 'Wrong', start: 'a', steps: steps() });
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(why);
  });

  it('that would go in a circle through another one is refused when that is changed', async () => {
    const first = await made('/api/route-plans', { name: 'First', start: 'a', steps: { a: message() } });
    const second = await made('/api/route-plans', {
      name: 'Second',
      start: 'a',
      steps: { a: { kind: 'plan', planId: first } },
    });
    const changed = { name: 'First', start: 'a', steps: { a: { kind: 'plan', planId: second } } };
    const answer = await ask('PATCH', `/api/route-plans/${first}`, changed);
    expect([answer.status, answer.text]).toEqual([422, expect.stringMatching(/circle/)]);
  });

  it('with choices that begin others, and with a step nothing leads to, is kept', async () => {
    const steps = { a: menu('1', '12'), message: message(), alone: greeting('message') };
    await made('/api/route-plans', { name: 'Advised', start: 'a', steps });
  });

  it('is explained for a number', async () => {
    const plan = await made('/api/route-plans', {
      name: 'Desk',
      start: 'a',
      steps: { a: greeting('menu'), menu: menu('1'), message: message() },
    });
    const route = { to: 'menu', planId: plan };
    const number = await made('/api/numbers', { number: '+420210000077', kind: 'rented', trunkId: trunk, route });
    const answer = await ask('POST', `/api/numbers/${number}/explain`, {});
    expect(answer.status).toBe(200);
    const { items } = JSON.parse(answer.text) as { items: readonly { why: string }[] };
    expect(items.map(({ why }) => why)).toContain('waits for a digit: 1');
  });

  it('is explained with whom it would not ring now, and why', async () => {
    const anna = await service.person('explained-anna', 'operator', { extension: '391' });
    const boris = await service.person('explained-boris', 'operator', { extension: '392' });
    const clara = await service.person('explained-clara', 'operator', { extension: '393' });
    const set = { from: 'api', type: 'person-asked', at: epochMs(0) } as const;
    const forwards = { always: '+420777123456' };
    service.board.post({ ...set, user: userIdOf(anna.id), person: { forwards } });
    service.board.post({ ...set, user: userIdOf(boris.id), person: { doNotDisturb: true } });
    const route = { to: 'ringGroup', userIds: [anna.id, boris.id, clara.id] };
    const number = await made('/api/numbers', { number: '+420210000078', kind: 'rented', trunkId: trunk, route });
    const { items } = (await service.ask('POST', `/api/numbers/${number}/explain`, { as: 'token', body: {} })).json;
    expect(items).toMatchObject([
      { kind: 'language' },
      { kind: 'ringGroup', userIds: route.userIds },
      { kind: 'person', why: 'Person explained-anna forwards all calls to +420777123456' },
      { kind: 'person', why: 'Person explained-boris wants no calls' },
      { kind: 'person', why: 'Person explained-clara has no phone that is on' },
      { kind: 'end' },
    ]);
  });
});
