/** A refusal of the server (RFC 9457 problem details), or no answer at all, as something that can be shown to a person. */
import type { Problem, ProblemKind } from '../../../server/api/problem-messages';
import { t } from '../text/text';
import { refusalWords } from './refusals';

/** What came with the status; a proxy's answer may have none of it. */
export type ProblemDetails = Partial<Problem>;

export class ApiProblem extends Error {
  readonly status: number;
  readonly details: ProblemDetails;
  /** Seconds until it makes sense to try again (Retry-After). */
  readonly retryAfterS: number | undefined;

  constructor(status: number, details: ProblemDetails, retryAfterS?: number) {
    super(details.title ?? `HTTP ${status}`);
    this.status = status;
    this.details = details;
    this.retryAfterS = retryAfterS;
  }
}

/** The server could not be reached, or what came back was not its answer. */
export class NoAnswer extends Error {}

export const isProblem = (error: unknown, kind: ProblemKind): boolean =>
  error instanceof ApiProblem && error.details.kind === kind;
export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiProblem && error.status === status;

/** One or two sentences for a person. */
export function problemWords(error: unknown): string {
  if (error instanceof NoAnswer) return t('problem.no-answer');
  if (!(error instanceof ApiProblem)) return t('problem.unexpected');
  const title = said(error.details.title);
  const named = error.details.errors?.map(({ field, message }) => `${field}: ${refusalWords(message)}`).join('; ');
  const detail = said(error.details.detail) ?? named;
  if (error.status === 404) return detail ?? t('problem.not-found');
  if (error.status >= 500) return t('problem.server', { detail: detail ?? title ?? String(error.status) });
  return detail ?? title ?? t('problem.unexpected');
}

/** What is wrong with this field, if the server named it. */
export function fieldProblem(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  const errors = error.details.errors ?? [];
  return said(errors.find((entry) => entry.field === field || entry.field.startsWith(`${field}.`))?.message);
}

const said = (sentence: string | undefined): string | undefined =>
  sentence === undefined ? undefined : refusalWords(sentence);
