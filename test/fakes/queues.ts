/** The queues of the small office. Nobody is logged in until a transcript says so. */
import type { Queue } from '../../call-router/state/office';
import type { OwnNumber } from '../../call-router/state/directory';
import { numberIdOf, queueIdOf, soundIdOf, trunkIdOf, userIdOf } from '../../call-router/values/ids';

const member = (extension: string, level: number, ...skills: readonly string[]) => ({
  userId: userIdOf(`u${extension}`),
  level,
  skills,
});

export const support: Queue = {
  id: queueIdOf('support'),
  name: 'Support',
  strategy: 'longest-idle',
  members: [member('101', 1), member('102', 2), member('103', 3)],
  ringS: 15,
  wrapUpS: 10,
  missesMax: 2,
  callsMax: 3,
  waitMaxS: 60,
  ringsBusy: false,
  announce: { everyS: 20, position: true, wait: true },
  callbackDigit: '1',
  serviceLevelS: 20,
  priorityCardIds: ['vip'],
};

/** Everybody rings at once; whom nobody serves, Cyril gets. */
export const everyone: Queue = {
  ...support,
  id: queueIdOf('everyone'),
  name: 'Everyone',
  strategy: 'all',
  wrapUpS: 0,
  missesMax: 0,
  callsMax: 20,
  overflow: { to: 'user', userId: userIdOf('u103') },
  announce: { everyS: 0, position: false, wait: false },
  greeting: [],
  musicId: soundIdOf('waltz'),
};

const number = (id: string, digits: string, queue: Queue): OwnNumber => ({
  id: numberIdOf(id),
  match: { kind: 'exact', number: digits },
  kind: 'rented',
  makes: 'lead',
  trunkId: trunkIdOf('provider'),
  route: { to: 'queue', queueId: queue.id },
});

export const queues: readonly Queue[] = [support, everyone];
export const queueNumbers: readonly OwnNumber[] = [
  number('support', '+420210000021', support),
  number('everyone', '+420210000022', everyone),
];
