/** An office object as the database keeps it: what all kinds have as columns, the rest of its shape as JSON. */
import type { OfficeFields, OfficeKind, OfficeRow } from '../records';
import { isoTime } from '../rows';
import type { OfficeObject } from '../sqlite/generated/client';

const rules: readonly OfficeKind[] = ['outgoing-rule', 'recording-rule', 'lead-rule'];
export const isRule = (kind: OfficeKind): boolean => rules.includes(kind);

/** The kind stands beside the JSON; whoever reads it as that kind says which. */
export function fieldsOf<Kind extends OfficeKind>(row: OfficeObject): OfficeFields<Kind> {
  return { ...shapeOf(row), name: row.name } as OfficeFields<Kind>;
}

export function officeRow<Kind extends OfficeKind>(row: OfficeObject): OfficeRow<Kind> {
  const all: object = { ...shapeOf(row), id: row.id, name: row.name, createdAt: isoTime(row.createdAt) };
  return all as OfficeRow<Kind>;
}

function shapeOf(row: OfficeObject): object {
  const position = isRule(row.kind as OfficeKind) ? { position: row.position } : {};
  return { ...(JSON.parse(row.json) as object), ...position };
}

/** Name and position have columns of their own. */
export function jsonOf(fields: object): string {
  const shape = Object.entries(fields).filter(([key]) => !['id', 'name', 'position', 'createdAt'].includes(key));
  return JSON.stringify(Object.fromEntries(shape));
}
