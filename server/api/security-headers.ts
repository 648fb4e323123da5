/** Headers that every answer has: nothing is loaded from elsewhere, framed, sniffed or told to others. */
import type { FastifyInstance } from 'fastify';

const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'", // ffmpeg's core in the browser is WebAssembly
  "style-src 'self' 'unsafe-inline'", // components place themselves by style attributes
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'microphone=(self), camera=(), geolocation=()',
};
/** Only with a certificate that browsers know: with our own authority a person must be able to pass the first warning. */
const strictTransport = 'max-age=31536000';

export function addSecurityHeaders(app: FastifyInstance, certificate: 'given' | 'our-own'): void {
  app.addHook('onSend', async (request, reply) => {
    for (const [name, value] of Object.entries(headers)) if (!reply.hasHeader(name)) void reply.header(name, value);
    if (certificate === 'given' && request.protocol === 'https') {
      void reply.header('strict-transport-security', strictTransport);
    }
    // As the route is called too, not only as it was written: `/%61pi/…` is the same place.
    const isApi = [request.url, request.routeOptions.url].some((place) => place?.startsWith('/api/'));
    if (isApi && !reply.hasHeader('cache-control')) {
      void reply.header('cache-control', 'no-store');
    }
  });
}
