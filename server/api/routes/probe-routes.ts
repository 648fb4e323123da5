/** For whoever watches the service: is the process up, is it ready, and its numbers (this machine or an administrator only). */
import { Type } from '@sinclair/typebox';
import type { ApiDeps } from '../deps';
import { type Api, list, oneOf } from '../schemas/schema';

const part = oneOf(['starting', 'ready', 'failed', 'off']);
const readiness = Type.Object({
  ready: Type.Boolean(),
  sip: part,
  media: part,
  database: part,
  webrtc: part,
  alarms: list(Type.String()),
  missing: list(Type.String(), 10),
});
const tags = ['service'];
const needed = ['sip', 'media', 'database'] as const;

export function probeRoutes(app: Api, deps: ApiDeps): void {
  app.get(
    '/healthz',
    {
      config: { audience: 'everyone' },
      schema: { tags, summary: 'The process is up', response: { 200: Type.Object({ status: oneOf(['up']) }) } },
    },
    async () => ({ status: 'up' as const }),
  );
  app.get(
    '/readyz',
    {
      config: { audience: 'everyone' },
      schema: {
        tags,
        summary: 'SIP, media, database and recorder are ready',
        response: { 200: readiness, 503: readiness },
      },
    },
    async (request, reply) => {
      const parts = deps.readiness();
      const missing: string[] = needed.filter((name) => parts[name] !== 'ready');
      if (parts.alarms.includes('recorder-lost')) missing.push('recorder');
      return reply.code(missing.length === 0 ? 200 : 503).send({ ...parts, ready: missing.length === 0, missing });
    },
  );
  app.get(
    '/metrics',
    {
      config: { audience: 'local' },
      schema: { tags, summary: 'Numbers for Prometheus', response: { 200: Type.String() } },
    },
    async (request, reply) => {
      void reply.type('text/plain; version=0.0.4; charset=utf-8');
      return reply.send(deps.metrics.text());
    },
  );
}
