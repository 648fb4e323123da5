/** The SIP side: the embedded engine, or the drachtio-servers that TRUNKLINE_DRACHTIO names, and the gateway on top. */
import type { PbxEvent } from '../call-router/event';
import type { Database } from '../prisma/database';
import type { LoadedDirectory } from '../prisma/operations';
import type { GatewayAccounts } from '../sip-gateway/accounts';
import type { StoredBinding } from '../sip-gateway/bindings';
import { startGateway } from '../sip-gateway/gateway';
import type { Gateway } from '../sip-gateway/gateway-options';
import { type KeptEngine, keepSipEngine } from '../sip-gateway/keep-engine';
import type { Certificates } from './certificate/certificates';
import { ownNames } from './certificate/own-names';
import type { Clock } from './clock';
import type { Config } from './config';
import { deriveKey } from './key-file';
import type { Log } from './log';

export interface SipParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  readonly post: (event: PbxEvent) => void;
  readonly realm: string;
  /** Of the key file. */
  readonly key: Buffer;
  readonly country: string;
  readonly accounts: GatewayAccounts;
  /** Shown by `tls` and `wss` addresses. */
  readonly certificates: Pick<Certificates, 'current' | 'onChange'>;
}

export interface Sip {
  readonly gateway: Gateway;
  /** Undefined with real drachtio-servers. */
  readonly engine: KeptEngine | undefined;
  readonly stop: () => Promise<void>;
}

export async function startSip(parts: SipParts): Promise<Sip> {
  const { config, clock, log, database, post, realm, country, accounts, key, certificates } = parts;
  let gateway: Gateway | undefined;
  const engine = config.drachtio === undefined ? await startEngine(parts, () => gateway) : undefined;
  if (engine !== undefined) certificates.onChange((next) => engine.showCertificate(next));
  const links =
    engine === undefined
      ? (config.drachtio?.servers ?? []).map((server) => ({ ...server, secret: config.drachtio?.secret ?? '' }))
      : [{ host: '127.0.0.1', port: engine.port, secret: engine.secret }];
  const started = await startGateway({
    links,
    clock,
    post,
    realm,
    ownHosts: ownNames(config.publicAddress === undefined ? [] : [config.publicAddress]),
    contactKey: deriveKey(key, 'contact-users'),
    country,
    log,
    accounts,
    enginesRefresh: engine === undefined,
    ...(engine === undefined
      ? {}
      : {
          ban: (source, ms) => engine.ban(source, ms),
          endFlow: (address, port) => engine.endFlow(address, port),
        }),
    loadBindings: () => storedBindings(database, clock),
    saveBindings: (of, bindings) => saveBindings(database, log, { of, bindings }),
  });
  gateway = started;
  return {
    gateway: started,
    engine,
    stop: async () => {
      await started.stop();
      await engine?.stop();
    },
  };
}

/** A trunk that says nothing for so long is dead, and the next is tried. Lost packets cost three of its four tries. */
const firstAnswerMs = 6_000;

function startEngine(parts: SipParts, gateway: () => Gateway | undefined): Promise<KeptEngine> {
  const { config, clock, log, certificates } = parts;
  const { sip: listen, publicAddress, localNetworks } = config;
  const certificate = certificates.current();
  return keepSipEngine(
    { listen, certificate, publicAddress, localNetworks, limits: { firstAnswerMs } },
    {
      clock,
      fault: (stack) => log.error({ stack }, 'the SIP engine had a fault of its own; calls go on'),
      ended: (problem) => {
        log.error({ problem }, 'the SIP engine ended: its calls are lost, another is being started');
        gateway()?.flowsLost();
      },
      restarted: () => log.warn({}, 'the SIP engine was started again'),
      flowLost: ({ wire: protocol, address, port }) => gateway()?.flowLost({ protocol, address, port }),
    },
  );
}

/** What the gateway needs of the directory: accounts with their secrets. */
export function accountsOf(loaded: LoadedDirectory): GatewayAccounts {
  return { devices: loaded.devices, trunks: loaded.trunks, numbers: loaded.numbers };
}

async function storedBindings(database: Database, clock: Clock): Promise<readonly StoredBinding[]> {
  const rows = await database.reading.ask('load-bindings', { at: clock.now() });
  return rows.map((row) => JSON.parse(row.json) as StoredBinding); // written by saveBindings below
}

interface Saved {
  readonly of: StoredBinding['of'];
  readonly bindings: readonly StoredBinding[];
}

function saveBindings(database: Database, log: Log, { of, bindings }: Saved): void {
  const owner = of.kind === 'device' ? `device ${of.device}` : `trunk ${of.trunk}`;
  const rows = bindings.map((binding) => ({
    id: binding.id,
    json: JSON.stringify(binding),
    expiresAt: binding.expiresAt,
  }));
  database.calls.ask('save-bindings', { of: owner, bindings: rows }).catch((error: unknown) => {
    log.error({ error }, 'bindings could not be saved'); // the phones register again by themselves
  });
}
