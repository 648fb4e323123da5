/**
 * Every error that leaves the interface, as problem details (RFC 9457): ours by their table, fastify's own by their code,
 * and anything else as 500 that says nothing about the inside but names the request in the log.
 */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../log';
import type { ProblemKind } from './problem-messages';
import { type ProblemDetails, ProblemError, problemBody, problemKinds } from './problems';

/** Faults named at the most; who sends a thousand wrong fields learns of the first. */
const errorsMax = 20;

const kindsOfFastify: Readonly<Record<string, ProblemKind>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
  FST_ERR_NOT_FOUND: 'not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
};

type ValidationFault = NonNullable<FastifyError['validation']>[number];

export function answerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, { request, reply, log }));
}

/** Answers with a problem, from anywhere that has a reply. */
export function sendProblem(reply: FastifyReply, kind: ProblemKind, details: ProblemDetails = {}): FastifyReply {
  if (details.retryAfterS !== undefined) void reply.header('retry-after', String(details.retryAfterS));
  if (problemKinds[kind].status === 401) void reply.header('www-authenticate', 'Bearer');
  return reply
    .code(problemKinds[kind].status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problemBody(kind, details));
}

interface Answering {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly log: Log;
}

export function answerError(error: FastifyError | Error, { request, reply, log }: Answering): FastifyReply {
  if (error instanceof ProblemError) return sendProblem(reply, error.kind, error.details);
  if ('validation' in error && error.validation !== undefined) {
    if (error.validationContext === 'params') return sendProblem(reply, 'not-found');
    return sendProblem(reply, 'invalid', { errors: error.validation.slice(0, errorsMax).map(faultOf) });
  }
  if (error.name === 'CursorError') {
    return sendProblem(reply, 'invalid', { errors: [{ field: 'cursor', message: 'is none of ours' }] });
  }
  const kind = kindOf(error);
  if (kind !== 'internal-error') return sendProblem(reply, kind);
  log.error({ error, request: request.id, route: request.routeOptions.url }, 'request failed');
  return sendProblem(reply, kind, { request: request.id });
}

function kindOf(error: FastifyError | Error): ProblemKind {
  const known = 'code' in error ? kindsOfFastify[error.code] : undefined;
  if (known !== undefined) return known;
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status === 404) return 'not-found';
  if (error.name === 'SyntaxError') return 'malformed-json'; // also __proto__ in a body
  return status >= 400 && status < 500 ? 'malformed-request' : 'internal-error';
}

function faultOf(fault: ValidationFault): { readonly field: string; readonly message: string } {
  const path = fault.instancePath.split('/').slice(1);
  const { missingProperty, additionalProperty } = fault.params;
  const last = [missingProperty, additionalProperty].filter((name) => typeof name === 'string');
  return { field: [...path, ...last].join('.').slice(0, 200), message: messageOf(fault) };
}

function messageOf(fault: ValidationFault): string {
  const { keyword, params } = fault;
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return 'is not known here';
    case 'enum':
      return `must be one of ${Array.isArray(params['allowedValues']) ? params['allowedValues'].join(', ') : 'a list'}`;
    case 'type':
      return `must be ${Array.isArray(params['type']) ? params['type'].join(' or ') : String(params['type'])}`;
    case 'pattern':
      return `must be ${descriptionOf(fault) ?? 'of another form'}`;
    default:
      return fault.message ?? 'is not right';
  }
}

/** ajv's `verbose` option adds the schema that was broken. */
function descriptionOf(fault: ValidationFault): string | undefined {
  const schema: unknown = 'parentSchema' in fault ? fault.parentSchema : undefined;
  if (typeof schema !== 'object' || schema === null || !('description' in schema)) return undefined;
  return typeof schema.description === 'string' ? schema.description : undefined;
}
