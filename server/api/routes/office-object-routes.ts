/**
 * What the office sets up, each kind under its own plural: listed, made, shown, changed, removed. One builder for all, because
 * they differ in their schema only (schemas/office-object-schemas.ts); what is wrong beyond that prisma/office says.
 */
import type { OfficeKind, OfficeRow } from '../../../prisma/records';
import type { Route } from '../../../call-router/state/office';
import type { ApiDeps } from '../deps';
import { ownPrompts } from '../../own-prompts';
import { invalid, valueOf } from '../problems';
import { objectSchemas } from '../schemas/office-object-schemas';
import { type Api, idInPath, nothing, pageOf, pagingQuery } from '../schemas/schema';
import { checkRoute } from './number-rules';

interface Served {
  readonly kind: OfficeKind;
  readonly plural: string;
  readonly one: string;
  readonly many: string;
}

const served: readonly Served[] = [
  { kind: 'group', plural: 'groups', one: 'a group', many: 'Groups of people' },
  { kind: 'calendar', plural: 'calendars', one: 'a calendar', many: 'Opening hours' },
  { kind: 'plan', plural: 'route-plans', one: 'a route plan', many: 'Plans of steps that a call takes' },
  { kind: 'queue', plural: 'queues', one: 'a queue', many: 'Queues and their agents' },
  { kind: 'mailbox', plural: 'mailboxes', one: 'a mailbox', many: 'Mailboxes of people and groups' },
  { kind: 'room', plural: 'rooms', one: 'a conference room', many: 'Conference rooms' },
  { kind: 'outgoing-rule', plural: 'outgoing-rules', one: 'an outgoing rule', many: 'Which trunk calls go out on' },
  { kind: 'recording-rule', plural: 'recording-rules', one: 'a recording rule', many: 'Which calls are recorded' },
  { kind: 'lead-rule', plural: 'lead-rules', one: 'a lead rule', many: 'Who becomes responsible for new leads' },
];

const config = { audience: 'administrator' } as const;

export function officeObjectRoutes(app: Api, deps: ApiDeps): void {
  for (const kind of served) {
    listRoute(app, deps, kind);
    changingRoutes(app, deps, kind);
  }
  listRoute(app, deps, {
    kind: 'sound',
    plural: 'sounds',
    one: 'a sound',
    many: 'Uploaded greetings, music and prompts',
  });
}

function listRoute(app: Api, { reading }: ApiDeps, { kind, plural, many }: Served): void {
  const response = { 200: pageOf(objectSchemas(kind).shown) };
  app.get(
    `/api/${plural}`,
    { config, schema: { tags: [plural], summary: many, querystring: pagingQuery, response } },
    async () => ({ items: [...(await reading('list-objects', { kind }))] }),
  );
}

function changingRoutes(app: Api, deps: ApiDeps, { kind, plural, one }: Served): void {
  const { reading } = deps;
  const { shown, toCreate, patch } = objectSchemas(kind);
  const url = `/api/${plural}/:id`;
  const common = { tags: [plural], params: idInPath };
  const afterwards = async (row: OfficeRow): Promise<OfficeRow> => {
    await deps.directoryChanged();
    return row;
  };
  app.post(
    `/api/${plural}`,
    { config, schema: { tags: [plural], summary: `Add ${one}`, body: toCreate, response: { 201: shown } } },
    async (request, reply) => {
      checkOverflow(request.body);
      await checkPrompts(request.body);
      const made = valueOf(await reading('create-object', { kind, fields: request.body }));
      return reply.code(201).send(await afterwards(made));
    },
  );
  app.get(url, { config, schema: { ...common, summary: `Show ${one}`, response: { 200: shown } } }, async (request) =>
    valueOf(await reading('get-object', { kind, ...request.params })),
  );
  app.patch(
    url,
    { config, schema: { ...common, summary: `Change ${one}`, body: patch, response: { 200: shown } } },
    async (request) => {
      checkOverflow(request.body);
      await checkPrompts(request.body);
      return afterwards(valueOf(await reading('change-object', { kind, ...request.params, patch: request.body })));
    },
  );
  app.delete(
    url,
    { config, schema: { ...common, summary: `Remove ${one}`, response: { 204: nothing } } },
    async (request, reply) => {
      valueOf(await reading('remove-object', { kind, ...request.params }));
      await deps.directoryChanged();
      return reply.code(204).send(null);
    },
  );
}

/** The one route that stands in an object. Its members depend on its destination. */
function checkOverflow(fields: { readonly overflow?: Route | null }): void {
  const { overflow } = fields;
  if (overflow == null) return;
  checkRoute(overflow, 'overflow');
  // Nobody has dialled a number that could be passed on.
  if (overflow.to === 'external' && overflow.number === undefined)
    throw invalid('overflow.number', 'is missing: whom to call there');
}

/** Texts of ours are named; a name that we do not speak would be silence for the caller. */
async function checkPrompts(fields: unknown): Promise<void> {
  const said = [...textsIn(fields, '')];
  if (said.length === 0) return;
  const known = new Set((await ownPrompts()).map(({ name }) => name));
  const unknown = said.find(({ name }) => !known.has(name));
  if (unknown !== undefined)
    throw invalid(unknown.field, `${unknown.name} is no prompt of ours: GET /api/prompts lists them`);
}

interface Said {
  readonly field: string;
  readonly name: string;
}

/** Every `say` in what is to be saved, with its place. */
function* textsIn(value: unknown, field: string): Generator<Said> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const place = field === '' ? key : `${field}.${key}`;
    if (key === 'say' && typeof member === 'string') yield { field: place, name: member };
    else yield* textsIn(member, place);
  }
}
