/** Which way a call to a number of ours would go, and why: by the router's own rules, and nobody rings. */
import { Type } from '@sinclair/typebox';
import { explainRoute } from '../../../call-router/features/explain-route';
import { epochMs, numberIdOf, userIdOf } from '../../../call-router/values/ids';
import type { ApiDeps } from '../deps';
import { ProblemError } from '../problems';
import { language } from '../schemas/office-schemas';
import { type Api, closed, id, idInPath, line, list } from '../schemas/schema';

const asked = Type.Object(
  {
    at: Type.Optional(Type.String({ format: 'date-time', description: 'left out: now' })),
    caller: Type.Optional(line(64, 'a phone number in any format: whose client it is counts')),
    digits: Type.Optional(
      list(Type.String({ pattern: '^[0-9*#]{1,16}$', description: 'what is pressed in each menu' }), 20),
    ),
    language: Type.Optional(language),
  },
  closed,
);
const step = Type.Object({
  kind: Type.String({ description: 'of a step, or person, language, missing, circle, fallback, end' }),
  why: Type.String(),
  plan: Type.Optional(id),
  step: Type.Optional(Type.String()),
  userIds: Type.Optional(list(id)),
});

export function explainRoutes(app: Api, deps: ApiDeps): void {
  app.post(
    '/api/numbers/:id/explain',
    {
      config: { audience: 'administrator' },
      schema: {
        tags: ['numbers'],
        summary: 'Which way a call would go, for this caller and time, and why',
        params: idInPath,
        body: asked,
        response: { 200: Type.Object({ items: list(step) }) },
      },
    },
    async (request) => {
      const number = numberIdOf(request.params.id);
      const directory = deps.directory();
      if (!directory.numbers.some((own) => own.id === number)) throw new ProblemError('not-found');
      const { at, caller, digits, language: heard } = request.body;
      const responsible = caller === undefined ? undefined : await responsibleFor(deps, caller);
      return {
        items: explainRoute(directory, {
          number,
          people: { person: deps.personOf, hasPhone: deps.hasPhone },
          at: at === undefined ? deps.clock.now() : epochMs(Date.parse(at)),
          ...(responsible === undefined ? {} : { clientResponsible: userIdOf(responsible) }),
          ...(digits === undefined ? {} : { digits }),
          ...(heard === undefined ? {} : { language: heard }),
        }),
      };
    },
  );
}

/** As a call finds its client: contacts first, then companies, then leads. */
async function responsibleFor({ reading }: ApiDeps, phone: string): Promise<string | undefined> {
  const asked = { viewer: { userId: '', role: 'system' } as const, phone, limit: 1 };
  for (const list of ['list-contacts', 'list-companies', 'list-leads'] as const) {
    const [found] = (await reading(list, asked)).items;
    if (found !== undefined) return found.responsibleUserId;
  }
  return undefined;
}
