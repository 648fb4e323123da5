/**
 * The building blocks of the schemas: TypeBox types that check requests at run time, shape answers, and become the OpenAPI
 * description. A `description` here is also what a person reads when a value does not fit.
 */
import { type Static, type TSchema, type TString, Type } from '@sinclair/typebox';
import type { FastifyBaseLogger, FastifyInstance, FastifyTypeProvider, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Gives handlers the static types of their schemas. */
interface TypeBoxProvider extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
  serializer: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
}
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxProvider
>;

/** An object of a request: what is not named is refused. */
export const closed = { additionalProperties: false } as const;

/** One line of text, not blank, without control characters (no CR or LF ever reaches a SIP header from here). */
export const line = (lengthMax: number, description = 'one line of text'): TString =>
  Type.String({ minLength: 1, maxLength: lengthMax, pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f]*$', description });

/** Text of several lines; PostgreSQL takes everything but NUL. */
export const paragraph = (lengthMax: number): TString =>
  Type.String({ maxLength: lengthMax, pattern: '^[^\\u0000]*$', description: 'text' });

/** An id as it comes in; whether it names something is the database's to say. */
export const id = Type.String({ maxLength: 64, pattern: '^[A-Za-z0-9_.:-]+$', description: 'an id' });
export const idInPath = Type.Object({ id });
export const moment = Type.String({ format: 'date-time', description: 'ISO 8601 in UTC' });
export const count = Type.Integer({ minimum: 0 });

/** One of a closed list of names. */
export function oneOf<const Name extends string>(names: readonly Name[]) {
  return Type.Unsafe<Name>({ type: 'string', enum: [...names] });
}

/** A list that nobody changes. */
export function list<Item extends TSchema>(item: Item, itemsMax?: number) {
  return Type.Unsafe<readonly Static<Item>[]>(Type.Array(item, itemsMax === undefined ? {} : { maxItems: itemsMax }));
}

/** In a change: `null` removes what was there. */
export function removable<Value extends TSchema>(value: Value) {
  const names: unknown = value['enum'];
  const nullToo = Array.isArray(names) ? { enum: [...(names as readonly unknown[]), null] } : {};
  return Type.Optional(Type.Unsafe<Static<Value> | null>({ ...value, ...nullToo, type: [value['type'], 'null'] }));
}

export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({
    items: list(item),
    next: Type.Optional(Type.String({ description: 'pass it as `cursor` for the next page; left out on the last' })),
  });
}

/** What every list takes in its query. */
export const paging = {
  cursor: Type.Optional(Type.String({ maxLength: 512, description: '`next` of the page before' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '1 to 200, 50 by default' })),
};

export const pagingQuery = Type.Object(paging, closed);

export const nothing = Type.Null({ description: 'no body' });
