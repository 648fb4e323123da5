/**
 * What the office sets up, one table for all kinds: made, changed, removed and listed. Each change is checked as a whole in one
 * transaction: what it names is there, nothing has its name, no code clashes, no plan runs in a circle.
 */
import { fail, type Result, succeed } from '../../call-router/values/result';
import type { Db, Store, Tx } from '../connect';
import { folded } from '../fold';
import type { Answer, LoadedDirectory, ReadingOperations, StoreProblem } from '../operations';
import { answered, Refused } from '../problems';
import type { OfficeFields, OfficeKind, OfficeRow } from '../records';
import { newId } from '../rows';
import { clashAfter } from './clash';
import { lockOffice, namedBy, unknownReference } from './named';
import { objectProblem } from './object-problems';
import { referencesOf } from './references';
import { fieldsOf, isRule, jsonOf, officeRow } from './stored';
import { laidOver } from '../laid-over';

/** Of one kind. */
const objectsMax = 1000;

type Fields = OfficeFields<OfficeKind>;

export async function createObject(
  store: Store,
  { kind, fields }: ReadingOperations['create-object']['request'],
): Promise<Answer<OfficeRow>> {
  return answered(() =>
    store.write(async (tx) => {
      await lockOffice(store, tx);
      const count = await tx.officeObject.count({ where: { kind } });
      if (count >= objectsMax) return fail({ kind: 'invalid', field: 'name', why: `at most ${objectsMax} of a kind` });
      const id = newId();
      const position = isRule(kind) ? await lastPosition(tx, kind) : 0;
      const whole = { position, ...fields } as Fields; // its shape was checked at the door
      const problem = await problemWith(store, tx, { id, kind, fields: whole });
      if (problem !== undefined) return fail(problem);
      const columns = columnsOf(kind, whole);
      const row = await tx.officeObject.create({
        data: { id, kind, ...columns, createdAt: BigInt(store.clock.now()) },
      });
      await refuseAfter(store, tx, kind);
      return succeed(officeRow(row));
    }),
  );
}

export async function changeObject(
  store: Store,
  { kind, id, patch }: ReadingOperations['change-object']['request'],
): Promise<Answer<OfficeRow>> {
  return answered(() =>
    store.write(async (tx) => {
      await lockOffice(store, tx);
      const before = await tx.officeObject.findFirst({ where: { id, kind } });
      if (before === null) return fail({ kind: 'not-found' } as const);
      // Which field may be removed the door has checked.
      const whole = laidOver(fieldsOf<OfficeKind>(before), patch) as Fields;
      const problem = await problemWith(store, tx, { id, kind, fields: whole });
      if (problem !== undefined) return fail(problem);
      const row = await tx.officeObject.update({ where: { id }, data: columnsOf(kind, whole) });
      await refuseAfter(store, tx, kind);
      return succeed(officeRow(row));
    }),
  );
}

function columnsOf(kind: OfficeKind, fields: Fields) {
  const position = isRule(kind) ? (fields.position ?? 0) : 0;
  return { name: fields.name, nameKey: folded(fields.name), position, json: jsonOf(fields) };
}

async function lastPosition(tx: Tx, kind: OfficeKind): Promise<number> {
  const { _max } = await tx.officeObject.aggregate({ where: { kind }, _max: { position: true } });
  return (_max.position ?? 0) + 1;
}

async function problemWith(
  store: Store,
  tx: Tx,
  checked: { readonly id: string; readonly kind: OfficeKind; readonly fields: Fields },
): Promise<StoreProblem | undefined> {
  const { kind, fields } = checked;
  return (await unknownReference(tx, referencesOf(kind, fields))) ?? objectProblem(store, tx, checked);
}

/** What shows only when it stands among the others. The transaction is rolled back. */
async function refuseAfter(store: Store, tx: Tx, kind: OfficeKind): Promise<void> {
  const problem = kind === 'calendar' ? await clashAfter(store, tx, 'code') : undefined;
  if (problem !== undefined) throw new Refused(problem);
}

export async function removeObject(
  store: Store,
  { kind, id }: ReadingOperations['remove-object']['request'],
): Promise<Answer<undefined>> {
  return store.write(async (tx): Promise<Result<undefined, StoreProblem>> => {
    await lockOffice(store, tx);
    if ((await tx.officeObject.count({ where: { id, kind } })) === 0) return fail({ kind: 'not-found' });
    const by = await namedBy(tx, kind, id);
    if (by !== undefined) return fail({ kind: 'in-use', by });
    await tx.officeObject.delete({ where: { id } });
    return succeed(undefined);
  });
}

export async function getObject(
  store: Store,
  { kind, id }: ReadingOperations['get-object']['request'],
): Promise<Answer<OfficeRow>> {
  const row = await store.client.officeObject.findFirst({ where: { id, kind } });
  return row === null ? fail({ kind: 'not-found' }) : succeed(officeRow(row));
}

const inOrder = [{ position: 'asc' as const }, { createdAt: 'asc' as const }, { id: 'asc' as const }];

export async function listObjects(store: Store, kind: OfficeKind): Promise<readonly OfficeRow[]> {
  const rows = await store.client.officeObject.findMany({ where: { kind }, orderBy: inOrder });
  return rows.map((row) => officeRow(row));
}

export async function loadedObjects(db: Db | Tx): Promise<LoadedDirectory['objects']> {
  const rows = await db.officeObject.findMany({ orderBy: inOrder });
  return rows.map((row) => ({ kind: row.kind as OfficeKind, row: officeRow(row) }));
}
