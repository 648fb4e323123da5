// From a SIP URI to places to try, in order: RFC 3263. Literal addresses need no look-up and answer at once; names go through
// NAPTR (only if the URI names neither port nor transport), SRV and A/AAAA, with one deadline for all of it. Answers are kept for
// half a minute, so that an ACK and the BYE after it leave in order and a call costs no look-up each time.

import { promises as dns } from 'node:dns';
import { isIP } from 'node:net';
import type { Clock } from './clock';
import type { SipUri } from './message/uri';
import type { Wire } from './transport/flow';

export interface Place {
  readonly wire: Wire;
  readonly address: string;
  readonly port: number;
}

export type Resolution = { readonly ok: true; readonly places: readonly Place[] } | { readonly ok: false };

const KEPT_MS = 30_000;
const NAMES_MAX = 5_000;
const PLACES_MAX = 8;
const WIRES: ReadonlySet<string> = new Set(['udp', 'tcp', 'tls', 'ws', 'wss']);

/** What asks the domain name system; Node's resolver, or a table in tests. */
export interface Names {
  addresses(host: string): Promise<readonly string[]>;
  srv(
    name: string,
  ): Promise<
    readonly { readonly name: string; readonly port: number; readonly priority: number; readonly weight: number }[]
  >;
  naptr(name: string): Promise<
    readonly {
      readonly service: string;
      readonly replacement: string;
      readonly order: number;
      readonly preference: number;
    }[]
  >;
}

export const systemNames: Names = {
  // getaddrinfo, so that the hosts file counts too.
  addresses: async (host) => (await dns.lookup(host, { all: true, verbatim: true })).map((found) => found.address),
  srv: (name) => dns.resolveSrv(name),
  naptr: (name) => dns.resolveNaptr(name),
};

export class Resolver {
  private readonly clock: Clock;
  private readonly names: Names;
  private readonly deadlineMs: number;
  private readonly kept = new Map<string, { readonly places: readonly Place[]; readonly untilMs: number }>();

  constructor(clock: Clock, names: Names, deadlineMs: number) {
    this.clock = clock;
    this.names = names;
    this.deadlineMs = deadlineMs;
  }

  /** Calls `done` with the places: before returning for literal addresses and names known, later for others. */
  resolve(uri: SipUri, done: (resolution: Resolution) => void): void {
    const host = uri.maddr ?? uri.host;
    const wire = wireOf(uri);
    if (!wire) return done({ ok: false });
    if (isIP(host) !== 0)
      return done({ ok: true, places: [{ wire, address: host, port: uri.port ?? defaultPort(wire) }] });
    const key = `${wire} ${uri.transport ?? ''} ${host} ${uri.port ?? ''}`;
    const kept = this.kept.get(key);
    if (kept && kept.untilMs > this.clock.nowMs()) return done({ ok: true, places: kept.places });
    this.lookUp({ ...uri, host }, wire, (places) => {
      if (this.kept.size >= NAMES_MAX) this.kept.clear();
      if (places.length > 0) this.kept.set(key, { places, untilMs: this.clock.nowMs() + KEPT_MS });
      done(places.length > 0 ? { ok: true, places } : { ok: false });
    });
  }

  private lookUp(uri: SipUri, wire: Wire, done: (places: readonly Place[]) => void): void {
    let isDone = false;
    const finish = (places: readonly Place[]) => {
      if (isDone) return;
      isDone = true;
      this.clock.cancel(deadline);
      done(places.slice(0, PLACES_MAX));
    };
    const deadline = this.clock.after(this.deadlineMs, () => finish([]));
    // A name that does not resolve is an answer, not an error: no places.
    this.placesOf(uri, wire).then(finish, () => finish([]));
  }

  private async placesOf(uri: SipUri, wire: Wire): Promise<readonly Place[]> {
    if (uri.port !== undefined) return this.atPort(uri.host, wire, uri.port);
    const service = uri.transport === undefined && uri.scheme === 'sip' ? await this.preferred(uri.host) : undefined;
    const chosen = service?.wire ?? wire;
    const records = await this.names.srv(service?.name ?? srvName(uri.host, chosen)).catch(() => []);
    if (records.length === 0) return this.atPort(uri.host, chosen, defaultPort(chosen));
    const sorted = [...records].sort((a, b) => a.priority - b.priority || b.weight - a.weight);
    const groups = await Promise.all(
      sorted.map((record) => this.atPort(record.name, chosen, record.port).catch(() => [])),
    );
    return groups.flat();
  }

  /** The transport the domain prefers (RFC 3263 §4.1). TLS ones are left to sips URIs. */
  private async preferred(host: string): Promise<{ readonly wire: Wire; readonly name: string } | undefined> {
    const records = await this.names.naptr(host).catch(() => []);
    const sorted = [...records].sort((a, b) => a.order - b.order || a.preference - b.preference);
    for (const record of sorted) {
      const service = record.service.toUpperCase();
      if (service === 'SIP+D2U') return { wire: 'udp', name: record.replacement };
      if (service === 'SIP+D2T') return { wire: 'tcp', name: record.replacement };
    }
    return undefined;
  }

  private async atPort(host: string, wire: Wire, port: number): Promise<readonly Place[]> {
    const addresses = isIP(host) === 0 ? await this.names.addresses(host) : [host];
    return addresses.map((address) => ({ wire, address, port }));
  }
}

function wireOf(uri: SipUri): Wire | undefined {
  if (uri.transport === undefined) return uri.scheme === 'sips' ? 'tls' : 'udp';
  if (!WIRES.has(uri.transport)) return undefined;
  if (uri.scheme === 'sips' && uri.transport === 'tcp') return 'tls';
  return uri.transport as Wire;
}

function defaultPort(wire: Wire): number {
  if (wire === 'ws') return 80;
  if (wire === 'wss') return 443;
  return wire === 'tls' ? 5061 : 5060;
}

function srvName(host: string, wire: Wire): string {
  return wire === 'tls' ? `_sips._tcp.${host}` : `_sip._${wire === 'udp' ? 'udp' : 'tcp'}.${host}`;
}
