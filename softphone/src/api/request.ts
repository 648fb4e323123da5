/**
 * One request to our REST API: JSON both ways, the log-in in the cookie, a deadline, refusals as ApiProblem.
 * Tells `connection` whether the server answers.
 */
import { noteAnswered, noteNoAnswer } from './connection';
import { ApiProblem, NoAnswer, type ProblemDetails } from './problem';

const deadlineMs = 15_000;
/** A sound of ten minutes over a slow line. */
const fileDeadlineMs = 180_000;

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export const get = <Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> =>
  send<Answer>('GET', path + queryString(query), { signal });
export const post = <Answer>(path: string, body: unknown = {}): Promise<Answer> => send<Answer>('POST', path, { body });
export const patch = <Answer>(path: string, body: unknown): Promise<Answer> => send<Answer>('PATCH', path, { body });
export const put = <Answer>(path: string, body: unknown): Promise<Answer> => send<Answer>('PUT', path, { body });
export const remove = (path: string): Promise<void> => send<void>('DELETE', path, {});

/** The same answer in another form than JSON. */
export async function getText(path: string, query: Query, accept: string): Promise<string> {
  const init: RequestInit = {
    credentials: 'same-origin',
    headers: { accept },
    signal: AbortSignal.timeout(deadlineMs),
  };
  const response = await fetch(path + queryString(query), init).catch((error: unknown) => {
    noteNoAnswer();
    throw new NoAnswer(path, { cause: error });
  });
  return response.ok ? response.text() : readAnswer<string>(response);
}

/** A file as it is; its type says what it is. */
export async function postFile<Answer>(path: string, file: Blob, query: Query): Promise<Answer> {
  const response = await fetch(path + queryString(query), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': file.type },
    signal: AbortSignal.timeout(fileDeadlineMs),
    body: file,
  }).catch((error: unknown) => {
    noteNoAnswer();
    throw new NoAnswer(path, { cause: error });
  });
  return readAnswer<Answer>(response);
}

async function send<Answer>(
  method: string,
  path: string,
  options: { readonly body?: unknown; readonly signal?: AbortSignal | undefined },
): Promise<Answer> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const init: RequestInit = {
    method,
    credentials: 'same-origin',
    signal: options.signal ? AbortSignal.any([options.signal, deadline]) : deadline,
    headers: {
      accept: 'application/json',
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  };
  const response = await fetch(path, init).catch((error: unknown) => {
    if (options.signal?.aborted) throw error;
    noteNoAnswer();
    throw new NoAnswer(path, { cause: error });
  });
  return readAnswer<Answer>(response);
}

async function readAnswer<Answer>(response: Response): Promise<Answer> {
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
  // A proxy whose backend is gone answers 502 to 504 with a page of its own: the server did not speak.
  if (!isJson && response.status >= 502 && response.status <= 504) {
    noteNoAnswer();
    throw new NoAnswer(`HTTP ${response.status}`);
  }
  noteAnswered();
  const body: unknown = isJson ? await response.json() : undefined;
  if (response.ok) return body as Answer; // the border: the server's own schema has checked it
  const retryAfter = Number(response.headers.get('retry-after'));
  throw new ApiProblem(response.status, (body ?? {}) as ProblemDetails, retryAfter > 0 ? retryAfter : undefined);
}

/** With its `?`; empty where nothing is asked. */
export function queryString(query: Query): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  if (set.length === 0) return '';
  return `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString()}`;
}
