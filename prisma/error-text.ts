/**
 * What is told of a failure to the main thread, which logs it: names and codes. Messages of Prisma and of the database quote the
 * values they failed on, and those are people's names and numbers.
 */
export interface ErrorText {
  readonly name: string;
  readonly message: string;
}

/** Within requests. */
export function errorText(error: unknown): ErrorText {
  if (!(error instanceof Error)) return { name: 'Error', message: 'unknown failure' };
  const isOfDatabase = error.name.startsWith('Prisma') || error.name === 'DriverAdapterError';
  if (!isOfDatabase) return { name: error.name, message: error.message };
  const cause = property(property(property(error, 'meta'), 'driverAdapterError'), 'cause');
  const parts = [property(error, 'code'), property(cause, 'kind'), property(cause, 'originalCode')];
  const told = parts.filter((part) => typeof part === 'string');
  return { name: error.name, message: told.length === 0 ? 'the database refused the request' : told.join(' ') };
}

/** At the start, before there is a request whose values could be quoted: the whole of it, for whoever starts the service. */
export function startErrorText(error: unknown): ErrorText {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

/** A property of a value of unknown shape. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
