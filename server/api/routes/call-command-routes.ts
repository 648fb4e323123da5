/** Commands on live calls. Each answers 202 with the call as it is then, or 409 with the reason why it cannot be. */
import type { Static } from '@sinclair/typebox';
import { assertNever } from '../../../call-router/values/assert';
import type { Call } from '../../../call-router/state/call';
import { type CallId, callIdOf, numberIdOf, type UserId, userIdOf } from '../../../call-router/values/ids';
import type { Viewer } from '../../../prisma/who';
import { askerOf } from '../access';
import { digitsLegAsked, hangUpAsked, legAsked, mayCommand, mustTalk } from '../call-rights';
import type { CommandProblem, Done } from '../commands';
import type { ApiDeps } from '../deps';
import { liveCallOf, maySee } from '../live-calls';
import type { LiveCall } from '../messages';
import { invalid, ProblemError, valueOf } from '../problems';
import {
  anyLegOfCall,
  callToMake,
  digitsToSend,
  legOfCall,
  liveCall,
  pickerOfCall,
  recordingToTurn,
  transferToMake,
} from '../schemas/call-schemas';
import { type Api, idInPath } from '../schemas/schema';
import { type Asker, viewerOf } from '../who-asks';

const tags = ['calls'];
const params = idInPath;
const response = { 202: liveCall };

export function callCommandRoutes(app: Api, deps: ApiDeps): void {
  const summary = 'Call for a person: their phones ring first';
  app.post('/api/calls', { schema: { tags, summary, body: callToMake, response } }, async (request, reply) =>
    reply.code(202).send(await makeCall(deps, askerOf(request), request.body)),
  );
  app.post(
    '/api/calls/:id/hangup',
    { schema: { tags, summary: 'End a call, or one leg of it', params, body: anyLegOfCall, response } },
    async (request, reply) =>
      reply.code(202).send(
        await commanded(deps, request, (asker, live) => {
          const leg = hangUpAsked(asker, live, request.body.legId);
          return deps.commands.hangUp({ call: live.id, ...(leg === undefined ? {} : { leg }) });
        }),
      ),
  );
  inCallRoutes(app, deps);
  legRoutes(app, deps);
  transferRoute(app, deps);
}

function inCallRoutes(app: Api, deps: ApiDeps): void {
  const { commands } = deps;
  app.post(
    '/api/calls/:id/digits',
    { schema: { tags, summary: 'Press keys for the far end of a leg', params, body: digitsToSend, response } },
    async (request, reply) => {
      const { legId, digits } = request.body;
      return reply
        .code(202)
        .send(
          await commanded(deps, request, (asker, live) =>
            commands.sendDigits({ call: live.id, leg: digitsLegAsked(asker, live, legId), digits }),
          ),
        );
    },
  );
  takingRoutes(app, deps);
  app.post(
    '/api/calls/:id/recording',
    { schema: { tags, summary: 'Pause or resume the recording', params, body: recordingToTurn, response } },
    async (request, reply) =>
      reply.code(202).send(
        await commanded(deps, request, (asker, live) => {
          mustTalk(asker, live);
          return commands.turnRecording({ call: live.id, state: request.body.state });
        }),
      ),
  );
}

/** What is waiting anywhere in the office comes to the phones of whoever takes it. */
const takings = [
  ['pickup', 'pickUp', 'Take a ringing call: the phones of this person ring for it too'],
  ['retrieve', 'retrieve', 'Take a parked call out of its slot: the phones of this person ring for it'],
] as const;

function takingRoutes(app: Api, deps: ApiDeps): void {
  for (const [path, command, summary] of takings)
    app.post(
      `/api/calls/:id/${path}`,
      { schema: { tags, summary, params, body: pickerOfCall, response } },
      async (request, reply) =>
        reply
          .code(202)
          .send(
            await taken(deps, askerOf(request), { ...request.params, ...request.body, by: deps.commands[command] }),
          ),
    );
}

/** Commands that name one leg and nothing else: what each is called in the address, does, and says of itself. */
const legCommands = [
  ['hold', 'hold', 'The far end of this leg hears music until resumed'],
  ['resume', 'resume', 'Back to the far end that was held'],
  ['mute', 'mute', 'What this leg says is heard by nobody, and is silence in the recording'],
  ['unmute', 'unmute', 'This leg is heard again'],
  ['answer', 'answer', 'The phone of this leg rings and answers, hands-free; only where the leg says `canAnswer`'],
  ['park', 'park', 'The far end of this leg waits in the lowest free slot; whoever parked it hears which'],
  ['transfer/complete', 'completeTransfer', 'Leave customer and target together'],
  ['transfer/cancel', 'cancelTransfer', 'Back to the customer'],
] as const;

function legRoutes(app: Api, deps: ApiDeps): void {
  for (const [path, command, summary] of legCommands)
    app.post(
      `/api/calls/:id/${path}`,
      { schema: { tags, summary, params, body: legOfCall, response } },
      async (request, reply) =>
        reply
          .code(202)
          .send(
            await commanded(deps, request, (asker, live) =>
              deps.commands[command]({ call: live.id, leg: legAsked(asker, live, request.body.legId) }),
            ),
          ),
    );
}

function transferRoute(app: Api, deps: ApiDeps): void {
  app.post(
    '/api/calls/:id/transfer',
    { schema: { tags, summary: 'Pass the far end of a leg on', params, body: transferToMake, response } },
    async (request, reply) => {
      const { legId, to, kind } = request.body;
      return reply
        .code(202)
        .send(
          await commanded(deps, request, (asker, live) =>
            deps.commands.transfer({ call: live.id, leg: legAsked(asker, live, legId), to, kind }),
          ),
        );
    },
  );
}

async function makeCall(deps: ApiDeps, asker: Asker, body: Static<typeof callToMake>): Promise<LiveCall> {
  if (asker.role === 'operator' && body.fromUserId !== asker.userId) throw invalid('fromUserId', 'must be yourself');
  const made = await deps.commands.call({
    user: userIdOf(body.fromUserId),
    to: body.to,
    ...(body.via === undefined ? {} : { via: body.via }),
    ...(body.fromNumberId === undefined ? {} : { number: numberIdOf(body.fromNumberId) }),
  });
  if (!made.ok) throw problemOfCommand(made.problem);
  return liveAfter(deps, viewerOf(asker), { id: made.value, before: undefined });
}

interface Taking {
  readonly id: string;
  readonly userId?: string;
  readonly by: (asked: { readonly call: CallId; readonly user: UserId }) => Done;
}

/** Any waiting call of the office may be taken, also one that does not ring for whoever takes it; an operator for themself. */
async function taken(deps: ApiDeps, asker: Asker, asked: Taking): Promise<LiveCall> {
  const userId = asked.userId ?? asker.userId;
  if (userId === undefined) throw invalid('userId', 'is missing: this token is nobody’s');
  if (asker.role === 'operator' && userId !== asker.userId) throw invalid('userId', 'must be yourself');
  const live = deps.liveCalls().get(callIdOf(asked.id));
  if (live === undefined || live.state.in === 'ended') throw new ProblemError('not-found');
  const done = asked.by({ call: live.id, user: userIdOf(userId) });
  return after(deps, viewerOf(asker), { before: live, done });
}

/** 404 for a call they may not command, or none; 409 for one that has ended. */
async function liveCallAsked(deps: ApiDeps, asker: Asker, idAsked: string): Promise<Call> {
  const [viewer, id] = [viewerOf(asker), callIdOf(idAsked)];
  const live = deps.liveCalls().get(id);
  if (live !== undefined && live.state.in !== 'ended') {
    if (!maySee(viewer, live) || !mayCommand(asker, live)) throw new ProblemError('not-found');
    return live;
  }
  valueOf(await deps.reading('get-call', { viewer, id }));
  throw new ProblemError('conflict', { detail: 'The call has ended.' });
}

/** Whether they may command this call, then the command, then the call as it is after it. */
export async function commanded(
  deps: ApiDeps,
  request: Parameters<typeof askerOf>[0] & { readonly params: { readonly id: string } },
  command: (asker: Asker, live: Call) => Done,
): Promise<LiveCall> {
  const asker = askerOf(request);
  const live = await liveCallAsked(deps, asker, request.params.id);
  return after(deps, viewerOf(asker), { before: live, done: command(asker, live) });
}

interface CommandDone {
  readonly before: Call;
  readonly done: Done;
}

export async function after(deps: ApiDeps, viewer: Viewer, { before, done }: CommandDone): Promise<LiveCall> {
  const { id } = before;
  const shown = liveCallOf(viewer, before);
  const outcome = await done;
  if (!outcome.ok) throw problemOfCommand(outcome.problem);
  return liveAfter(deps, viewer, { id, before: shown });
}

/** The call as it is now; it may have gone in the meantime. */
function liveAfter(
  deps: ApiDeps,
  viewer: Viewer,
  { id, before }: { readonly id: CallId; readonly before: LiveCall | undefined },
): LiveCall {
  const now = deps.liveCalls().get(id);
  if (now !== undefined) return liveCallOf(viewer, now);
  if (before !== undefined) return { ...before, state: 'ended' };
  throw new ProblemError('conflict', { detail: 'The call ended at once.' });
}

export function problemOfCommand(problem: CommandProblem): ProblemError {
  switch (problem.kind) {
    case 'not-found':
      return new ProblemError('not-found');
    case 'not-now':
      return new ProblemError('conflict', { detail: problem.why });
    case 'invalid':
      return invalid(problem.field, problem.why);
    case 'overloaded':
      return new ProblemError('overloaded', { retryAfterS: problem.retryAfterS });
    default:
      return assertNever(problem);
  }
}
