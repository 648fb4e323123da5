/**
 * How far an administrator has come with the first start: what was made so far, so that it can be left and taken up again in any
 * browser. Nothing is set up by this itself; the steps use the same requests as the settings pages.
 */
import { type Static, Type } from '@sinclair/typebox';
import type { ApiDeps } from '../deps';
import { closed, id, oneOf, type Api } from '../schemas/schema';

const config = { audience: 'administrator' } as const;
const tags = ['settings'];
const key = 'first-start';

const progress = {
  state: oneOf(['open', 'skipped', 'done']),
  line: Type.Optional(oneOf(['rented', 'mobile', 'pbx'])),
  trunkId: Type.Optional(id),
  numberId: Type.Optional(id),
  userId: Type.Optional({ ...id, description: 'whom the number rings' }),
  phone: Type.Optional(oneOf(['browser', 'desk-phone'])),
};
const firstStart = Type.Object({
  ...progress,
  hasNumbers: Type.Boolean({ description: 'the office has a number already' }),
});
const toSave = Type.Object(progress, closed);
export type FirstStart = Static<typeof firstStart>;

export function firstStartRoutes(app: Api, deps: ApiDeps): void {
  const url = '/api/settings/first-start';
  app.get(
    url,
    { config, schema: { tags, summary: 'How far the first start has come', response: { 200: firstStart } } },
    () => firstStartNow(deps),
  );
  app.put(
    url,
    {
      config,
      schema: {
        tags,
        summary: 'Keep how far it has come: the whole of it',
        body: toSave,
        response: { 200: firstStart },
      },
    },
    async (request) => {
      await deps.reading('set-setting', { key, value: JSON.stringify(request.body) });
      return firstStartNow(deps);
    },
  );
}

const untouched: Static<typeof toSave> = { state: 'open' };

/** What was removed since is not made any more. */
async function firstStartNow({ reading, directory }: ApiDeps): Promise<FirstStart> {
  const text = await reading('get-setting', { key });
  const kept = text === undefined ? untouched : (JSON.parse(text) as Static<typeof toSave>); // written above only
  const { trunks, numbers, users } = directory();
  const { trunkId, numberId, userId, ...rest } = kept;
  return {
    ...rest,
    ...([...trunks.keys()].some((one) => one === trunkId) ? { trunkId } : {}),
    ...(numbers.some(({ id: one }) => one === numberId) ? { numberId } : {}),
    ...([...users.keys()].some((one) => one === userId) ? { userId } : {}),
    hasNumbers: numbers.length > 0,
  };
}
