/** What a closed page is told of a call: that it rings at its person, and once it does not, what became of it. */
import { generateVAPIDKeys } from 'web-push';
import type { PushSubscription } from '../../../prisma/desk-records';
import type { AskReading } from '../../../server/api/deps';
import type { PushMessage } from '../../../server/api/push-messages';
import { systemClock } from '../../../server/clock';
import { CallTeller } from '../../../server/push/tell-of-calls';
import { userIdOf } from '../../../call-router/values/ids';
import { Player } from '../../scenarios/transcript';
import { type PushService, startPushService } from './push-service';

const call = 'trunk provider calls +420210000001 from 777123456';
let push: PushService;
let player: Player;
let teller: CallTeller;
const open = new Set<string>();
const subscriptions: PushSubscription[] = [];
const warnings: string[] = [];

/** The database, as far as it is asked here. */
const reading = (async (operation: string, request: { userIds?: readonly string[]; endpoint?: string }) => {
  if (operation !== 'push-subscriptions') throw new Error(`not asked here: ${operation}`);
  return subscriptions.filter(({ userId }) => request.userIds?.includes(userId) ?? true);
}) as AskReading;

beforeEach(async () => {
  push = await startPushService();
  player = new Player();
  open.clear();
  subscriptions.splice(0);
  warnings.splice(0);
});
afterEach(() => push.close());

/** Anna's browser, in her language. */
function subscribe(language: PushSubscription['language'], tokenHash = 'her-log-in'): void {
  const { endpoint, keys } = push.subscription;
  subscriptions.push({ endpoint, ...keys, userId: 'u101', tokenHash, language });
}

async function start(): Promise<void> {
  const keys = generateVAPIDKeys();
  teller = await CallTeller.start({
    ...{ reading, clock: systemClock(), view: player.pbx.board.view, post: player.pbx.board.post },
    keys: async () => keys,
    contact: async () => 'mailto:a@office.example',
    isOpen: (tokenHash) => open.has(tokenHash),
    log: { warn: (_, message) => void warnings.push(message) },
  });
  player.pbx.board.observe(teller.observe);
}

/** Nothing is told before it is known who calls. */
function arrives(): void {
  player.happen(call);
  expect(push.count()).toBe(0);
  player.happen('crm finds contact k1');
}

async function told(): Promise<PushMessage> {
  return JSON.parse((await push.next()).text) as PushMessage;
}

test('a call that rings says who calls and can be answered; unanswered it becomes a missed call in its place', async () => {
  subscribe('en');
  await start();
  arrives();
  const rings = await told();
  expect(rings).toMatchObject({ body: 'Incoming call · +420777123456', rings: true, answer: { title: 'Answer' } });
  expect(rings.answer?.path).toBe(`/me?call=${rings.tag}&answer=1`);
  player.happen('leg 1 cancels');
  expect(await told()).toMatchObject({ title: 'Missed call', tag: rings.tag, rings: false, path: '/me' });
});

test('one that a colleague answers says so, in the language of the person', async () => {
  subscribe('cs');
  await start();
  arrives();
  expect((await told()).answer?.title).toBe('Přijmout');
  player.happen('leg 2 answers');
  expect((await told()).title).toMatch(/^Hovor přijal/);
  await teller.settled();
});

/** Anna is rung for 15 s, then Boris. */
async function goesFromAnnaToBoris(): Promise<void> {
  subscribe('en');
  player.happen('with routes');
  await start();
  player.happen('trunk provider calls +420210000013 from 777123456');
  player.happen('crm finds contact k1');
  expect((await told()).rings).toBe(true);
  player.happen('ring timer fires');
  expect(await told()).toMatchObject({ title: 'The call has gone on', rings: false });
}

test('a call that stops ringing here and that the next in order answers was not missed', async () => {
  await goesFromAnnaToBoris();
  player.happen('leg 5 answers');
  expect(await told()).toMatchObject({ title: 'Boris answered the call', rings: false });
  await teller.settled();
  expect(push.count()).toBe(3);
});

test('one that nobody answers was missed by whoever was rung first too, once it has ended', async () => {
  await goesFromAnnaToBoris();
  player.happen('leg 5 rings');
  await teller.settled();
  expect(push.count()).toBe(2);
  player.happen('leg 1 cancels');
  expect(await told()).toMatchObject({ title: 'Missed call', rings: false });
});

test('a page that is open rings by itself and is told nothing', async () => {
  subscribe('en');
  open.add('her-log-in');
  await start();
  arrives();
  await teller.settled();
  expect(push.count()).toBe(0);
});

test('a browser that asks later is told of the next call; nobody else’s calls are told', async () => {
  await start();
  subscribe('en');
  teller.wanted(userIdOf('u101'));
  player.happen('anna-desk calls 102');
  await teller.settled();
  expect(push.count()).toBe(0);
  arrives();
  expect((await told()).rings).toBe(true);
});

test('a push service that is away is said in the log and disturbs no call', async () => {
  subscribe('en');
  const { endpoint, ...rest } = subscriptions[0] ?? { endpoint: '' };
  subscriptions.splice(0, 1, { ...rest, endpoint: endpoint.replace(/:\d+/, ':1') } as PushSubscription);
  await start();
  arrives();
  player.happen('leg 2 answers');
  await teller.settled();
  expect(warnings).toContain('a push service could not be reached');
});
