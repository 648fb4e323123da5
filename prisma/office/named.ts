/** The two questions about references: is what is named there, and who names a thing that somebody wants to remove. */
import type { Tx } from '../connect';
import type { Store } from '../connect';
import { lockNumbers } from '../crm/lock-numbers';
import type { StoreProblem } from '../operations';
import type { OfficeKind } from '../records';
import { routeOf } from '../settings/routes';
import { savedDocuments } from './documents';
import { type NamedKind, type Reference, referencesOf, referencesOfGuard, referencesOfRoute } from './references';
import { fieldsOf } from './stored';

/** Between looking who names a thing and removing it nobody may begin to name it. SQLite has one writer anyway. */
export const lockOffice = ({ kind }: Pick<Store, 'kind'>, tx: Tx): Promise<void> => lockNumbers(kind, tx, ['office']);

/** The first that names nothing we have. */
export async function unknownReference(tx: Tx, references: readonly Reference[]): Promise<StoreProblem | undefined> {
  for (const to of new Set(references.map((reference) => reference.to))) {
    const asked = references.filter((reference) => reference.to === to);
    const there = await idsThere(tx, to, [...new Set(asked.map(({ id }) => id))]);
    const lost = asked.find(({ id }) => !there.has(id));
    if (lost !== undefined) return { kind: 'unknown-reference', field: lost.field };
  }
  return undefined;
}

/** Nothing is led to what is switched off. */
async function idsThere(tx: Tx, to: NamedKind, ids: string[]): Promise<ReadonlySet<string>> {
  const feature = to === 'queue' ? 'queues' : to === 'mailbox' ? 'voicemail' : undefined;
  if (feature !== undefined && !(await savedDocuments(tx)).features[feature]) return new Set();
  const wanted = { where: { id: { in: ids } }, select: { id: true } } as const;
  const rows = await (to === 'user'
    ? tx.user.findMany(wanted)
    : to === 'trunk'
      ? tx.trunk.findMany(wanted)
      : to === 'number'
        ? tx.ownNumber.findMany(wanted)
        : tx.officeObject.findMany({ ...wanted, where: { ...wanted.where, kind: to } }));
  return new Set(rows.map(({ id }) => id));
}

/** Who names it, as a person knows it (`queue Sales`); undefined: nobody. */
export async function namedBy(tx: Tx, to: NamedKind, id: string): Promise<string | undefined> {
  const names = (references: readonly Reference[]): boolean =>
    references.some((reference) => reference.to === to && reference.id === id);
  const numbers = await tx.ownNumber.findMany();
  const number = numbers.find(
    ({ route, fallback, dutyUserId, ownerUserId, forMobileId }) =>
      names(referencesOfRoute(routeOf(route), 'route')) ||
      (fallback !== null && names(referencesOfRoute(routeOf(fallback), 'fallback'))) ||
      (to === 'user' && (dutyUserId === id || ownerUserId === id)) ||
      (to === 'number' && forMobileId === id),
  );
  if (number !== undefined) return `number ${number.number}`;
  const objects = await tx.officeObject.findMany({ where: { NOT: { id } }, orderBy: { createdAt: 'asc' } });
  const object = objects.find((row) => names(referencesOf(row.kind as OfficeKind, fieldsOf(row))));
  if (object !== undefined) return `${object.kind.replace('-', ' ')} ${object.name}`;
  return names(referencesOfGuard((await savedDocuments(tx))['fraud-guard'])) ? 'the fraud guard' : undefined;
}
