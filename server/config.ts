/**
 * The configuration: the one place that reads the environment. Checks all keys, reports all mistakes at once, freezes the
 * result. Each secret may also come from a file named by the same key with `_FILE` behind it. `takeConfig` removes the
 * secrets from the environment, so that no child process and no diagnostic sees them.
 */
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { fail, type Result, succeed } from '../call-router/values/result';
import { type Environment, type Mistake, Reader, secretKeys } from './config-reader';
import {
  type ListenAddress,
  type WebrtcAddress,
  type PortRange,
  readCountry,
  readDatabaseUrl,
  readDrachtioServers,
  readIpAddress,
  readListenAddress,
  readWebrtcAddress,
  readNetworks,
  readOrigins,
  readPortRange,
  readSipListeners,
  type SipListener,
} from './config-values';
import { defaultLimits, type Limits } from './limits';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'silent';

export interface Config {
  /** TRUNKLINE_DATA: folder of database, recordings and keys, absolute. Default `./data`. */
  readonly dataFolder: string;
  /** TRUNKLINE_HTTP: plain HTTP. Default `127.0.0.1:8080`. Bound elsewhere than loopback it only redirects to HTTPS. */
  readonly http: ListenAddress;
  /** TRUNKLINE_HTTPS. Default `0.0.0.0:8443`. */
  readonly https: ListenAddress;
  /** TRUNKLINE_TLS_CERT and TRUNKLINE_TLS_KEY: paths of PEM files, both or neither (then our own authority). */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** TRUNKLINE_SIP. Default `udp/0.0.0.0:5060,tcp/0.0.0.0:5060`. */
  readonly sip: readonly SipListener[];
  /** TRUNKLINE_RTP_PORTS. Default `10000-19999`. */
  readonly rtpPorts: PortRange;
  /**
   * TRUNKLINE_WEBRTC: UDP and TCP ports for browsers' audio, one for each worker; as many workers as cores at the most.
   * Default `0.0.0.0:44300-44303`; `0.0.0.0:44300` is one worker on one port.
   */
  readonly webrtc: WebrtcAddress;
  /** TRUNKLINE_PUBLIC_ADDRESS: written towards peers outside `localNetworks`. */
  readonly publicAddress?: string;
  /** TRUNKLINE_LOCAL_NETWORKS: addresses or ranges. Default: the private ranges and our own subnets. */
  readonly localNetworks: readonly string[];
  /** TRUNKLINE_DATABASE_URL (secret). Default `file:` and `trunkline.db` in the data folder; the path is made absolute. */
  readonly databaseUrl: string;
  /** TRUNKLINE_DRACHTIO and TRUNKLINE_DRACHTIO_SECRET (secret): real servers instead of the embedded engine. */
  readonly drachtio?: { readonly servers: readonly ListenAddress[]; readonly secret: string };
  /** TRUNKLINE_KEY_FILE: made 0600 if it is not there. Default `trunkline.key` in the data folder. */
  readonly keyFile: string;
  /** TRUNKLINE_ADMIN_PASSWORD (secret): for the first start only. */
  readonly adminPassword?: string;
  /** TRUNKLINE_API_TOKEN (secret): acts as an administrator; 32 characters or more. */
  readonly apiToken?: string;
  /** TRUNKLINE_COUNTRY: ISO 3166. Undefined: asked at the first start (`CZ` without a terminal). */
  readonly country?: string;
  /** TRUNKLINE_LOG: error, warn, info (default), debug or silent. */
  readonly logLevel: LogLevel;
  /** TRUNKLINE_BROWSER_FFMPEG: on (default) or off. */
  readonly browserFfmpeg: boolean;
  /** TRUNKLINE_PUSH_SERVICES: origins of push services beyond those of the browsers' makers. Default none. */
  readonly pushServices: readonly string[];
  readonly limits: Limits;
}

/** RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 and loopback. */
const privateRanges = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
];
const apiTokenLengthMin = 32;
const adminPasswordLengthMin = 8;
const logLevels: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'silent'];

/** Reads the configuration and takes the secrets out of the environment. */
export function takeConfig(
  environment: Environment,
  limits: Limits = defaultLimits,
): Result<Config, readonly Mistake[]> {
  const config = readConfig(environment, limits);
  for (const key of secretKeys) delete environment[key];
  return config;
}

/** Reads the configuration; the environment stays as it is. An empty value is as good as none. */
export function readConfig(
  environment: Environment,
  limits: Limits = defaultLimits,
): Result<Config, readonly Mistake[]> {
  const reader = new Reader(environment);
  const dataFolder = path.resolve(reader.text('TRUNKLINE_DATA') ?? './data');
  const tls = readTlsFiles(reader);
  const drachtio = readDrachtio(reader);
  const publicAddress = reader.optional('TRUNKLINE_PUBLIC_ADDRESS', readIpAddress);
  const country = reader.optional('TRUNKLINE_COUNTRY', readCountry);
  const adminPassword = reader.secretOfLength('TRUNKLINE_ADMIN_PASSWORD', adminPasswordLengthMin);
  const apiToken = reader.secretOfLength('TRUNKLINE_API_TOKEN', apiTokenLengthMin);
  const config: Config = {
    dataFolder,
    http: reader.value('TRUNKLINE_HTTP', '127.0.0.1:8080', readListenAddress),
    https: reader.value('TRUNKLINE_HTTPS', '0.0.0.0:8443', readListenAddress),
    ...(tls === undefined ? {} : { tls }),
    sip: reader.value('TRUNKLINE_SIP', 'udp/0.0.0.0:5060,tcp/0.0.0.0:5060', readSipListeners),
    rtpPorts: reader.value('TRUNKLINE_RTP_PORTS', '10000-19999', readPortRange),
    webrtc: reader.value('TRUNKLINE_WEBRTC', '0.0.0.0:44300-44303', readWebrtcAddress),
    ...(publicAddress === undefined ? {} : { publicAddress }),
    localNetworks: reader.optional('TRUNKLINE_LOCAL_NETWORKS', readNetworks) ?? [...privateRanges, ...ownSubnets()],
    databaseUrl: reader.value('TRUNKLINE_DATABASE_URL', 'file:trunkline.db', (text) =>
      readDatabaseUrl(text, dataFolder),
    ),
    ...(drachtio === undefined ? {} : { drachtio }),
    keyFile: path.resolve(dataFolder, reader.text('TRUNKLINE_KEY_FILE') ?? 'trunkline.key'),
    ...(adminPassword === undefined ? {} : { adminPassword }),
    ...(apiToken === undefined ? {} : { apiToken }),
    ...(country === undefined ? {} : { country }),
    logLevel: reader.oneOf('TRUNKLINE_LOG', logLevels, 'info'),
    browserFfmpeg: reader.oneOf('TRUNKLINE_BROWSER_FFMPEG', ['on', 'off'], 'on') === 'on',
    pushServices: reader.optional('TRUNKLINE_PUSH_SERVICES', readOrigins) ?? [],
    limits,
  };
  reader.refuseUnknownKeys();
  return reader.mistakes.length === 0 ? succeed(frozen(config)) : fail(reader.mistakes);
}

/** One message for a person, a line for each mistake. */
export function describeMistakes(mistakes: readonly Mistake[]): string {
  const lines = mistakes.map(({ key, why }) => `  ${key} ${why}`);
  return ['Trunkline cannot start, because of its configuration:', ...lines].join('\n');
}

function readTlsFiles(reader: Reader): Config['tls'] {
  const certFile = reader.text('TRUNKLINE_TLS_CERT');
  const keyFile = reader.text('TRUNKLINE_TLS_KEY');
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined) reader.mistake('TRUNKLINE_TLS_CERT', 'is missing beside TRUNKLINE_TLS_KEY');
  if (keyFile === undefined) reader.mistake('TRUNKLINE_TLS_KEY', 'is missing beside TRUNKLINE_TLS_CERT');
  return { certFile: path.resolve(certFile ?? ''), keyFile: path.resolve(keyFile ?? '') };
}

function readDrachtio(reader: Reader): Config['drachtio'] {
  const servers = reader.optional('TRUNKLINE_DRACHTIO', readDrachtioServers);
  const secret = reader.text('TRUNKLINE_DRACHTIO_SECRET');
  if (servers === undefined) return undefined;
  if (secret === undefined) reader.mistake('TRUNKLINE_DRACHTIO_SECRET', 'is missing beside TRUNKLINE_DRACHTIO');
  return { servers, secret: secret ?? '' };
}

function ownSubnets(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).flatMap(({ cidr }) => (cidr === null ? [] : [cidr])),
  );
}

function frozen<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) frozen(part);
  return Object.freeze(value);
}
