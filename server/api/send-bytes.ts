/** Answers with bytes that are in memory, whole or by Range (RFC 9110 section 14). For sounds that people listen to. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayResume, readRange } from './byte-range';
import { sendProblem } from './error-answers';

export function sendBytes(request: FastifyRequest, reply: FastifyReply, bytes: Buffer): FastifyReply {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  void reply.headers({ 'accept-ranges': 'bytes', 'content-disposition': 'inline', etag });
  const { range: asked, 'if-range': ifRange } = request.headers;
  const mayBePart = mayResume(Array.isArray(ifRange) ? '' : ifRange, etag);
  const range = readRange(mayBePart ? asked : undefined, bytes.length);
  switch (range.kind) {
    case 'not-satisfiable':
      void reply.header('content-range', `bytes */${bytes.length}`);
      return sendProblem(reply, 'range-not-satisfiable');
    case 'part': {
      const { start, end } = range.range;
      void reply.code(206).header('content-range', `bytes ${start}-${end}/${bytes.length}`);
      return reply.type('audio/wav').send(bytes.subarray(start, end + 1));
    }
    default:
      return reply.type('audio/wav').send(bytes);
  }
}
