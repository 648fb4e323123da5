/** How a queue stands now, for a wallboard. The queues themselves are made and changed in office-object-routes.ts. */
import type { Static } from '@sinclair/typebox';
import type { QueueNow } from '../../../call-router/features/queue-now';
import { queueIdOf } from '../../../call-router/values/ids';
import type { ApiDeps } from '../deps';
import { ProblemError } from '../problems';
import { queueNow } from '../schemas/queue-schemas';
import { type Api, idInPath } from '../schemas/schema';

export function queueRoutes(app: Api, deps: ApiDeps): void {
  const schema = {
    tags: ['queues'],
    summary: 'How this queue stands now: who waits, who is free, what was answered',
    params: idInPath,
    response: { 200: queueNow },
  };
  app.get('/api/queues/:id/now', { schema }, async (request) => {
    const id = queueIdOf(request.params.id);
    const now = deps.queueNow(id);
    if (now === undefined) throw new ProblemError('not-found');
    return shown(deps, now);
  });
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
const secondsOf = (ms: number): number => Math.max(0, Math.round(ms / 1000));

function shown({ clock, directory }: ApiDeps, now: QueueNow): Static<typeof queueNow> {
  const { calls, estimateMs, queue, ...counts } = now;
  const waits = calls.map(({ since }) => clock.now() - since);
  return {
    queueId: queue,
    name: directory().queues.get(queue)?.name ?? '',
    waiting: calls.length,
    longestWaitS: secondsOf(Math.max(0, ...waits)),
    ...(estimateMs === undefined ? {} : { estimateS: secondsOf(estimateMs) }),
    calls: calls.map(({ call, since, isPriority, isCallback, offeredTo }) => ({
      callId: call,
      since: isoOf(since),
      isPriority,
      isCallback,
      offeredToUserIds: offeredTo,
    })),
    ...counts,
  };
}
