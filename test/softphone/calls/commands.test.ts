/** What the page offers to do with a live call: by its state, by who looks, and by the leg it would be done to. */
import type { LiveCall, LiveLeg } from '../../../server/api/messages';
import { features } from '../../../call-router/state/feature-switch';
import { type Command, commandsFor, isMine, type Looker, myLeg } from '../../../softphone/src/calls/commands';

const client: LiveLeg = { id: 'c.1', direction: 'incoming', state: 'answered', trunkId: 't', number: '+420777123456' };
const anna: LiveLeg = { id: 'c.2', direction: 'outgoing', state: 'answered', userId: 'anna', deviceId: 'd' };
const boris: LiveLeg = { id: 'c.3', direction: 'outgoing', state: 'answered', userId: 'boris', deviceId: 'e' };

function call(fields: Partial<LiveCall>): LiveCall {
  return {
    id: 'c',
    direction: 'inbound',
    state: 'talking',
    startedAt: '2026-11-23T10:00:00.000Z',
    caller: { typed: '777123456', number: '+420777123456' },
    callee: { typed: '210000001' },
    rangUserIds: ['anna'],
    recording: 'none',
    legs: [client, anna],
    ...fields,
  };
}
const looker = (fields: Partial<Looker> = {}): Looker => ({
  userId: 'anna',
  role: 'operator',
  maySupervise: false,
  calls: [],
  features,
  ...fields,
});
const names = (live: LiveCall, who: Looker): readonly (readonly string[])[] => {
  const { buttons, menu } = commandsFor(live, who);
  return [buttons.map(({ name }) => name), menu.map(({ name }) => name)];
};
const find = (live: LiveCall, name: Command['name'], who = looker()): Command | undefined => {
  const { buttons, menu } = commandsFor(live, who);
  return [...buttons, ...menu].find((command) => command.name === name);
};
const ringing = (leg: LiveLeg): LiveLeg => ({ ...leg, state: 'ringing' });
const held = call({ legs: [client, { ...anna, state: 'held' }] });
const manager = looker({ userId: 'manager', role: 'manager', maySupervise: true });

it.each<readonly [what: string, LiveCall, Looker, buttons: readonly string[], menu: readonly string[]]>([
  ['a talk of mine', call({}), looker(), ['hold', 'transfer'], ['add', 'park', 'mute', 'digits', 'hang-up']],
  ['a talk that I hold', held, looker(), ['resume', 'transfer'], ['add', 'park', 'mute', 'digits', 'hang-up']],
  [
    'a recorded talk of mine',
    call({ recording: 'running' }),
    looker(),
    ['hold', 'transfer'],
    ['add', 'park', 'mute', 'digits', 'pause-recording', 'hang-up'],
  ],
  ['a talk of a colleague, to an operator', call({}), looker({ userId: 'boris' }), [], []],
  ['a talk, to a manager who may listen', call({}), manager, [], ['listen', 'whisper', 'barge', 'hang-up']],
  ['a call that rings at me', call({ state: 'ringing', legs: [client, ringing(anna)] }), looker(), [], ['decline']],
  [
    'a call that rings at a colleague',
    call({ state: 'ringing', legs: [client, ringing(boris)] }),
    looker(),
    ['pick-up'],
    [],
  ],
  [
    'a call that rings at a phone of mine that answers when told',
    call({ state: 'ringing', legs: [client, { ...ringing(anna), canAnswer: true }] }),
    looker(),
    ['answer'],
    ['decline'],
  ],
  [
    'a talk of mine that is muted here',
    call({ legs: [client, { ...anna, muted: true }] }),
    looker(),
    ['hold', 'transfer'],
    ['add', 'park', 'unmute', 'digits', 'hang-up'],
  ],
  ['a parked call', call({ state: 'parked', slot: '01', legs: [client] }), looker(), ['retrieve'], []],
  [
    'a conference of mine',
    call({ state: 'conferring', members: ['c.1', 'c.2'] }),
    looker(),
    ['add', 'hold'],
    ['mute', 'leave', 'hang-up'],
  ],
  ['a call that has ended', call({ state: 'ended' }), looker(), [], []],
])('%s', (_what, live, who, buttons, menu) => {
  expect(names(live, who)).toEqual([buttons, menu]);
});

describe('a transfer with announcement', () => {
  const consulting = call({ state: 'consulting', transferorLegId: 'c.2', legs: [client, anna, ringing(boris)] });

  it('is completed or called off by who makes it; all together once the target has answered', () => {
    expect(names(consulting, looker())).toEqual([
      ['complete', 'cancel'],
      ['mute', 'hang-up'],
    ]);
    const answered = { ...consulting, legs: [client, anna, boris] };
    expect(names(answered, looker())).toEqual([
      ['complete', 'cancel'],
      ['join', 'mute', 'hang-up'],
    ]);
  });

  it('is not the target’s to complete', () => {
    const answered = { ...consulting, legs: [client, anna, boris] };
    expect(names(answered, looker({ userId: 'boris' }))).toEqual([[], ['mute', 'leave']]);
  });
});

it('digits are for the far end’s leg, everything else for mine', () => {
  expect(find(call({}), 'digits')).toMatchObject({ legId: 'c.1' });
  expect(find(call({}), 'transfer')).toMatchObject({ legId: 'c.2' });
  expect(find(call({}), 'park')).toMatchObject({ path: 'park', body: { legId: 'c.2' } });
});

it('two talks of mine can be joined, by the leg of the other one', () => {
  const other = call({
    id: 'o',
    legs: [
      { ...client, id: 'o.1' },
      { ...anna, id: 'o.2' },
    ],
  });
  const merge = find(call({}), 'merge', looker({ calls: [call({}), other] }));
  expect(merge).toMatchObject({ path: 'conference', body: { legIds: ['o.2'] }, other: { id: 'o' } });
});

describe('who listens in', () => {
  const supervisor: LiveLeg = { ...boris, id: 'c.4', userId: 'manager' };
  const heard = call({
    state: 'conferring',
    members: ['c.1', 'c.2'],
    supervisors: [{ legId: 'c.4', userId: 'manager', how: 'listen' }],
    legs: [client, anna, supervisor],
  });

  it('is on the call, but it is no talk of theirs', () => {
    expect(myLeg(heard, 'manager')).toBeUndefined();
    expect(isMine(heard, 'manager')).toBe(true);
  });

  it('may do so another way, or stop', () => {
    expect(names(heard, manager)).toEqual([['stop-listening'], ['whisper', 'barge']]);
    expect(find(heard, 'stop-listening', manager)).toMatchObject({ path: 'hangup', body: { legId: 'c.4' } });
  });
});

it('what is switched off is not offered', () => {
  const without = (...off: readonly string[]) => looker({ features: features.filter((name) => !off.includes(name)) });
  expect(names(call({ recording: 'running' }), without('park', 'conferences', 'recording'))).toEqual([
    ['hold', 'transfer'],
    ['mute', 'digits', 'hang-up'],
  ]);
  const listens = { ...manager, features: without('supervision').features };
  expect(names(call({}), listens)).toEqual([[], ['hang-up']]);
});
