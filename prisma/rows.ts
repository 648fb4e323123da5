/** From database rows to the plain shapes of records.ts: absent for NULL, ISO 8601 for milliseconds, new ids. */
import { randomBytes } from 'node:crypto';

/** 128 random bits. */
export const newId = (): string => randomBytes(16).toString('hex');

type Column<Shape, Key extends keyof Shape> =
  Record<never, never> extends Pick<Shape, Key> ? Shape[Key] | null | undefined : Shape[Key];
type Columns<Shape> = { readonly [Key in keyof Shape]-?: Column<Shape, Key> };

/** Leaves out what is NULL; only optional properties of the shape may be. */
export function present<Shape extends object>(columns: Columns<Shape>): Shape {
  return Object.fromEntries(
    Object.entries(columns).filter(([, value]) => value !== null && value !== undefined),
  ) as Shape;
}

export const isoTime = (ms: bigint): string => new Date(Number(ms)).toISOString();

export const isoTimeOrNull = (ms: bigint | null): string | null => (ms === null ? null : isoTime(ms));
