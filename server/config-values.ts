/**
 * The grammar of configuration values: text from the environment to plain data, or why it is not right.
 * Only server/config.ts uses it. Addresses are read by ipaddr.js; a port of 0 lets the system choose.
 */
import path from 'node:path';
import ipaddr from 'ipaddr.js';
import { fail, type Result, succeed } from '../call-router/values/result';

/** What is wrong with a value, to be read after the key's name. */
export type Wrong = string;
type Read<Value> = Result<Value, Wrong>;

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}
export type SipTransport = 'udp' | 'tcp' | 'tls' | 'ws' | 'wss';
export interface SipListener extends ListenAddress {
  readonly transport: SipTransport;
}
/** Both ends included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

const sipTransports: readonly SipTransport[] = ['udp', 'tcp', 'tls', 'ws', 'wss'];

/** `host:port` or `[IPv6]:port`. */
export function readListenAddress(text: string): Read<ListenAddress> {
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/.exec(text);
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3]);
  if (host === undefined || port > 65535)
    return fail('must be an address and a port, like 127.0.0.1:8080 or [::1]:8080');
  if (!ipaddr.isValid(host) && !isHostName(host)) return fail(`has an address that cannot be: ${host}`);
  return succeed({ host, port });
}

/** Where browsers send their audio: an address, and a port for each worker. */
export interface WebrtcAddress {
  readonly host: string;
  readonly ports: PortRange;
}

/** `0.0.0.0:44300` or `0.0.0.0:44300-44303`: an IP address, and one port or several. */
export function readWebrtcAddress(text: string): Read<WebrtcAddress> {
  const [, start = text, end] = /^(.*:\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const address = readListenAddress(start);
  if (!address.ok) return fail('must be an address and a port or ports, like 0.0.0.0:44300 or 0.0.0.0:44300-44303');
  const { host, port: first } = address.value;
  const last = end === undefined ? first : Number(end);
  if (!ipaddr.isValid(host)) return fail(`needs an IP address to listen on: ${host}`);
  if (last < first || last > 65535 || last - first >= webrtcPortsMax)
    return fail(`must name its ports upwards, ${webrtcPortsMax} at the most`);
  return succeed({ host, ports: { first, last } });
}

const webrtcPortsMax = 64;

/** `udp/0.0.0.0:5060,tcp/0.0.0.0:5060`. */
export function readSipListeners(text: string): Read<readonly SipListener[]> {
  const listeners: SipListener[] = [];
  for (const item of listOf(text)) {
    const slash = item.indexOf('/');
    const transport = sipTransports.find((known) => known === item.slice(0, slash).toLowerCase());
    if (transport === undefined) return fail(`must be like udp/0.0.0.0:5060 (udp, tcp, tls, ws or wss): ${item}`);
    const address = readListenAddress(item.slice(slash + 1));
    if (!address.ok) return fail(`${address.problem} (in ${item})`);
    if (!ipaddr.isValid(address.value.host)) return fail(`needs an IP address to listen on: ${item}`);
    listeners.push({ transport, ...address.value });
  }
  if (listeners.length === 0) return fail('names nothing to listen on');
  const keys = listeners.filter(({ port }) => port !== 0).map((one) => `${one.transport}/${one.host}:${one.port}`);
  if (new Set(keys).size < keys.length) return fail('names the same address twice');
  return succeed(listeners);
}

/** `10000-19999`; at least 16 ports, because each leg takes two. */
export function readPortRange(text: string): Read<PortRange> {
  const found = /^(\d{1,5})-(\d{1,5})$/.exec(text);
  const first = Number(found?.[1]);
  const last = Number(found?.[2]);
  if (found === null || first < 1024 || last > 65535)
    return fail('must be two ports from 1024 to 65535, like 10000-19999');
  if (last - first < 15) return fail('must span at least 16 ports');
  return succeed({ first, last });
}

/** Addresses and ranges, IPv4 or IPv6, separated by commas: `10.0.0.0/8,fd00::/8`. */
export function readNetworks(text: string): Read<readonly string[]> {
  const networks = listOf(text);
  const wrong = networks.find((network) => !ipaddr.isValid(network) && !ipaddr.isValidCIDR(network));
  return wrong === undefined
    ? succeed(networks)
    : fail(`has what is neither an address nor a range like 10.0.0.0/8: ${wrong}`);
}

/** Origins of the web, separated by commas: `https://push.example,https://other.example:8443`. */
export function readOrigins(text: string): Read<readonly string[]> {
  const origins = listOf(text);
  const wrong = origins.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  return wrong === undefined ? succeed(origins) : fail(`has what is no origin like https://push.example: ${wrong}`);
}

export function readIpAddress(text: string): Read<string> {
  return ipaddr.isValid(text) ? succeed(ipaddr.parse(text).toString()) : fail('must be an IP address');
}

/** `drachtio://host:port,drachtio://…`; 9022 is drachtio-server's own port. */
export function readDrachtioServers(text: string): Read<readonly ListenAddress[]> {
  const servers: ListenAddress[] = [];
  for (const item of listOf(text)) {
    const rest = item.startsWith('drachtio://') ? item.slice('drachtio://'.length) : undefined;
    const address = rest === undefined ? undefined : readListenAddress(/:\d+$/.test(rest) ? rest : `${rest}:9022`);
    if (address?.ok !== true) return fail('must be like drachtio://host:9022, several separated by commas');
    servers.push(address.value);
  }
  return servers.length === 0 ? fail('names no server') : succeed(servers);
}

/** `file:` with a path in the data folder, or a PostgreSQL address. Never repeats the value: it may hold a password. */
export function readDatabaseUrl(text: string, dataFolder: string): Read<string> {
  if (/^postgres(?:ql)?:\/\/\S+$/.test(text)) return succeed(text);
  if (text.startsWith('file:') && text.length > 'file:'.length) {
    return succeed(`file:${path.resolve(dataFolder, text.slice('file:'.length))}`);
  }
  return fail('must begin with file: or postgresql://');
}

/** ISO 3166-1 alpha-2. Whether such a country exists is asked of the zone data that comes with Node. */
export function readCountry(text: string): Read<string> {
  const country = text.toUpperCase();
  const name = /^[A-Z]{2}$/.test(country) ? new Intl.DisplayNames(['en'], { type: 'region' }).of(country) : undefined;
  return name === undefined || name === country || name === 'Unknown Region'
    ? fail('must be a country of ISO 3166, two letters like CZ')
    : succeed(country);
}

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function isHostName(text: string): boolean {
  return text.length <= 253 && /^(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})*$/i.test(text);
}
