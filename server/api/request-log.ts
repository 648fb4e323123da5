/** One line and one count for each request: the route's pattern, never the address asked for (`?phone=` is personal). */
import type { FastifyInstance } from 'fastify';
import type { Log } from '../log';
import type { Metrics } from '../metrics';

export function logRequests(app: FastifyInstance, log: Log, metrics: Metrics): void {
  metrics.describe('trunkline_http_requests_total', 'Requests answered, by method and status.');
  metrics.describe('trunkline_http_request_seconds', 'Time from the request to the end of its answer.');
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    metrics.count('trunkline_http_requests_total', { method, status: String(reply.statusCode) });
    metrics.observe('trunkline_http_request_seconds', reply.elapsedTime / 1000);
    const fields = { request: request.id, method, route: routeOptions.url ?? 'none', status: reply.statusCode, ms };
    if (method === 'GET' || method === 'HEAD') log.debug(fields, 'request answered');
    else log.info(fields, 'request answered');
  });
}
