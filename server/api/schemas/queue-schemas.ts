/** Schemas of how queues and agents stand now, and of what is asked of agents. */
import { Type } from '@sinclair/typebox';
import type { Standing } from '../../../call-router/features/agent-status';
import { closed, count, id, line, list, moment, oneOf } from './schema';

const isStanding: Readonly<Record<Standing, true>> = {
  out: true,
  paused: true,
  'do-not-disturb': true,
  unreachable: true,
  'wrap-up': true,
  ringing: true,
  talking: true,
  free: true,
};
const standings: readonly string[] = Object.keys(isStanding);
const standing = Type.Unsafe<Standing>({ type: 'string', enum: standings });

export const queueNow = Type.Object({
  queueId: id,
  name: Type.String(),
  waiting: count,
  longestWaitS: Type.Integer({ minimum: 0, description: '0: nobody waits' }),
  estimateS: Type.Optional(
    Type.Integer({ minimum: 0, description: 'what a caller who came now would wait; left out with no agent at work' }),
  ),
  calls: list(
    Type.Object({
      callId: id,
      since: moment,
      isPriority: Type.Boolean(),
      isCallback: Type.Boolean({ description: 'the caller has hung up and keeps the place' }),
      offeredToUserIds: list(id),
    }),
  ),
  agents: Type.Unsafe<Readonly<Record<Standing, number>>>(
    Type.Object(Object.fromEntries(standings.map((name) => [name, count])), {
      description: 'members of the queue by how they stand; `out` is logged out of it',
    }),
  ),
  answered: Type.Integer({ minimum: 0, description: 'since the service started, like the next three' }),
  answeredInTime: Type.Integer({ minimum: 0, description: 'within the service level' }),
  abandoned: count,
  overflowed: count,
});

export const agentNow = Type.Object({
  userId: id,
  name: Type.String(),
  standing,
  memberOfQueueIds: list(id),
  agentOfQueueIds: list(id),
  pause: Type.Optional(Type.Object({ reason: Type.String(), since: moment })),
  wrapUpUntil: Type.Optional(moment),
  callsTaken: Type.Integer({ minimum: 0, description: 'of queues, since the service started' }),
});

export const agentAsked = Type.Object(
  {
    what: oneOf(['log-in', 'log-out', 'pause', 'resume']),
    queueId: Type.Optional({ ...id, description: 'left out: all queues of which the person is a member' }),
    reason: Type.Optional(line(80, 'why the agent pauses')),
  },
  closed,
);
