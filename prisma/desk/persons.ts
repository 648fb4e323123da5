/** What people have set for themselves, and a calendar turned by its code: written in live calls, read at the start. */
import { newPerson, type Person } from '../../call-router/state/person';
import type { Db, Tx } from '../connect';
import type { DeskOperations, LiveDeskOperations } from '../desk-operations';
import { fieldsOf, jsonOf } from '../office/stored';

export async function savePerson(tx: Tx, request: LiveDeskOperations['save-person']['request']): Promise<void> {
  const { userId } = request;
  const json = JSON.stringify(request.person);
  await tx.personState.upsert({ where: { userId }, create: { userId, json }, update: { json } });
}

/** What a later version knows of a person has its default. */
export async function loadPersons(db: Db): Promise<DeskOperations['load-persons']['answer']> {
  const rows = await db.personState.findMany();
  return rows.map(({ userId, json }) => [userId, { ...newPerson, ...(JSON.parse(json) as Person) }]);
}

/** One that was removed meanwhile has no switch to turn. */
export async function turnCalendar(tx: Tx, request: LiveDeskOperations['turn-calendar']['request']): Promise<void> {
  const row = await tx.officeObject.findFirst({ where: { id: request.calendarId, kind: 'calendar' } });
  if (row === null) return;
  const json = jsonOf({ ...fieldsOf<'calendar'>(row), switch: request.switch });
  await tx.officeObject.update({ where: { id: row.id }, data: { json } });
}
