/** Settings of the administrator: from where people may log in, trusted proxies, callers that never make records. */
import { Type } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import { askerOf } from '../access';
import { type AccessRules, isAllowed, isRange } from '../access-rules';
import { seenBehind } from '../behind-proxies';
import type { ApiDeps } from '../deps';
import { ProblemError, valueOf } from '../problems';
import { loginRanges, ranges } from '../schemas/office-schemas';
import { type Api, closed, line, list } from '../schemas/schema';

const numbers = Type.Object({ numbers: list(line(64, 'a phone number in any format'), 10_000) }, closed);
const proxies = Type.Object({ proxies: ranges }, closed);
const tags = ['settings'];
const config = { audience: 'administrator' } as const;

export function settingsRoutes(app: Api, deps: ApiDeps, rules: AccessRules): void {
  app.get(
    '/api/settings/login-ranges',
    { config, schema: { tags, summary: 'From where each role may log in', response: { 200: loginRanges } } },
    async () => rules.ranges(),
  );
  app.put(
    '/api/settings/login-ranges',
    {
      config,
      schema: {
        tags,
        summary: 'Change it; an empty list: anywhere',
        body: loginRanges,
        response: { 200: loginRanges },
      },
    },
    async (request) => {
      const { body } = request;
      checkRanges({ administrator: body.administrator, manager: body.manager, operator: body.operator });
      const asker = askerOf(request);
      // A token is bound to no range, but by its script all administrators would be locked out of the pages.
      if (!isAllowed(body[asker.by === 'cookie' ? asker.role : 'administrator'], request.ip)) {
        throw new ProblemError('conflict', { detail: 'This rule would shut you out of the address you are at.' });
      }
      await rules.setRanges(body);
      return rules.ranges();
    },
  );
  proxyRoutes(app, rules);
  neverRecordRoutes(app, deps);
}

function proxyRoutes(app: Api, rules: AccessRules): void {
  app.get(
    '/api/settings/trusted-proxies',
    { config, schema: { tags, summary: 'Proxies whose X-Forwarded-* is believed', response: { 200: proxies } } },
    async () => ({ proxies: rules.proxies() }),
  );
  app.put(
    '/api/settings/trusted-proxies',
    { config, schema: { tags, summary: 'Change them', body: proxies, response: { 200: proxies } } },
    async (request) => {
      checkRanges({ proxies: request.body.proxies });
      checkAuthorStays(request, rules, request.body.proxies);
      await rules.setProxies(request.body.proxies);
      return { proxies: rules.proxies() };
    },
  );
}

/** Under the new list the author's requests may come from an address outside the ranges, or to a name that is not ours. */
function checkAuthorStays(request: FastifyRequest, rules: AccessRules, proxies: readonly string[]): void {
  const asker = askerOf(request);
  if (asker.by !== 'cookie') return;
  const { address, origin } = seenBehind(proxies, request);
  if (rules.mayLogIn(asker.role, address) && origin === request.headers.origin?.toLowerCase()) return;
  throw new ProblemError('conflict', { detail: 'Without this proxy you would be shut out.' });
}

function neverRecordRoutes(app: Api, deps: ApiDeps): void {
  app.get(
    '/api/settings/never-record',
    { config, schema: { tags, summary: 'Callers that never make records', response: { 200: numbers } } },
    async () => ({ numbers: await deps.reading('list-never-record', undefined) }),
  );
  app.put(
    '/api/settings/never-record',
    { config, schema: { tags, summary: 'The whole list', body: numbers, response: { 200: numbers } } },
    async (request) => {
      const saved = valueOf(await deps.reading('replace-never-record', { numbers: request.body.numbers }));
      await deps.directoryChanged();
      return { numbers: saved };
    },
  );
}

function checkRanges(lists: Readonly<Record<string, readonly string[]>>): void {
  const errors = Object.entries(lists).flatMap(([field, items]) =>
    items.flatMap((item, index) =>
      isRange(item) ? [] : [{ field: `${field}.${index}`, message: 'must be an address or a range like 10.0.0.0/8' }],
    ),
  );
  if (errors.length > 0) throw new ProblemError('invalid', { errors });
}
