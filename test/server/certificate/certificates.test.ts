import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { epochMs } from '../../../call-router/values/ids';
import { issueLeaf, makeRoot } from '../../../server/certificate/authority';
import { type Certificates, openCertificates } from '../../../server/certificate/certificates';
import type { Clock } from '../../../server/clock';
import { type Config, readConfig } from '../../../server/config';
import { openLog } from '../../../server/log';

const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));
const log = openLog('silent');
const start = Date.UTC(2026, 10, 23);
const dayMs = 24 * 3600_000;

/** A clock moved by hand; `tick` waits for what the repeated task started. */
function handClock() {
  let now = start;
  let repeated: (() => void) | undefined;
  const clock: Clock = {
    now: () => epochMs(now),
    after: () => () => {},
    every: (_ms, fire) => {
      repeated = fire;
      return () => {
        repeated = undefined;
      };
    },
  };
  return { clock, to: (ms: number) => void (now = ms), tick: () => repeated?.() };
}

function configIn(name: string, more: Record<string, string> = {}): Config {
  const config = readConfig({ TRUNKLINE_DATA: path.join(folder, name), ...more });
  if (!config.ok) throw new Error('wrong configuration in a test');
  return config.value;
}

function nextCertificate(certificates: Certificates): Promise<string> {
  return new Promise((resolve) => certificates.onChange(({ cert }) => resolve(cert)));
}

test('the first start makes a root of ten years and a leaf for every name, with keys for us alone', async () => {
  const { clock } = handClock();
  const config = configIn('first', { TRUNKLINE_PUBLIC_ADDRESS: '198.51.100.7' });
  const certificates = await openCertificates({ config, clock, log });
  certificates.close();
  const root = new X509Certificate(certificates.root() ?? '');
  const leaf = new X509Certificate(certificates.current().cert);
  expect(root.ca).toBe(true);
  expect(leaf.ca).toBe(false);
  expect(leaf.verify(root.publicKey)).toBe(true);
  expect(leaf.checkIssued(root)).toBe(true);
  expect(leaf.checkHost('localhost')).toBe('localhost');
  expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(leaf.checkIP('198.51.100.7')).toBe('198.51.100.7');
  expect(Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)).toBeLessThanOrEqual(397 * dayMs);
  expect(Date.parse(root.validTo) - start).toBeGreaterThan(3650 * dayMs);
  for (const name of ['root.key', 'server.key']) {
    expect(statSync(path.join(config.dataFolder, 'certificates', name)).mode & 0o777).toBe(0o600);
  }
});

test('a second start keeps both', async () => {
  const { clock } = handClock();
  const config = configIn('second');
  const first = await openCertificates({ config, clock, log });
  first.close();
  const second = await openCertificates({ config, clock, log });
  second.close();
  expect(second.current()).toEqual(first.current());
  expect(second.root()).toBe(first.root());
});

test('the leaf is made anew thirty days before its end, while the service runs, by the same root', async () => {
  const hand = handClock();
  const certificates = await openCertificates({ config: configIn('renewed'), clock: hand.clock, log });
  const before = certificates.current().cert;
  hand.to(start + 366 * dayMs);
  const renewed = nextCertificate(certificates);
  hand.tick();
  const after = await renewed;
  certificates.close();
  expect(after).not.toBe(before);
  expect(new X509Certificate(after).verify(new X509Certificate(certificates.root() ?? '').publicKey)).toBe(true);
});

async function given(name: string) {
  const root = await makeRoot(start);
  const leaf = await issueLeaf(root, ['pbx.example'], start);
  const [certFile, keyFile] = [path.join(folder, `${name}.crt`), path.join(folder, `${name}.key`)];
  writeFileSync(certFile, leaf.cert);
  writeFileSync(keyFile, leaf.key);
  return { root, leaf, certFile, keyFile, environment: { TRUNKLINE_TLS_CERT: certFile, TRUNKLINE_TLS_KEY: keyFile } };
}

test('given files are used and read again when they change; no root of ours is offered', async () => {
  const hand = handClock();
  const { root, leaf, certFile, keyFile, environment } = await given('given');
  const certificates = await openCertificates({ config: configIn('given', environment), clock: hand.clock, log });
  expect(certificates.current()).toEqual(leaf);
  expect(certificates.root()).toBeUndefined();
  const next = await issueLeaf(root, ['pbx.example'], start);
  const changed = nextCertificate(certificates);
  writeFileSync(keyFile, next.key);
  writeFileSync(certFile, next.cert);
  utimesSync(certFile, 5, 5);
  hand.tick();
  expect(await changed).toBe(readFileSync(certFile, 'utf8'));
  certificates.close();
});

test('a key of another certificate stops the start with a message that names the keys', async () => {
  const { clock } = handClock();
  const one = await given('one');
  const other = await given('other');
  const config = configIn('mixed', { TRUNKLINE_TLS_CERT: one.certFile, TRUNKLINE_TLS_KEY: other.keyFile });
  await expect(openCertificates({ config, clock, log })).rejects.toThrow('TRUNKLINE_TLS_CERT');
});
