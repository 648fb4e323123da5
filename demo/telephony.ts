/**
 * What a middle-sized office sets up on top of the small one: people, groups, hours, a queue, a mailbox, a room, a route of
 * ten steps, rules. Through the public REST interface; for the pictures of the settings and the tests of their pages.
 */
import type { Api } from './api';
import type { Office } from './office';

interface Made {
  readonly id: string;
}
export interface Telephony {
  readonly calendarId: string;
  readonly queueId: string;
  readonly planId: string;
}

const day = [
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:30' },
];
const people = [
  ['Petr Malý', 'petr', '201'],
  ['Sofia Ionescu', 'sofia', '202'],
  ['Rui Ferreira', 'rui', '203'],
  ['Min-jun Park', 'min-jun', '204'],
] as const;

export async function setUpTelephony(api: Api, { person }: Office): Promise<Telephony> {
  const [petr, sofia, rui, minJun] = await addPeople(api);
  const sales = await api.post<Made>('/api/groups', {
    name: 'Sales',
    userIds: [person.id, petr, sofia],
    headUserId: person.id,
    isPickupGroup: true,
  });
  await api.post('/api/groups', { name: 'Warehouse', userIds: [rui, minJun] });
  const calendar = await addHours(api);
  const box = await api.post<Made>('/api/mailboxes', {
    name: 'Sales messages',
    groupId: sales.id,
    email: 'sales@example.net',
  });
  await api.post('/api/rooms', { name: 'Monday meeting', number: '1', pin: '2468' });
  const queue = await api.post<Made>('/api/queues', {
    name: 'German hotline',
    strategy: 'skills',
    skill: 'German',
    members: [
      { userId: person.id, level: 1, skills: ['German', 'invoices'] },
      { userId: petr, level: 1, skills: ['German'] },
      { userId: sofia, level: 2, skills: ['German'] },
      { userId: rui, level: 3 },
    ],
    callbackDigit: '1',
  });
  const steps = stepsOf({
    calendar: calendar.id,
    box: box.id,
    queue: queue.id,
    sales: sales.id,
    people: [rui, minJun],
  });
  const plan = await api.post<Made>('/api/route-plans', { name: 'Main line', start: 'hours-1', steps });
  await addRules(api, person.id);
  await api.post('/api/numbers', {
    number: '+420210000002',
    kind: 'rented',
    name: 'Main line',
    route: { to: 'menu', planId: plan.id },
    fallback: { to: 'user', userId: person.id },
  });
  return { calendarId: calendar.id, queueId: queue.id, planId: plan.id };
}

async function addPeople(api: Api): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [name, login, extension] of people) {
    const fields = { name, login, extension, role: 'operator', password: 'a-first-password' };
    ids.push((await api.post<Made>('/api/users', fields)).id);
  }
  return ids;
}

async function addHours(api: Api): Promise<Made> {
  const zone = 'Europe/Prague';
  const night = [{ from: '22:00', to: '06:00' }];
  await api.post('/api/calendars', { name: 'Night service', zone, week: Array.from({ length: 7 }, () => night) });
  return api.post<Made>('/api/calendars', {
    name: 'Office hours',
    zone,
    week: [day, day, day, day, [{ from: '08:00', to: '15:00' }], [], []],
    exceptions: [
      { date: '01-01', name: 'New Year', open: [] },
      { date: '12-24', name: 'Christmas Eve', open: [{ from: '08:00', to: '11:00' }] },
      { date: '2026-11-28', name: 'Saturday fair', open: [{ from: '09:00', to: '16:00' }] },
    ],
    code: '*80',
  });
}

interface Targets {
  readonly calendar: string;
  readonly box: string;
  readonly queue: string;
  readonly sales: string;
  readonly people: readonly (string | undefined)[];
}

function stepsOf({ calendar, box, queue, sales, people: [first, second] }: Targets): object {
  return {
    'hours-1': { kind: 'hours', calendarId: calendar, open: 'greeting-1', closed: 'greeting-2' },
    'greeting-1': { kind: 'greeting', prompt: [{ say: 'welcome' }], next: 'menu-1' },
    'menu-1': {
      kind: 'menu',
      prompt: [{ say: 'menu-choose' }],
      choices: [
        { digits: '1', label: 'Sales', next: 'responsible-1' },
        { digits: '2', label: 'Hotline', next: 'queue-1' },
        { digits: '3', label: 'Warehouse', next: 'ring-2' },
        { digits: '9', label: 'Česky', language: 'cs', next: 'queue-1' },
      ],
      directExtension: true,
      timeoutS: 5,
      triesMax: 2,
      noChoice: 'queue-1',
    },
    'responsible-1': { kind: 'responsible', ringS: 15, next: 'ring-1' },
    'ring-1': { kind: 'ring', order: 'all', targets: [{ groupId: sales }], ringS: 20, next: 'voicemail-1' },
    'queue-1': { kind: 'queue', queueId: queue, next: 'voicemail-1' },
    'ring-2': {
      kind: 'ring',
      order: 'in-order',
      targets: [{ userId: first }, { userId: second }],
      ringS: 12,
      next: 'external-1',
    },
    'external-1': { kind: 'external', number: '+420777000888', ringS: 25 },
    'greeting-2': { kind: 'greeting', prompt: [{ say: 'closed' }], next: 'voicemail-1' },
    'voicemail-1': { kind: 'voicemail', mailboxId: box },
  };
}

async function addRules(api: Api, ownerUserId: string): Promise<void> {
  const [trunk] = (await api.get<{ readonly items: readonly Made[] }>('/api/trunks')).items;
  const second = await api.post<Made>('/api/trunks', {
    name: 'Second provider',
    kind: 'address',
    host: '127.0.0.2',
    port: 5999,
  });
  const ways = [{ trunkId: second.id }, ...(trunk === undefined ? [] : [{ trunkId: trunk.id }])];
  await api.post('/api/outgoing-rules', { name: 'Germany and Austria', prefixes: ['+49', '+43'], ways });
  await api.post('/api/outgoing-rules', { name: 'All others', ways: ways.toReversed() });
  await api.post('/api/recording-rules', { name: 'Announced', record: 'announced', direction: 'inbound' });
  await api.post('/api/lead-rules', {
    name: 'Fair in Brno',
    sources: ['Fair in Brno'],
    ownerUserId,
    passOnMinutes: 30,
  });
}
