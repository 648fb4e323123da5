/** A mobile number is verified: called, told a code, and the code read back by its owner or an administrator. */
import { Type } from '@sinclair/typebox';
import { numberIdOf } from '../../../call-router/values/ids';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { ProblemError, valueOf } from '../problems';
import { ownNumber } from '../schemas/office-schemas';
import { type Api, closed, idInPath } from '../schemas/schema';
import type { Asker } from '../who-asks';
import { problemOfCommand } from './call-command-routes';

const tags = ['numbers'];
const code = Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$', description: 'as it was said' }) }, closed);

export function mobileRoutes(app: Api, deps: ApiDeps): void {
  app.post(
    '/api/numbers/:id/verification',
    {
      schema: {
        tags,
        summary: 'Call this mobile and say a code to whoever answers',
        params: idInPath,
        body: Type.Object({}, closed),
        response: { 202: Type.Object({ number: Type.String() }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      checkOwner(deps, askerOf(request), id);
      const called = await deps.commands.callMobile({ number: numberIdOf(id) });
      if (!called.ok) throw problemOfCommand(called.problem);
      return reply.code(202).send({ number: numberCalled(deps, id) });
    },
  );
  app.post(
    '/api/numbers/:id/verification/code',
    {
      schema: {
        tags,
        summary: 'The code that was said: the number is verified',
        params: idInPath,
        body: code,
        response: { 200: ownNumber },
      },
    },
    async (request) => {
      const { id } = request.params;
      checkOwner(deps, askerOf(request), id);
      const proved = await deps.commands.proveMobile({ number: numberIdOf(id), code: request.body.code });
      if (!proved.ok) throw problemOfCommand(proved.problem);
      const verified = valueOf(await deps.reading('set-number-verified', { id, isVerified: true }));
      await deps.directoryChanged();
      return verified;
    },
  );
}

/** Another's is not there for who is no administrator. */
function checkOwner({ directory }: ApiDeps, asker: Asker, id: string): void {
  const number = directory().numbers.find((own) => own.id === id);
  if (number === undefined) throw new ProblemError('not-found');
  if (asker.role !== 'administrator' && number.ownerUserId !== asker.userId) throw new ProblemError('not-found');
}

function numberCalled({ directory }: ApiDeps, id: string): string {
  const match = directory().numbers.find((own) => own.id === id)?.match;
  return match?.kind === 'exact' ? match.number : '';
}
