/**
 * How input is read before it is checked. JSON types are never bent (a number in quotes is a mistake); only the query
 * string, which has no types, becomes what its schema says. A body may be left out where all of it is optional.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';

export function readInput(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error'); // refuses __proto__ and constructor.prototype
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text === '') done(null, undefined);
    else void parse(request, text, done);
  });
  app.addHook('preValidation', async (request) => {
    if (request.body === undefined && request.routeOptions.schema?.body !== undefined) request.body = {};
    readQuery(request);
  });
}

function readQuery(request: FastifyRequest): void {
  const properties = propertiesOf(request.routeOptions.schema?.querystring);
  const { query } = request;
  if (properties === undefined || typeof query !== 'object' || query === null) return;
  request.query = Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      valueOf(value, Object.getOwnPropertyDescriptor(properties, name)?.value),
    ]),
  );
}

function valueOf(value: unknown, schema: unknown): unknown {
  const type = typeof schema === 'object' && schema !== null && 'type' in schema ? schema.type : undefined;
  if (typeof value !== 'string') return value;
  if (type === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function propertiesOf(schema: unknown): object | undefined {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return undefined;
  return typeof schema.properties === 'object' && schema.properties !== null ? schema.properties : undefined;
}
