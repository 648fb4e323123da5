/**
 * Our own certificate authority, for installations whose name no public one can vouch for: a root of ten years that people
 * install once, and a certificate of at most 397 days (what browsers accept) for every name and address of this machine.
 * ECDSA on P-256; the profile is RFC 5280 section 4.2. Owns @peculiar/x509.
 */
import 'reflect-metadata';
import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

/** Both in PEM. */
export interface CertificateAndKey {
  readonly cert: string;
  readonly key: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 24 * 3600_000;
const rootDays = 3652;
const leafDays = 396;
/** Clocks of phones and laptops run behind. */
const earlierMs = dayMs;

x509.cryptoProvider.set(webcrypto as unknown as Crypto); // the same thing under two names in the types

/** A new root. `nowMs`: milliseconds since 1970. */
export async function makeRoot(nowMs: number): Promise<CertificateAndKey> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const id = randomBytes(3).toString('hex');
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=Trunkline local authority ${id}, O=Trunkline`,
    notBefore: new Date(nowMs - earlierMs),
    notAfter: new Date(nowMs + rootDays * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}

/** A certificate for all names and addresses, signed by the root. The root is not in the answer. */
export async function issueLeaf(
  root: CertificateAndKey,
  names: readonly string[],
  nowMs: number,
): Promise<CertificateAndKey> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const issuer = new x509.X509Certificate(root.cert);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=Trunkline, O=Trunkline',
    issuer: issuer.subject,
    notBefore: new Date(nowMs - earlierMs),
    notAfter: new Date(nowMs - earlierMs + leafDays * dayMs),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: await importedKey(root.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: isIP(name) === 0 ? 'dns' : 'ip', value: name }) as const),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}

/** A leaf must be made anew: it is not for these names, not of this root, or ends within `beforeMs`. */
export function isStale(leaf: string, root: string, { names, nowMs, beforeMs }: Freshness): boolean {
  const certificate = new X509Certificate(leaf);
  const isOfRoot = certificate.verify(new X509Certificate(root).publicKey);
  const covers = names.every((name) =>
    isIP(name) === 0 ? certificate.checkHost(name) !== undefined : certificate.checkIP(name) !== undefined,
  );
  return !isOfRoot || !covers || Date.parse(certificate.validTo) < nowMs + beforeMs;
}

export interface Freshness {
  readonly names: readonly string[];
  readonly nowMs: number;
  readonly beforeMs: number;
}

/** RFC 5280 section 4.1.2.2: positive, at most 20 octets. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function importedKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}
