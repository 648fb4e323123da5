/**
 * The certificate HTTPS shows now: the one given by path, read again when its files change, or one of our own authority,
 * made anew before it ends and when this machine gets another address. Both without a restart. Keys are readable by us only.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Log } from '../log';
import { type CertificateAndKey, isStale, issueLeaf, makeRoot } from './authority';
import { ownNames } from './own-names';

export interface Certificates {
  readonly current: () => CertificateAndKey;
  /** PEM of our own root; undefined where a certificate was given. */
  readonly root: () => string | undefined;
  /** Called with each new certificate. */
  readonly onChange: (take: (next: CertificateAndKey) => void) => void;
  readonly close: () => void;
}

export interface CertificateDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
}

const lookEveryMs = 60_000;
const renewBeforeMs = 30 * 24 * 3600_000;

/** Throws where the given certificate and key cannot be used. */
export async function openCertificates(deps: CertificateDeps): Promise<Certificates> {
  const { config, clock, log } = deps;
  const source = config.tls === undefined ? await ownSource(deps) : givenSource(config.tls);
  let current = checked(await source.read());
  const takers: ((next: CertificateAndKey) => void)[] = [];
  const look = async (): Promise<void> => {
    const next = await source.readIfChanged();
    if (next === undefined) return;
    current = checked(next);
    for (const take of takers) take(current);
    log.info({}, 'certificate taken');
  };
  const stop = clock.every(lookEveryMs, () => {
    look().catch((error: unknown) => log.error({ error }, 'certificate not taken, the old one stays'));
  });
  return { current: () => current, root: source.root, onChange: (take) => void takers.push(take), close: stop };
}

interface Source {
  readonly read: () => Promise<CertificateAndKey>;
  readonly readIfChanged: () => Promise<CertificateAndKey | undefined>;
  readonly root: () => string | undefined;
}

function givenSource({ certFile, keyFile }: { readonly certFile: string; readonly keyFile: string }): Source {
  const stamp = (): string =>
    [certFile, keyFile].map((file) => `${statSync(file).mtimeMs} ${statSync(file).ino}`).join();
  let seen = '';
  const read = async (): Promise<CertificateAndKey> => {
    const now = stamp();
    const pair = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    seen = now;
    return pair;
  };
  return { read, readIfChanged: async () => (stamp() === seen ? undefined : read()), root: () => undefined };
}

async function ownSource({ config, clock }: CertificateDeps): Promise<Source> {
  const folder = path.join(config.dataFolder, 'certificates');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const root = readPair(folder, 'root') ?? writePair(folder, 'root', await makeRoot(clock.now()));
  const readIfChanged = async (): Promise<CertificateAndKey | undefined> => {
    const names = ownNames(config.publicAddress === undefined ? [] : [config.publicAddress]);
    const leaf = readPair(folder, 'server');
    const freshness = { names, nowMs: clock.now(), beforeMs: renewBeforeMs };
    if (leaf !== undefined && !isStale(leaf.cert, root.cert, freshness)) return undefined;
    return writePair(folder, 'server', await issueLeaf(root, names, clock.now()));
  };
  const read = async (): Promise<CertificateAndKey> => {
    const pair = (await readIfChanged()) ?? readPair(folder, 'server');
    if (pair === undefined) throw new Error('the certificate just made cannot be read');
    return pair;
  };
  return { read, readIfChanged, root: () => root.cert };
}

function readPair(folder: string, name: string): CertificateAndKey | undefined {
  const [certFile, keyFile] = [path.join(folder, `${name}.crt`), path.join(folder, `${name}.key`)];
  if (!existsSync(certFile) || !existsSync(keyFile)) return undefined;
  if ((statSync(keyFile).mode & 0o077) !== 0) chmodSync(keyFile, 0o600);
  return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}

/** The key first: a certificate without its key is made anew at the next start. */
function writePair(folder: string, name: string, pair: CertificateAndKey): CertificateAndKey {
  replaceFile(path.join(folder, `${name}.key`), pair.key, 0o600);
  replaceFile(path.join(folder, `${name}.crt`), pair.cert, 0o644);
  return pair;
}

function replaceFile(file: string, text: string, mode: number): void {
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}

/** A key that does not fit its certificate is refused here and not by the first browser. */
function checked(pair: CertificateAndKey): CertificateAndKey {
  try {
    createSecureContext(pair);
    return pair;
  } catch (error) {
    throw new Error('TRUNKLINE_TLS_CERT and TRUNKLINE_TLS_KEY do not fit each other or cannot be read', {
      cause: error,
    });
  }
}
