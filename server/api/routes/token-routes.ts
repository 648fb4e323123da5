/** Tokens for automation: made by an administrator for a person, shown once, stored as a hash, ended at any time. */
import { type Static, Type } from '@sinclair/typebox';
import { epochMs } from '../../../call-router/values/ids';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { hashOfToken, randomToken } from '../passwords';
import { invalid, valueOf } from '../problems';
import { token } from '../schemas/office-schemas';
import { type Api, closed, id, idInPath, line, moment, nothing, pageOf } from '../schemas/schema';
import { type Asker, viewerOf } from '../who-asks';

const tokenToCreate = Type.Object(
  {
    name: line(100),
    userId: Type.Optional(id),
    expiresAt: Type.Optional(moment),
  },
  closed,
);
const newToken = Type.Object({
  id,
  name: Type.String(),
  userId: id,
  token: Type.String({ description: 'shown this once; send it as `Authorization: Bearer …`' }),
});
const tags = ['tokens'];
const config = { audience: 'administrator' } as const;

export function tokenRoutes(app: Api, deps: ApiDeps): void {
  app.get(
    '/api/tokens',
    { config, schema: { tags, summary: 'Tokens for automation', response: { 200: pageOf(token) } } },
    async () => ({ items: await deps.reading('list-tokens', undefined) }),
  );
  app.post(
    '/api/tokens',
    { config, schema: { tags, summary: 'Make a token', body: tokenToCreate, response: { 201: newToken } } },
    async (request, reply) => reply.code(201).send(await makeToken(deps, askerOf(request), request.body)),
  );
  app.delete(
    '/api/tokens/:id',
    { config, schema: { tags, summary: 'End a token', params: idInPath, response: { 204: nothing } } },
    async (request, reply) => {
      valueOf(await deps.reading('remove-token', { id: request.params.id }));
      return reply.code(204).send(null);
    },
  );
}

async function makeToken(
  deps: ApiDeps,
  asker: Asker,
  { name, userId = asker.userId, expiresAt }: Static<typeof tokenToCreate>,
): Promise<Static<typeof newToken>> {
  if (userId === undefined) throw invalid('userId', 'is missing: whose rights the token has');
  valueOf(await deps.reading('get-user', { viewer: viewerOf(asker), id: userId }));
  const expires = expiresAt === undefined ? undefined : epochMs(Date.parse(expiresAt));
  if (expires !== undefined && expires <= deps.clock.now()) throw invalid('expiresAt', 'is in the past');
  const made = randomToken();
  const tokenHash = hashOfToken(made);
  await deps.reading('open-login', {
    tokenHash,
    userId,
    kind: 'token',
    label: name,
    ...(expires === undefined ? {} : { expiresAt: expires }),
  });
  return { id: tokenHash.slice(0, 16), name, userId, token: made };
}
