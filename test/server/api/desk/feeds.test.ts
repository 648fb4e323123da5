/** Who is told what on the desk socket, and when: calls played into the router, pages that listen, a clock that is moved. */
import type { ToDesk } from '../../../../server/api/desk-messages';
import type { AskReading } from '../../../../server/api/deps';
import { userIdOf } from '../../../../call-router/values/ids';
import { PlayedDesk, type PlayedPage } from './played-desk';

/** The store is a world outside: it counts nothing and knows every client. */
const cardsRead: string[] = [];
const store = (async (operation: string, request: { readonly card?: { readonly id: string } }) => {
  if (operation !== 'read-call-card') return [];
  cardsRead.push(request.card?.id ?? '');
  return { openDeals: [], openLeads: [], lastCalls: [] };
}) as AskReading;

const desk = (...setUp: readonly string[]): PlayedDesk => {
  cardsRead.length = 0;
  return new PlayedDesk(store, ...setUp);
};
const rings = 'trunk provider calls +420210000001 from 777123456';
const tickMs = 50;

const callsIn = (messages: readonly ToDesk[]): readonly string[] =>
  messages.flatMap((message) => {
    if (message.type === 'call') return [`${message.call.id} ${message.call.state}`];
    return message.type === 'call-gone' ? [`${message.callId} gone`] : [];
  });
/** Once what was read has come. */
const soon = (): Promise<void> => new Promise(setImmediate);

describe('calls', () => {
  test('a call is told at once to whom it rings and to who sees all, and never to a colleague', () => {
    const played = desk();
    const [anna, boris, manager] = [played.page('101'), played.page('102'), played.page('109', 'manager')];
    for (const page of [anna, boris, manager]) page.take();
    played.happen(rings);
    played.forward(0);
    expect([anna, boris, manager].map((page) => callsIn(page.take()))).toEqual([['c1 ringing'], [], ['c1 ringing']]);
  });

  test('what happens within a tick is one message, and what shows nothing new is none', () => {
    const played = desk(rings);
    const anna = played.page('101');
    anna.take();
    played.happen('crm finds contact ct1', 'leg 2 rings', 'leg 2 answers', 'leg 2 holds');
    played.forward(tickMs - 1);
    expect(callsIn(anna.take())).toEqual([]);
    played.forward(1);
    expect(callsIn(anna.take())).toEqual(['c1 talking']);
    played.happen('leg 2 resumes', 'leg 2 holds');
    played.forward(tickMs);
    expect(callsIn(anna.take())).toEqual([]);
  });

  test('whom it rings next is told at once; who no longer may see it hears that it is gone', () => {
    const played = desk(rings, 'crm finds contact ct1', 'leg 2 answers');
    const boris = played.page('102');
    boris.take();
    played.happen('leg 2 presses *102#');
    played.forward(0);
    expect(callsIn(boris.take())).toEqual(['c1 consulting']);
    played.happen('leg 1 hangs up', 'leg 4 answers', 'leg 2 hangs up', 'leg 4 hangs up');
    played.forward(tickMs);
    expect(callsIn(boris.take()).at(-1)).toBe('c1 gone');
  });

  test('that somebody listens in is told to managers and to who does it', () => {
    const played = desk('with conferences', rings, 'crm knows nothing', 'leg 2 answers');
    const [anna, dana, manager] = [played.page('101'), played.page('104'), played.page('109', 'manager')];
    played.happen('api lets 104 listen', 'leg 4 rings', 'leg 4 answers');
    for (const page of [anna, dana, manager]) page.take();
    played.happen('api lets 104 whisper', 'leg 2 holds');
    played.forward(tickMs);
    const seen = [anna, dana, manager].map((page) => page.takeOf('call').at(-1)?.call);
    expect(seen.map((call) => call?.supervisors?.length ?? 0)).toEqual([0, 1, 1]);
    expect(JSON.stringify(seen[0])).not.toContain('u104');
  });

  test('the head of a group is told of its calls, from the moment they lead it', () => {
    const played = desk('with conferences', rings);
    const eva = played.page('105');
    expect(
      eva
        .takeOf('calls')
        .at(-1)
        ?.calls.map(({ id }) => id),
    ).toEqual(['c1']);
    const { directory } = played.player.pbx.board.view;
    const groups = new Map([...directory.groups].map(([id, { headUserId: _head, ...group }]) => [id, group]));
    played.post({ from: 'store', type: 'directory-loaded', directory: { ...directory, groups } });
    expect(eva.takeOf('calls').at(-1)?.calls).toEqual([]);
    played.happen('leg 2 answers');
    played.forward(tickMs);
    expect(callsIn(eva.take()).filter((call) => call !== 'c1 gone')).toEqual([]);
  });

  test('a page that has left, and a service without pages, cost nothing and are told nothing', () => {
    const played = desk();
    const anna = played.page('101');
    anna.leave();
    anna.take();
    played.happen(rings, 'leg 2 answers');
    expect(played.clock.waiting).toBe(0);
    played.forward(1000);
    expect(anna.take()).toEqual([]);
  });
});

describe('cards', () => {
  test('are read once for all whom the call rings, and again for whom it is passed on to', async () => {
    const played = desk('with conferences');
    const [anna, second, boris] = [played.page('101'), played.page('101'), played.page('102')];
    played.happen(rings, 'crm finds contact ct1');
    await soon();
    expect([anna, second, boris].map((page) => page.takeOf('call-card').length)).toEqual([1, 1, 0]);
    played.happen('leg 2 rings', 'leg 2 answers', 'leg 2 presses *102#');
    await soon();
    expect([anna, second, boris].map((page) => page.takeOf('call-card').length)).toEqual([0, 0, 1]);
    expect(cardsRead).toEqual(['ct1', 'ct1']);
  });

  test('come again to a page that was opened anew, when the call comes back to its person', async () => {
    const played = desk('with conferences');
    const [anna] = [played.page('101'), played.page('102')];
    played.happen(
      rings,
      'crm finds contact ct1',
      'leg 2 rings',
      'leg 2 answers',
      'leg 2 presses **102#',
      'leg 4 answers',
    );
    await soon();
    expect(anna.takeOf('call-card').length).toBe(1);
    anna.leave();
    const again = played.page('101');
    await soon();
    expect(again.takeOf('call-card')).toEqual([]);
    played.happen('leg 4 presses **101#');
    await soon();
    expect(again.takeOf('call-card').length).toBe(1);
  });

  test('come to who dials, and not to who listens in', async () => {
    const played = desk('with conferences');
    const [anna, dana] = [played.page('101'), played.page('104')];
    played.happen('anna-desk calls 777123456', 'crm finds contact ct1', 'leg 2 answers', 'api lets 104 listen');
    await soon();
    expect(anna.takeOf('call-card')).toMatchObject([{ card: { callId: 'c1', card: { id: 'ct1' } } }]);
    expect(dana.takeOf('call-card')).toEqual([]);
  });
});

test('nothing is kept of a call that ends while no page is open, nor of one that a page saw end', async () => {
  const played = desk();
  const anna = played.page('101');
  played.happen(rings, 'crm finds contact ct1');
  await soon();
  expect(played.hub.callsKept()).toBeGreaterThan(0);
  anna.leave();
  played.happen('leg 1 cancels', 'pass 60 s');
  expect([played.hub.callsKept(), played.clock.waiting]).toEqual([0, 0]);
  played.page('101');
  played.happen(rings, 'crm finds contact ct1', 'leg 1 cancels', 'pass 60 s');
  played.forward(tickMs);
  expect(played.hub.callsKept()).toBe(0);
});

describe('how people stand', () => {
  const statesIn = (page: PlayedPage): readonly string[] =>
    page.takeOf('presence').flatMap(({ people }) => people.map(({ userId, state }) => `${userId} ${state}`));

  test('is told of everybody at first, then of who changed, once a tick', () => {
    const played = desk();
    const cyril = played.page('103');
    expect(statesIn(cyril)).toEqual(['u101 free', 'u102 free', 'u103 free']);
    played.happen(rings, 'leg 2 rings');
    played.forward(tickMs);
    expect(statesIn(cyril)).toEqual(['u101 ringing']);
    played.happen('leg 2 answers', 'leg 1 hangs up');
    played.forward(tickMs);
    expect(statesIn(cyril)).toEqual(['u101 free']);
  });

  test('the end of a wrap-up is told though nothing happens', () => {
    const queued = ['102 logs in', 'trunk provider calls +420210000021 from 777123451', 'leg 2 answers'];
    const played = desk(...queued);
    const anna = played.page('101');
    played.forward(tickMs);
    anna.take();
    played.happen('leg 1 hangs up');
    played.forward(tickMs);
    expect(statesIn(anna)).toEqual(['u102 wrap-up']);
    played.forward(60_000);
    expect(statesIn(anna)).toEqual(['u102 free']);
  });

  test('who left the office is off', () => {
    const played = desk();
    const anna = played.page('101');
    anna.take();
    const { directory } = played.player.pbx.board.view;
    const users = new Map([...directory.users].filter(([id]) => id !== userIdOf('u102')));
    played.post({ from: 'store', type: 'directory-loaded', directory: { ...directory, users } });
    played.forward(tickMs);
    expect(statesIn(anna)).toEqual(['u102 off']);
  });
});

describe('an offer to take up a lost leg', () => {
  const talk = ['browser of 101 registers', '101 answers on headset', rings, 'leg 2 rings', 'leg 2 answers'];
  const lost = ['leg 2 loses its connection', 'pass 2 s', 'audio of leg 2 is lost'];

  test('is told to that person’s pages, and to the page that was reloaded while the leg is waited for', () => {
    const played = desk(...talk);
    const [anna, boris] = [played.page('101'), played.page('102')];
    played.happen(...lost);
    const [offer] = anna.takeOf('resume');
    expect(offer).toMatchObject({ callId: 'c1', forMs: 20_000 });
    expect(boris.takeOf('resume')).toEqual([]);
    anna.leave();
    played.happen('pass 5 s');
    expect(played.page('101').takeOf('resume')).toEqual([{ ...offer, forMs: 15_000 }]);
    played.happen('browser-u101 calls resume-c1.2');
    expect(played.page('101').takeOf('resume')).toEqual([]);
  });
});
