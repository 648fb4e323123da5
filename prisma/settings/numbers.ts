/** Numbers of ours: rented, mobile, of the office; exact, a range ending in `*`, or `*` for all else on a trunk. */
import { parseE164 } from '../../call-router/values/number';
import { fail, type Result, succeed } from '../../call-router/values/result';
import type { Store, Tx } from '../connect';
import type { Answer, ListRequest, NumberFields, Patch, ReadingOperations, StoreProblem } from '../operations';
import { createdAfter, pageOf, pageSize } from '../paging';
import { clashAfter } from '../office/clash';
import { lockOffice, namedBy, unknownReference } from '../office/named';
import { answered, Refused } from '../problems';
import type { NumberRow, Page } from '../records';
import { isoTime, newId, present } from '../rows';
import type { OwnNumber, Trunk } from '../sqlite/generated/client';
import type { Reference } from '../office/references';
import { routeOf, routeProblem } from './routes';
import { laidOver } from '../laid-over';

export function numberRow(row: OwnNumber): NumberRow {
  return present<NumberRow>({
    id: row.id,
    number: row.number,
    kind: row.kind as NumberRow['kind'],
    trunkId: row.trunkId,
    name: row.name,
    line: row.line,
    route: routeOf(row.route),
    makes: row.makes as NumberRow['makes'],
    source: row.source,
    fallback: row.fallback === null ? null : routeOf(row.fallback),
    language: row.language as NumberRow['language'] | null,
    dutyUserId: row.dutyUserId,
    ownerUserId: row.ownerUserId,
    isVerified: row.isVerified,
    isCallThrough: row.isCallThrough,
    forMobileId: row.forMobileId,
    createdAt: isoTime(row.createdAt),
  });
}

export async function createNumber(
  store: Store,
  request: ReadingOperations['create-number']['request'],
): Promise<Answer<NumberRow>> {
  return answered(() =>
    store.write(async (tx) => {
      await lockOffice(store, tx);
      const columns = await columnsOf(store, tx, request);
      if (!columns.ok) return columns;
      const data = { ...columns.value, id: newId(), createdAt: BigInt(store.clock.now()) };
      const row = await tx.ownNumber.create({ data });
      await refuseClash(store, tx);
      return succeed(numberRow(row));
    }),
  );
}

export async function changeNumber(
  store: Store,
  request: ReadingOperations['change-number']['request'],
): Promise<Answer<NumberRow>> {
  const { id, patch } = request;
  return answered(() =>
    store.write(async (tx) => {
      await lockOffice(store, tx);
      const before = await tx.ownNumber.findUnique({ where: { id } });
      if (before === null) return fail({ kind: 'not-found' } as const);
      const whole = patched(numberRow(before), patch);
      if (!whole.ok) return whole;
      const columns = await columnsOf(store, tx, whole.value);
      if (!columns.ok) return columns;
      const { number, ownerUserId } = columns.value;
      const isVerified = before.isVerified && before.number === number && before.ownerUserId === ownerUserId;
      const row = await tx.ownNumber.update({ where: { id }, data: { ...columns.value, isVerified } });
      await refuseClash(store, tx);
      return succeed(numberRow(row));
    }),
  );
}

/** A code that hides it. */
async function refuseClash(store: Store, tx: Tx): Promise<void> {
  const clash = await clashAfter(store, tx, 'number');
  if (clash !== undefined) throw new Refused(clash);
}

export async function setNumberVerified(
  store: Store,
  { id, isVerified }: ReadingOperations['set-number-verified']['request'],
): Promise<Answer<NumberRow>> {
  return answered(() =>
    store.write(async (tx) => succeed(numberRow(await tx.ownNumber.update({ where: { id }, data: { isVerified } })))),
  );
}

function patched(row: NumberRow, patch: Patch<NumberFields>): Result<NumberFields, StoreProblem> {
  for (const field of ['number', 'kind', 'route', 'makes'] as const)
    if (patch[field] === null) return fail({ kind: 'invalid', field, why: 'cannot be removed' });
  return succeed(laidOver(row, patch) as NumberFields);
}

async function columnsOf(store: Store, tx: Tx, fields: NumberFields) {
  const trunk = fields.trunkId === undefined ? null : await tx.trunk.findUnique({ where: { id: fields.trunkId } });
  if (fields.trunkId !== undefined && trunk === null)
    return fail({ kind: 'unknown-reference', field: 'trunkId' } as const);
  const number = writtenNumber(fields, trunk, store.country);
  if (!number.ok) return number;
  const from = trunk ?? (fields.kind === 'office' ? 'inside' : undefined);
  const problem =
    fieldProblem(fields) ??
    (await routeProblem(tx, { route: fields.route, from, field: 'route' })) ??
    (fields.fallback === undefined
      ? undefined
      : await routeProblem(tx, { route: fields.fallback, from, field: 'fallback' })) ??
    (await unknownReference(tx, referencesOfNumber(fields)));
  if (problem !== undefined) return fail(problem);
  return succeed({
    number: number.value,
    numberKey: number.value.endsWith('*') ? `${fields.trunkId ?? ''} ${number.value}` : number.value,
    kind: fields.kind,
    trunkId: fields.trunkId ?? null,
    name: fields.name ?? null,
    line: fields.line ?? null,
    route: JSON.stringify(fields.route),
    makes: fields.makes ?? 'lead',
    source: fields.source ?? null,
    fallback: fields.fallback === undefined ? null : JSON.stringify(fields.fallback),
    language: fields.language ?? null,
    dutyUserId: fields.dutyUserId ?? null,
    ownerUserId: fields.ownerUserId ?? null,
    isCallThrough: fields.isCallThrough ?? false,
    forMobileId: fields.forMobileId ?? null,
  });
}

const referencesOfNumber = (fields: NumberFields): readonly Reference[] => [
  ...(['dutyUserId', 'ownerUserId'] as const).flatMap((field) => {
    const id = fields[field];
    return id === undefined ? [] : [{ to: 'user', id, field } as const];
  }),
  ...(fields.forMobileId === undefined
    ? []
    : [{ to: 'number', id: fields.forMobileId, field: 'forMobileId' } as const]),
];

function fieldProblem(fields: NumberFields): StoreProblem | undefined {
  if (!['rented', 'mobile', 'office'].includes(fields.kind))
    return { kind: 'invalid', field: 'kind', why: 'one of rented, mobile, office' };
  if (!['lead', 'contact', 'nothing'].includes(fields.makes ?? 'lead'))
    return { kind: 'invalid', field: 'makes', why: 'one of lead, contact, nothing' };
  if (fields.line !== undefined && !/^(?:0[1-9]|[1-9]\d)$/.test(fields.line))
    return { kind: 'invalid', field: 'line', why: '01 to 99' };
  if (fields.forMobileId !== undefined && fields.kind !== 'rented')
    return { kind: 'invalid', field: 'forMobileId', why: 'only a rented number is reserved for a mobile' };
  if (fields.ownerUserId === undefined && fields.kind === 'mobile')
    return { kind: 'invalid', field: 'ownerUserId', why: 'is missing: a mobile number is somebody’s' };
  if (fields.ownerUserId !== undefined && fields.kind !== 'mobile')
    return { kind: 'invalid', field: 'ownerUserId', why: 'only a mobile number has an owner' };
  return undefined;
}

/** E.164 where it is one; digits as they are dialled for the office PBX and for ranges. */
function writtenNumber(fields: NumberFields, trunk: Trunk | null, country: string): Result<string, StoreProblem> {
  const invalid = (why: string) => fail({ kind: 'invalid', field: 'number', why } as const);
  const typed = fields.number.trim();
  if (typed === '*') return trunk === null ? invalid('`*` needs a trunk') : succeed('*');
  const compact = typed.replace(/[\s().\-/]/g, '').replace(/^00/, '+');
  if (compact.endsWith('*'))
    return /^\+?\d{1,15}\*$/.test(compact) ? succeed(compact) : invalid('a range is digits and one `*` at its end');
  const parsed = parseE164(typed, trunk?.country ?? country);
  // The office's own short numbers are no E.164; parsing them would make "1234" a subscriber in some country.
  if (fields.kind === 'office' && /^\d{2,8}$/.test(compact)) return succeed(compact);
  return parsed.ok ? succeed(parsed.value) : invalid('not a phone number');
}

export async function removeNumber(
  store: Store,
  request: ReadingOperations['remove-number']['request'],
): Promise<Answer<undefined>> {
  const { id } = request;
  return answered(() =>
    store.write(async (tx) => {
      await lockOffice(store, tx);
      const user = await tx.user.findFirst({ where: { callerNumberId: id }, select: { name: true } });
      if (user !== null) return fail({ kind: 'in-use', by: `user ${user.name}` } as const);
      const device = await tx.device.findFirst({ where: { numberId: id }, select: { name: true } });
      if (device !== null) return fail({ kind: 'in-use', by: `device ${device.name}` } as const);
      const by = await namedBy(tx, 'number', id);
      if (by !== undefined) return fail({ kind: 'in-use', by } as const);
      await tx.ownNumber.delete({ where: { id } });
      return succeed(undefined);
    }),
  );
}

export async function getNumber(store: Store, id: string): Promise<Answer<NumberRow>> {
  const row = await store.client.ownNumber.findUnique({ where: { id } });
  return row === null ? fail({ kind: 'not-found' }) : succeed(numberRow(row));
}

export async function listNumbers(store: Store, request: ListRequest): Promise<Page<NumberRow>> {
  const limit = pageSize(request.limit);
  const rows = await store.client.ownNumber.findMany({
    where: createdAfter(request.cursor),
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  });
  return pageOf(rows, limit, { item: numberRow, cursor: (row) => [Number(row.createdAt), row.id] });
}
