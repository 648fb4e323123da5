/** What waits for somebody: missed calls, notices, and for administrators alarms. */
import { askerOf } from '../access';
import type { ApiDeps } from '../deps';
import { deskNowOf } from '../desk-now';
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
import { viewerOf } from '../who-asks';

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
    async (request) => {
      const { userId = '', role } = askerOf(request);
      return deskNowOf(deps.directory(), { userId, role, waiting: await reading('count-waiting', { userId }) });
    },
  );
  noticeRoutes(app, deps);
  alarmRoutes(app, deps);
}

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
