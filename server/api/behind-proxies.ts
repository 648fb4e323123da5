/**
 * How a request would look if other proxies were believed: from which address, and under which name of ours. Asked before the
 * list of proxies changes; otherwise fastify says it (`trustProxy`), by the same rules.
 */
import type { FastifyRequest } from 'fastify';
import { isInside } from './access-rules';

export interface Seen {
  readonly address: string;
  /** Scheme, host and port that the visitor's browser knows us by. */
  readonly origin: string;
}

/** X-Forwarded-For is read from the right: each address that is a proxy's vouches for the next. */
export function seenBehind(proxies: readonly string[], { headers, socket }: FastifyRequest): Seen {
  const isProxy = (address: string): boolean => isInside(proxies, address);
  const peer = socket.remoteAddress ?? '';
  const named = partsOf(headers['x-forwarded-for']).reverse();
  const chain = [peer, ...named];
  const address = chain.find((one) => !isProxy(one)) ?? chain.at(-1) ?? peer;
  const believed = isProxy(peer);
  const ofSocket = 'encrypted' in socket && socket.encrypted === true ? 'https' : 'http';
  const scheme = (believed ? partsOf(headers['x-forwarded-proto']).at(-1) : undefined) ?? ofSocket;
  const host = (believed ? partsOf(headers['x-forwarded-host']).at(-1) : undefined) ?? headers.host ?? '';
  return { address, origin: `${scheme}://${host}`.toLowerCase() };
}

function partsOf(header: string | readonly string[] | undefined): string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  return text === '' ? [] : text.split(',').map((part) => part.trim());
}
