/**
 * The log: JSON lines by pino, one vocabulary (`call`, `leg`, `sipCallId`, `event`, `effect`, `ms`), constant messages.
 * `error`: someone must act. `warn`: a caller was hurt. `info`: milestones of a call. `debug`: all events and effects.
 * No personal data: an error's message may quote a number or a name, so only its kind and where it happened are written.
 */
import { createHmac } from 'node:crypto';
import { type DestinationStream, pino } from 'pino';
import type { LogLevel } from './config';

export type LogLine = (fields: object, message: string) => void;

export interface Log {
  readonly error: LogLine;
  readonly warn: LogLine;
  readonly info: LogLine;
  readonly debug: LogLine;
  /** False saves making the fields of a debug line. */
  readonly isDebug: () => boolean;
}

/**
 * @param destination where lines go; standard output unless a test says otherwise.
 */
export function openLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = { level, base: null, serializers: { error: describeError }, formatters: { level: named } };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  return {
    error: (fields, message) => logger.error(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    info: (fields, message) => logger.info(fields, message),
    debug: (fields, message) => logger.debug(fields, message),
    isDebug: () => logger.isLevelEnabled('debug'),
  };
}

/** The same caller gives the same ten characters, on this installation only; nobody gets the number back from them. */
export function maskedBy(key: Buffer): (personal: string) => string {
  return (personal) => createHmac('sha256', key).update(personal).digest('hex').slice(0, 10);
}

/** Kind, code and place of an error and of its causes, without their messages. */
export function describeError(error: unknown): object {
  if (!isErrorLike(error)) return { name: typeof error };
  const code = typeof error.code === 'string' ? { code: error.code } : {};
  const at = error.stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  return { name: error.name, ...code, at, ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }) };
}

interface ErrorLike {
  readonly name: string;
  readonly stack: string;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** Errors of another realm (worker threads, jest) are no instances of our Error. */
function isErrorLike(error: unknown): error is ErrorLike {
  if (typeof error !== 'object' || error === null || !('name' in error) || !('stack' in error)) return false;
  return typeof error.name === 'string' && typeof error.stack === 'string';
}

function named(label: string): object {
  return { level: label };
}
