/** Lines of transcripts about queues and agents. */
import type { Directory } from '../../call-router/state/directory';
import type { AgentAsked } from '../../call-router/features/agent-status';
import type { Queue } from '../../call-router/state/office';
import { callOfLeg, numberIdOf, queueIdOf, routePlanIdOf, timerIdOf, userIdOf } from '../../call-router/values/ids';
import type { Player, Step } from './transcript';

const userOf = (extension = '') => userIdOf(`u${extension}`);

export const queueSteps: readonly (readonly [RegExp, Step])[] = [
  [/^(\d+) (logs in|logs out|pauses|resumes)( of \S+)?$/, agentAsks],
  [
    /^wrap-up timer of (\d+) fires$/,
    (p, [, extension]) =>
      p.post({ from: 'clock', type: 'timer-fired', timer: timerIdOf(userOf(extension), 'wrap-up') }),
  ],
  [/^queue timer fires$/, (p) => p.post({ from: 'clock', type: 'timer-fired', timer: timerIdOf(p.call, 'queue') })],
  /** A caller's key, which no gate withholds. */
  [
    /^caller presses (\d) on leg (\S+)$/,
    (p, [, digit = '', n = '']) => {
      const leg = p.leg(n);
      p.post({ from: 'media', type: 'digit-received', call: callOfLeg(leg), leg, digit, durationMs: 100 });
    },
  ],
  [/^number (\S+) leads to queue support, then to 103$/, standsInPlan],
  [/^queue (\S+) is removed$/, (p, [, id = '']) => changed(p, id, () => undefined)],
  [
    /^queue (\S+) is (\S+)$/,
    (p, [, id = '', strategy]) => changed(p, id, (queue) => ({ ...queue, ...strategyOf(strategy) })),
  ],
  [/^queue (\S+) rings who talks$/, (p, [, id = '']) => changed(p, id, (queue) => ({ ...queue, ringsBusy: true }))],
  [
    /^queue (\S+) overflows to queue (\S+)$/,
    (p, [, id = '', to = '']) =>
      changed(p, id, (queue) => ({ ...queue, overflow: { to: 'queue', queueId: queueIdOf(to) } })),
  ],
  [/^(\d+) does not want to be disturbed$/, doNotDisturb],
];

const does: Readonly<Record<string, AgentAsked['what']>> = {
  'logs in': 'log-in',
  'logs out': 'log-out',
  pauses: 'pause',
  resumes: 'resume',
};

function agentAsks(p: Player, [, extension, what = '', queue = '']: readonly string[]): void {
  p.post({
    from: 'api',
    type: 'agent-asked',
    user: userOf(extension),
    what: does[what] ?? 'log-in',
    ...(what === 'pauses' ? { reason: 'lunch' } : {}),
    ...(queue === '' ? {} : { queue: queueIdOf(queue.replace(' of ', '')) }),
  });
}

const strategies = ['all', 'longest-idle', 'fewest-calls', 'round-robin', 'in-order', 'skills'] as const;

function strategyOf(name = ''): Pick<Queue, 'strategy'> {
  return { strategy: strategies.find((one) => one === name) ?? 'longest-idle' };
}

function changed(p: Player, name: string, change: (queue: Queue) => Queue | undefined): void {
  const { directory } = p.pbx.board.view;
  const id = queueIdOf(name);
  const queue = directory.queues.get(id);
  const next = queue === undefined ? undefined : change(queue);
  const queues = new Map(directory.queues);
  if (next === undefined) queues.delete(id);
  else queues.set(id, next);
  const office: Directory = { ...directory, queues };
  p.post({ from: 'store', type: 'directory-loaded', directory: office });
}

/** A queue as a step of a plan, with somebody behind it. */
function standsInPlan(p: Player, [, id = '']: readonly string[]): void {
  const { directory } = p.pbx.board.view;
  const plan = routePlanIdOf('by-queue');
  const route = { to: 'menu', planId: plan } as const;
  const targets = [{ userId: userOf('103') }];
  p.post({
    from: 'store',
    type: 'directory-loaded',
    directory: {
      ...directory,
      numbers: directory.numbers.map((number) => (number.id === numberIdOf(id) ? { ...number, route } : number)),
      plans: new Map(directory.plans).set(plan, {
        id: plan,
        name: 'Queue, then Cyril',
        start: 'wait',
        steps: {
          wait: { kind: 'queue', queueId: queueIdOf('support'), next: 'cyril' },
          cyril: { kind: 'ring', order: 'all', targets, ringS: 20 },
        },
      }),
    },
  });
}

function doNotDisturb(p: Player, [, extension]: readonly string[]): void {
  p.post({ from: 'api', type: 'person-asked', user: userOf(extension), person: { doNotDisturb: true } });
}
