/**
 * The registry of problems REST can answer with (RFC 9457): kind, status and title in one table. Routes throw a
 * `ProblemError`; error-answers.ts writes it. Not for bugs: those are 500 without a word about the inside.
 */
import type { Answer, StoreProblem } from '../../prisma/operations';
import { assertNever } from '../../call-router/values/assert';
import type { Problem, ProblemKind } from './problem-messages';

export const problemKinds: Readonly<Record<ProblemKind, { readonly status: number; readonly title: string }>> = {
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'not-logged-in': { status: 401, title: 'Log in first' },
  'wrong-credentials': { status: 401, title: 'Log-in name or password is wrong' },
  'not-allowed': { status: 403, title: 'Your role does not include this' },
  'wrong-origin': { status: 403, title: 'The request does not come from our own page' },
  'password-change-required': { status: 403, title: 'Choose a new password first' },
  'log-in-not-allowed-here': { status: 403, title: 'Your role may not log in from this address' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'switched-off': { status: 404, title: 'This feature is switched off' },
  taken: { status: 409, title: 'This value is in use already' },
  'in-use': { status: 409, title: 'It is still in use' },
  conflict: { status: 409, title: 'It cannot be done as things stand' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body must be JSON' },
  'range-not-satisfiable': { status: 416, title: 'There are no such bytes' },
  invalid: { status: 422, title: 'Something in the request is not right' },
  'not-available': { status: 422, title: 'Not available in this version' },
  'too-many-attempts': { status: 429, title: 'Too many attempts' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  overloaded: { status: 503, title: 'Too much to do right now' },
  'not-ready': { status: 503, title: 'The service is not ready' },
};

export type ProblemDetails = Pick<Problem, 'detail' | 'errors' | 'retryAfterS' | 'request'>;

/** Thrown by routes and hooks, answered by error-answers.ts. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly kind: ProblemKind;
  readonly details: ProblemDetails;

  constructor(kind: ProblemKind, details: ProblemDetails = {}) {
    super(problemKinds[kind].title);
    this.kind = kind;
    this.details = details;
  }
}

export function problemBody(kind: ProblemKind, details: ProblemDetails = {}): Problem {
  return { type: `/problems/${kind}`, kind, ...problemKinds[kind], ...details };
}

/** `invalid` for one field. */
export function invalid(field: string, message: string): ProblemError {
  return new ProblemError('invalid', { errors: [{ field, message }] });
}

/** What the database refused, as REST says it. */
export function problemOfStore(problem: StoreProblem): ProblemError {
  switch (problem.kind) {
    case 'not-found':
      return new ProblemError('not-found');
    case 'not-allowed':
      return new ProblemError('not-allowed', { detail: 'Only the responsible person or a manager may do this.' });
    case 'taken':
      return new ProblemError('taken', { errors: [{ field: problem.field, message: takenBy(problem.by) }] });
    case 'unknown-reference':
      return invalid(problem.field, 'names nothing we know');
    case 'in-use':
      return new ProblemError('in-use', { detail: `It is still used by ${problem.by}.` });
    case 'refused':
      return new ProblemError('conflict', { detail: problem.why });
    case 'invalid':
      return invalid(problem.field, problem.why);
    default:
      return assertNever(problem);
  }
}

const takenBy = (by: string | undefined): string => (by === undefined ? 'is in use already' : `is taken by ${by}`);

/** The value of an answer of the database; its problem is thrown as REST says it. */
export function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.ok) return answer.value;
  throw problemOfStore(answer.problem);
}
