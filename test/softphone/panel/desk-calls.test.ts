/** My calls as the panel shows them, and what it offers for each: on the headset, on my desk phone, and before the server has told. */
import { features } from '../../../call-router/state/feature-switch';
import type { LiveCall, LiveLeg } from '../../../server/api/messages';
import { deskCalls, type DeskCall } from '../../../softphone/src/panel/desk-calls';
import { offersFor } from '../../../softphone/src/panel/panel-commands';
import type { HeadsetCall, HeadsetCallState } from '../../../softphone/src/phone/phone-state';

const client: LiveLeg = { id: 'c.1', direction: 'incoming', state: 'answered', trunkId: 't' };
const mine = (state: LiveLeg['state']): LiveLeg => ({
  id: 'c.2',
  direction: 'outgoing',
  state,
  userId: 'anna',
  deviceId: 'd',
});
const live = (fields: Partial<LiveCall>): LiveCall => ({
  id: 'c',
  direction: 'inbound',
  state: 'talking',
  startedAt: '2026-11-23T10:00:00.000Z',
  caller: { typed: '777' },
  callee: { typed: '210' },
  rangUserIds: ['anna'],
  recording: 'none',
  legs: [client, mine('answered')],
  ...fields,
});
const talking: HeadsetCallState = { in: 'talking', since: 0, muted: false, audio: 'flows' };
const headset = (state: HeadsetCallState, callId?: string): HeadsetCall => ({
  id: `h-${callId ?? 'new'}`,
  number: '777',
  state,
  ...(callId === undefined ? {} : { callId }),
});
const shown = (calls: readonly LiveCall[], onHeadset: readonly HeadsetCall[] = []): readonly DeskCall[] =>
  deskCalls({ live: calls, headset: onHeadset, userId: 'anna' });
const offered = (call: DeskCall | undefined): string => {
  if (call === undefined) return 'no call';
  const { keys, menu, end } = offersFor(call, {
    userId: 'anna',
    role: 'operator',
    maySupervise: false,
    calls: [],
    features,
  });
  const words = (offers: typeof keys) => offers.map(({ name, by }) => (by === 'server' ? `${name}*` : name)).join(' ');
  return `${words(keys)} | ${words(menu)} | ${end === undefined ? '' : words([end])}`;
};

it('a call on the headset and on the server is one', () => {
  const [call, ...others] = shown([live({})], [headset(talking, 'c')]);
  expect(others).toEqual([]);
  expect(call).toMatchObject({ key: 'c', stage: 'talk', headset: { id: 'h-c' }, live: { id: 'c' } });
  expect(offered(call)).toBe('mute hold digits transfer* | add* park* | hang-up');
});

it('a leg that was picked up from another call keeps its name: it is the call it talks in now', () => {
  const [call, ...others] = shown([live({ id: 'taken' })], [headset(talking, 'c')]);
  expect(others).toEqual([]);
  expect(call).toMatchObject({ key: 'taken', headset: { id: 'h-c' } });
});

it('the same on my desk phone goes through the server', () => {
  const [call] = shown([live({ recording: 'running' })]);
  expect(call).toMatchObject({ stage: 'talk', headset: undefined });
  expect(offered(call)).toBe('mute* hold* digits* transfer* | add* park* pause-recording* | hang-up*');
});

it('is there before the server has told of it', () => {
  expect(offered(shown([], [headset({ in: 'ringing' })])[0])).toBe('answer |  | decline');
  expect(offered(shown([], [headset({ in: 'dialling' })])[0])).toBe(' |  | hang-up');
});

it('rings on both: the headset answers, and declines for both', () => {
  const ringing = live({
    state: 'ringing',
    legs: [client, { ...mine('ringing'), canAnswer: true }, { ...mine('ringing'), id: 'c.3' }],
  });
  expect(offered(shown([ringing], [headset({ in: 'ringing' }, 'c')])[0])).toBe('answer |  | decline');
  expect(offered(shown([ringing])[0])).toBe('answer* |  | decline*');
});

it('a call that I hold is resumed where it was held', () => {
  const held = { ...talking, in: 'held' } as const;
  expect(offered(shown([live({ legs: [client, mine('held')] })], [headset(held, 'c')])[0])).toBe(
    'resume transfer* | add* park* | hang-up',
  );
});

it('in a conference the headset leaves; ending it for all is in the menu', () => {
  const conference = live({ state: 'conferring', members: ['c.1', 'c.2'] });
  expect(offered(shown([conference], [headset(talking, 'c')])[0])).toBe('mute hold digits | add* hang-up* | leave');
});

it('ringing stands first, then the talk, then who waits; what others do is not mine', () => {
  const other = live({ id: 'o', legs: [client, { ...mine('answered'), userId: 'boris' }] });
  const ringing = live({ id: 'r', state: 'ringing', legs: [client, mine('ringing')] });
  const waits = live({ id: 'w', legs: [client, mine('held')] });
  expect(shown([waits, live({}), other, ringing]).map(({ key }) => key)).toEqual(['r', 'c', 'w']);
});
