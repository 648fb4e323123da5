/** Codes of agents, how agents and queues stand, and how long a wait is estimated to be. */
import { agentByCode } from '../../../call-router/features/agent-status';
import { agentsNow, queueNow } from '../../../call-router/features/queue-now';
import type { PbxEvent } from '../../../call-router/event';
import { queueIdOf, userIdOf } from '../../../call-router/values/ids';
import { office } from '../../fakes/office';
import { fakePbx, type Untimed } from '../../fakes/pbx';
import { Player } from '../../scenarios/transcript';

const anna = userIdOf('u101');
const support = queueIdOf('support');

function codes(...dialled: readonly ('log-in' | 'log-out' | 'pause')[]): readonly string[] {
  const pbx = fakePbx();
  return dialled.map((what) => {
    const { changes, prompt } = agentByCode(pbx.board.view, { user: anna, what, at: pbx.now() });
    const event: Untimed<PbxEvent> = { from: 'api', type: 'agent-asked', user: anna, what };
    if (changes.length > 0) pbx.post(prompt === 'agent-resumed' ? { ...event, what: 'resume' } : event);
    return prompt;
  });
}

test('each code says what it did; the pause code is its own way back', () => {
  expect(codes('log-in', 'pause', 'pause', 'log-out')).toEqual([
    'agent-in',
    'agent-paused',
    'agent-resumed',
    'agent-out',
  ]);
});

test('who is a member of no queue hears so, and nothing changes', () => {
  const pbx = fakePbx();
  pbx.post({ from: 'store', type: 'directory-loaded', directory: { ...office, queues: new Map() } });
  const asked = agentByCode(pbx.board.view, { user: anna, what: 'log-in', at: pbx.now() });
  expect(asked).toEqual({ changes: [], effects: [], prompt: 'not-an-agent' });
});

function after(...lines: readonly string[]) {
  const player = new Player();
  for (const line of lines) player.happen(line);
  const { view } = player.pbx.board;
  const at = player.pbx.now();
  return {
    queue: queueNow(view, { queue: support, at }),
    agents: Object.fromEntries(agentsNow(view, at).map(({ user, standing }) => [user, standing])),
  };
}

const call = (n: number) => `trunk provider calls +420210000021 from 77712345${n}`;

test('each agent stands somewhere', () => {
  const { agents, queue } = after('101 logs in', '102 logs in', '102 pauses', call(1));
  expect(agents).toEqual({ u101: 'ringing', u102: 'paused', u103: 'out' });
  expect(queue?.agents).toMatchObject({ ringing: 1, paused: 1, out: 1, free: 0 });
  expect(queue?.calls).toEqual([expect.objectContaining({ call: 'c1', offeredTo: ['u101'] })]);
});

test('a talk, then its wrap-up, then free again', () => {
  const talk = ['102 logs in', call(1), 'leg 2 answers'];
  expect(after(...talk).agents).toMatchObject({ u102: 'talking' });
  expect(after(...talk, 'leg 1 hangs up').agents).toMatchObject({ u102: 'wrap-up' });
  expect(after(...talk, 'leg 1 hangs up', 'pass 10 s').agents).toMatchObject({ u102: 'free' });
  expect(after(...talk, 'leg 1 hangs up', '102 resumes').agents).toMatchObject({ u102: 'free' });
});

test('answers, late ones, hang-ups and overflows are counted', () => {
  const answered = ['102 logs in', call(1), 'leg 2 answers', 'leg 1 hangs up', 'pass 10 s'];
  const late = [call(2), 'leg 2 refuses with 486', 'pass 25 s', 'queue timer fires', 'leg 3 answers', 'leg 3 hangs up'];
  const gaveUp = ['pass 10 s', call(3), 'leg 1 hangs up'];
  const turnedAway = ['102 logs out', call(4)];
  expect(after(...answered, ...late, ...gaveUp, ...turnedAway).queue).toMatchObject({
    answered: 2,
    answeredInTime: 1,
    abandoned: 1,
    overflowed: 1,
  });
});

test('a wait is estimated from the last calls, and shared by the agents at work', () => {
  const minutes = (...lines: readonly string[]): number => (after(...lines).queue?.estimateMs ?? NaN) / 60_000;
  expect(minutes()).toBeNaN();
  expect(minutes('101 logs in')).toBe(3);
  expect(minutes('101 logs in', '102 logs in')).toBe(1.5);
  const talked = ['102 logs in', call(1), 'leg 2 answers', 'pass 50 s', 'leg 1 hangs up', 'pass 10 s'];
  expect(minutes(...talked)).toBe(1);
  expect(minutes(...talked, '102 pauses')).toBeNaN();
});
