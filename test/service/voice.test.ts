/**
 * What callers hear of the office itself, with real audio against the running service: an uploaded greeting, a menu, music in a
 * queue, a message left and heard again, a conference of three. Each side says a tone of its own.
 */
import type { SipPhone } from '../../demo/phone/sip-phone';
import { Watch } from '../../demo/phone/watch';
import { levelAt } from '../audio/goertzel';
import { wavOf } from '../media/sound/wav-fixture';
import { answers, lately, nextCall, pause, talk, tone } from './call-tools';
import { openOffice, type RunningOffice, until } from './running-office';

const [customerHz, annaHz, borisHz, greetingHz] = [440, 1000, 700, 550];
interface Made {
  readonly id: string;
}

describe('what callers hear of the office', () => {
  let office: RunningOffice;
  let provider: SipPhone;
  let anna: SipPhone;
  let boris: SipPhone;
  const number = '+420210000005';

  beforeAll(async () => {
    office = await openOffice();
    provider = await office.provider();
    anna = await office.phone(office.anna.home);
    boris = await office.phone(office.boris.desk);
    await setUp();
  }, 60_000);
  afterAll(() => office?.close());
  afterEach(async () => {
    boris.onCall = (call) => call.refuse(480);
    await until(
      () => office.service.api.get<{ items: readonly object[] }>('/api/live'),
      ({ items }) => items.length === 0,
    );
  });

  async function setUp(): Promise<void> {
    const { api } = office.service;
    const samples = Array.from({ length: 16_000 }, (_, i) => 0.3 * Math.sin((2 * Math.PI * greetingHz * i) / 16_000));
    const greeting = wavOf(samples, { coding: 'pcm16', rateHz: 16_000, channels: 2 });
    const { id: sound } = await api.upload<Made>('/api/sounds?name=Hello&kind=greeting', greeting);
    const mailbox = await api.post<Made>('/api/mailboxes', { name: 'Boris', userId: office.boris.id });
    const members = [{ userId: office.boris.id, level: 1, skills: [] }];
    const queue = await api.post<Made>('/api/queues', { name: 'Sales', members });
    await api.post('/api/rooms', { name: 'Monday', number: '1' });
    const plan = await api.post<Made>('/api/route-plans', {
      name: 'Main',
      start: 'hello',
      steps: {
        hello: { kind: 'greeting', prompt: [{ sound }], next: 'menu' },
        menu: {
          kind: 'menu',
          prompt: [{ say: 'menu-choose' }],
          choices: [
            { digits: '1', next: 'boris' },
            { digits: '2', next: 'message' },
            { digits: '3', next: 'queue' },
          ],
          directExtension: true,
          timeoutS: 5,
          triesMax: 2,
        },
        boris: { kind: 'ring', order: 'all', targets: [{ userId: office.boris.id }], ringS: 20 },
        message: { kind: 'voicemail', mailboxId: mailbox.id },
        queue: { kind: 'queue', queueId: queue.id },
      },
    });
    const { items } = await api.get<{ items: readonly { trunkId?: string }[] }>('/api/numbers');
    const route = { to: 'menu', planId: plan.id };
    await api.post('/api/numbers', { number, kind: 'rented', trunkId: items[0]?.trunkId, route });
  }

  /** Has heard the greeting and presses a key in the menu. */
  const chooses = async (digit: string, as: string) => {
    const customer = await provider.call(number, { from: as });
    await customer.answered;
    await until(
      async () => levelAt(greetingHz, lately(customer.audio.heard())),
      (level) => level > -15 && level < -8,
    );
    await until(
      async () => levelAt(greetingHz, lately(customer.audio.heard())),
      (level) => level < -35,
    );
    await customer.audio.dial(digit);
    return customer;
  };
  const hears = (samples: Int16Array, hz: number): boolean => levelAt(hz, lately(samples)) > -25;

  it('an uploaded greeting, then the menu: 1 rings Boris, and they talk', async () => {
    const answered = answers(boris);
    const customer = await chooses('1', '777950001');
    const desk = await answered;
    expect(desk.shown).toContain('777950001');
    desk.audio.say(tone(borisHz));
    customer.audio.say(tone(customerHz));
    await pause(1000);
    expect(hears(customer.audio.heard(), borisHz)).toBe(true);
    expect(hears(desk.audio.heard(), customerHz)).toBe(true);
    await customer.hangUp();
    await desk.ended;
  }, 20_000);

  it('an extension typed in the menu is rung', async () => {
    const answered = answers(anna);
    const customer = await chooses('101', '777950002');
    await answered;
    await customer.hangUp();
  }, 20_000);

  it('2 takes a message: the lamp lights, and *97 plays it back', async () => {
    const lamp = await Watch.open(boris, { user: 'voicemail', event: 'message-summary' });
    const customer = await chooses('2', '777950003');
    await until(
      () => office.service.api.get<{ items: readonly { recording?: string }[] }>('/api/live'),
      ({ items }) => items[0]?.recording === 'running', // the greeting and the beep are over
    );
    customer.audio.say(tone(customerHz));
    await pause(2500);
    await customer.hangUp();
    await until(
      async () => lamp.last.body,
      (body) => /Messages-Waiting: yes/i.test(body) && /Voice-Message: 1\/0/i.test(body),
    );
    const listening = await boris.call('*97');
    await listening.answered;
    await until(
      async () => hears(listening.audio.heard(), customerHz),
      (isHeard) => isHeard,
    );
    await listening.hangUp();
    await lamp.end();
  }, 40_000);

  it('3 waits in the queue with music until Boris, who has logged in by *51, answers', async () => {
    const login = await boris.call('*51');
    await login.answered;
    await login.ended;
    const ringing = nextCall(boris);
    const customer = await chooses('3', '777950004');
    const desk = await ringing;
    desk.ring();
    await pause(2500);
    const waiting = lately(customer.audio.heard());
    expect(Math.max(...waiting)).toBeGreaterThan(500);
    desk.answer();
    desk.audio.say(tone(borisHz));
    await until(
      async () => hears(customer.audio.heard(), borisHz),
      (isHeard) => isHeard,
    );
    await customer.hangUp();
    await desk.ended;
  }, 30_000);

  it('*102# and *3#: customer, Anna and Boris hear each other, and the initiator may leave', async () => {
    const { caller: customer, callee: first } = await talk(
      { phone: provider, number: office.main, as: '777950005', toneHz: customerHz },
      { phone: anna, toneHz: annaHz },
    );
    const consulted = answers(boris);
    await first.audio.dial('*102#');
    const third = await consulted;
    third.audio.say(tone(borisHz));
    await pause(500);
    await first.audio.dial('*3#');
    await until(
      async () =>
        hears(customer.audio.heard(), annaHz) &&
        hears(customer.audio.heard(), borisHz) &&
        hears(first.audio.heard(), customerHz) &&
        hears(first.audio.heard(), borisHz) &&
        hears(third.audio.heard(), customerHz) &&
        hears(third.audio.heard(), annaHz),
      (isSo) => isSo,
    );
    await pause(800);
    expect(levelAt(customerHz, lately(customer.audio.heard()))).toBeLessThan(-40);
    await first.hangUp();
    await pause(1000);
    expect(hears(customer.audio.heard(), borisHz)).toBe(true);
    expect(levelAt(annaHz, lately(customer.audio.heard()))).toBeLessThan(-40);
    await customer.hangUp();
    await third.ended;
  }, 30_000);

  it('*601 is a room: whoever dials it hears the others', async () => {
    const one = await anna.call('*601');
    await one.answered;
    const two = await boris.call('*601');
    await two.answered;
    one.audio.say(tone(annaHz));
    two.audio.say(tone(borisHz));
    await until(
      async () => hears(one.audio.heard(), borisHz) && hears(two.audio.heard(), annaHz),
      (isSo) => isSo,
    );
    await one.hangUp();
    await two.hangUp();
  }, 30_000);
});
