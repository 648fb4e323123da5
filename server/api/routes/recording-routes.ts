/**
 * Recordings: what is known of one, and its sound with Range (RFC 9110 section 14), also while it grows. The right to hear
 * it is asked of the database at each request, and no cache but the listener's own memory keeps it.
 */
import { Readable } from 'node:stream';
import { Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askerOf } from '../access';
import { mayResume, readRange } from '../byte-range';
import type { ApiDeps } from '../deps';
import { sendProblem } from '../error-answers';
import type { Recording } from '../messages';
import { ProblemError, valueOf } from '../problems';
import { switchedOff } from '../route-features';
import { recording } from '../schemas/call-schemas';
import { type Api, idInPath } from '../schemas/schema';
import { viewerOf } from '../who-asks';

const tags = ['recordings'];
const sound = Type.Unsafe<unknown>({ type: 'string', format: 'binary', description: 'audio/wav' });

export function recordingRoutes(app: Api, deps: ApiDeps): void {
  app.get(
    '/api/recordings/:id',
    { schema: { tags, summary: 'One recording', params: idInPath, response: { 200: recording } } },
    (request) => heardRecording(deps, request),
  );
  app.get(
    '/api/recordings/:id/audio',
    {
      schema: {
        tags,
        summary: 'Its sound: stereo, left the customer, right our side; with Range',
        params: idInPath,
        response: { 200: sound, 206: sound },
      },
    },
    (request, reply) => sendAudio(deps, request, reply),
  );
}

interface RecordingRequest extends FastifyRequest {
  readonly params: { readonly id: string };
}

/** What they may hear. Where nothing is recorded any more only messages are still heard. */
async function heardRecording(deps: ApiDeps, request: RecordingRequest): Promise<Recording> {
  const asked = { viewer: viewerOf(askerOf(request)), id: request.params.id };
  const known = valueOf(await deps.reading('get-recording', asked));
  const { recording, voicemail } = deps.directory().features;
  if (recording) return known;
  const { messages = [] } = valueOf(await deps.reading('get-call', asked));
  if (!voicemail || messages.length === 0) throw switchedOff('recording');
  return known;
}

async function sendAudio(deps: ApiDeps, request: RecordingRequest, reply: FastifyReply): Promise<FastifyReply> {
  const known = await heardRecording(deps, request);
  const opened = await deps.recordings.openRecording(known.id);
  if (!opened.ok) throw notOpened(opened.problem, deps);
  const { sizeBytes, contentType, etag, createReadStream } = opened.value;
  void reply.headers({
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'content-disposition': 'inline',
    'x-content-type-options': 'nosniff',
    etag,
  });
  const { range: asked, 'if-range': ifRange } = request.headers;
  const range = readRange(mayResume(textOf(ifRange), etag) ? asked : undefined, sizeBytes);
  if (range.kind === 'not-satisfiable') {
    void reply.header('content-range', `bytes */${sizeBytes}`);
    return sendProblem(reply, 'range-not-satisfiable');
  }
  const { start, end } = range.kind === 'part' ? range.range : { start: 0, end: sizeBytes - 1 };
  if (range.kind === 'part') void reply.code(206).header('content-range', `bytes ${start}-${end}/${sizeBytes}`);
  void reply.header('content-length', end - start + 1).type(contentType);
  if (request.method === 'HEAD') return reply.send(Readable.from([])); // with no stream fastify would write length 0
  const stream = createReadStream({ start, end });
  stream.on('error', (error) =>
    deps.log.error({ error, call: known.callId }, 'recording could not be read to its end'),
  );
  return reply.send(stream);
}

function notOpened(problem: { readonly kind: string }, { log }: ApiDeps): ProblemError {
  if (problem.kind === 'not-found') return new ProblemError('not-found');
  log.error({ problem: problem.kind }, 'recording could not be opened');
  return new ProblemError('internal-error');
}

/** Given twice it says nothing. */
function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? '' : header;
}
