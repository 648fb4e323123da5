/** What waits for somebody: missed calls, notices, and for administrators alarms. */
import type { Static } from '@sinclair/typebox';
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { valueOf } from '../problems';
import {
  alarm,
  alarmPatch,
  alarmQuery,
  desk,
  missedCall,
  missedCallQuery,
  notice,
  noticePatch,
  noticeQuery,
} from '../schemas/desk-schemas';
import { type Api, idInPath, pageOf } from '../schemas/schema';
import { type Asker, viewerOf } from '../who-asks';

export function attentionRoutes(app: Api, deps: ApiDeps): void {
  const { reading } = deps;
  app.get(
    '/api/missed-calls',
    {
      schema: {
        tags: ['calls'],
        summary: 'Calls that nobody answered: mine, or of a person, group or number; and who reached the caller since',
        querystring: missedCallQuery,
        response: { 200: pageOf(missedCall) },
      },
    },
    async (request) =>
      valueOf(await reading('list-missed-calls', { viewer: viewerOf(askerOf(request)), ...request.query })),
  );
  app.get(
    '/api/me/desk',
    {
      schema: {
        tags: ['me'],
        summary: 'What waits for me, counted, and what of the office is mine',
        response: { 200: desk },
      },
    },
    (request) => deskOf(deps, askerOf(request)),
  );
  noticeRoutes(app, deps);
  alarmRoutes(app, deps);
}

async function deskOf({ reading, directory }: ApiDeps, { userId = '', role }: Asker): Promise<Static<typeof desk>> {
  const waiting = await reading('count-waiting', { userId });
  const office = directory();
  const { voicemail, queues, supervision } = office.features;
  const isMe = (id: string): boolean => id === userId;
  const groups = [...office.groups.values()];
  const mine = groups.filter((group) => group.userIds.some(isMe));
  const mailboxes = voicemail ? [...office.mailboxes.values()] : [];
  const person = [...office.users.values()].find(({ id }) => isMe(id));
  return {
    ...waiting,
    newMessages: voicemail ? waiting.newMessages : 0,
    hasOwnMailbox: mailboxes.some((mailbox) => mailbox.userId === userId),
    mailboxes: named(
      mailboxes.filter(({ userId: of, groupId }) => of === userId || mine.some((group) => group.id === groupId)),
    ),
    groups: named(mine),
    queues: named(
      [...office.queues.values()].filter(
        ({ members }) => queues && (role !== 'operator' || members.some((member) => isMe(member.userId))),
      ),
    ),
    maySupervise:
      supervision &&
      (person?.rights.includes('supervise') === true || groups.some(({ headUserId }) => headUserId === userId)),
  };
}

const named = (objects: readonly { readonly id: string; readonly name: string }[]) =>
  objects.map(({ id, name }) => ({ id, name }));

function noticeRoutes(app: Api, { reading }: ApiDeps): void {
  const tags = ['notices'];
  app.get(
    '/api/notices',
    { schema: { tags, summary: 'Mine, newest first', querystring: noticeQuery, response: { 200: pageOf(notice) } } },
    (request) => reading('list-notices', { viewer: viewerOf(askerOf(request)), ...request.query }),
  );
  app.patch(
    '/api/notices/:id',
    {
      schema: { tags, summary: 'It was read', params: idInPath, body: noticePatch, response: { 200: notice } },
    },
    async (request) => valueOf(await reading('read-notice', { viewer: viewerOf(askerOf(request)), ...request.params })),
  );
}

function alarmRoutes(app: Api, { reading }: ApiDeps): void {
  const tags = ['alarms'];
  const config = { audience: 'administrator' } as const;
  app.get(
    '/api/alarms',
    {
      config,
      schema: { tags, summary: 'Alarms, newest first', querystring: alarmQuery, response: { 200: pageOf(alarm) } },
    },
    (request) => reading('list-alarms', { viewer: viewerOf(askerOf(request)), ...request.query }),
  );
  app.patch(
    '/api/alarms/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Somebody has seen to it',
        params: idInPath,
        body: alarmPatch,
        response: { 200: alarm },
      },
    },
    async (request) => valueOf(await reading('lift-alarm', { viewer: viewerOf(askerOf(request)), ...request.params })),
  );
}
