/**
 * The web pages as they were built: files with a hash in their name are kept by browsers for ever, the page itself is asked
 * for anew, and any address that is no file gets the page, which has its own routes. Compressed copies (`.br`, `.gz`) beside
 * the files are sent where there are some.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './error-answers';

/** @param ffmpeg `off` (TRUNKLINE_BROWSER_FFMPEG): ffmpeg's core, which is under the GPL, is not handed out. */
export async function servePages(app: FastifyInstance, webFolder: string, ffmpeg: 'on' | 'off'): Promise<void> {
  const hasPages = existsSync(path.join(webFolder, 'index.html'));
  if (hasPages) {
    await app.register(fastifyStatic, {
      root: webFolder,
      preCompressed: true,
      cacheControl: false,
      dotfiles: 'ignore',
      allowedPath: (file) => ffmpeg === 'on' || !file.startsWith('/ffmpeg/'),
      setHeaders: (response, file) => {
        const isHashed = file.startsWith(path.join(webFolder, 'assets') + path.sep);
        void response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) =>
    hasPages && wantsPage(request) ? sendPage(reply) : sendProblem(reply, 'not-found'),
  );
}

function sendPage(reply: FastifyReply): FastifyReply {
  return reply.code(200).sendFile('index.html');
}

/** A person following a link, not a program and not a missing file. */
function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  const target = url.split('?', 1)[0] ?? '';
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (/^\/(?:api|assets)(?:\/|$)/.test(target) || /\.[a-z0-9]{1,8}$/i.test(target)) return false;
  return (headers.accept ?? '').includes('text/html');
}
