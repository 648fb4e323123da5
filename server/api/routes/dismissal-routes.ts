/** Somebody leaves: one request ends their phones, log-ins and tokens and hands what was theirs to a colleague. */
import { mailboxIdOf } from '../../../call-router/values/ids';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { valueOf } from '../problems';
import { dismissal, dismissalToMake } from '../schemas/people-schemas';
import { type Api, idInPath } from '../schemas/schema';

export function dismissalRoutes(app: Api, deps: ApiDeps): void {
  const { reading } = deps;
  app.post(
    '/api/users/:id/dismissal',
    {
      config: { audience: 'administrator' },
      schema: {
        tags: ['users'],
        summary: 'Dismiss a person: their access ends at once, what was theirs is a colleague’s',
        description:
          'Clients, leads, deals, numbers, routes, groups, queues, mailboxes and open missed calls pass to the successor; calls keep showing who it was. PATCH /api/users/:id {"disabled": false} lets them in again, without phones.',
        params: idInPath,
        body: dismissalToMake,
        response: { 200: dismissal },
      },
    },
    async (request) => {
      const { userId: by = '' } = askerOf(request);
      const done = valueOf(await reading('dismiss-user', { ...request.params, ...request.body, by }));
      await deps.directoryChanged();
      // Messages may be another mailbox's now: its lamp follows.
      for (const count of await reading('load-mailbox-counts', undefined))
        if (deps.directory().mailboxes.has(mailboxIdOf(count.mailbox))) deps.mailboxCounted(count);
      return done;
    },
  );
}
