/** The root certificate of our own authority, and how to install it: a browser gives no microphone to a page it mistrusts. */
import { X509Certificate } from 'node:crypto';
import type { ApiDeps } from '../deps';
import { ProblemError } from '../problems';
import type { Api } from '../schemas/schema';

const config = { audience: 'everyone' } as const;

export function caRoutes(app: Api, { rootCertificate }: ApiDeps): void {
  app.get('/ca.crt', { config }, async (request, reply) => {
    const root = rootCertificate();
    if (root === undefined) throw new ProblemError('not-found');
    void reply.header('content-disposition', 'attachment; filename="trunkline-ca.crt"');
    return reply.type('application/x-x509-ca-cert').send(root);
  });
  app.get('/ca', { config }, async (request, reply) => {
    const root = rootCertificate();
    if (root === undefined) throw new ProblemError('not-found');
    return reply.type('text/html; charset=utf-8').send(pageOf(new X509Certificate(root).fingerprint256));
  });
}

function pageOf(fingerprint: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Trunkline: install the certificate</title>
<style>body{font:16px/1.5 system-ui;max-width:42rem;margin:2rem auto;padding:0 1rem}code{overflow-wrap:anywhere}</style>
<h1>Trust this Trunkline</h1>
<p>This installation made its own certificate authority. Install its root once on each computer, and browsers open Trunkline
without a warning and allow the microphone. <a href="/ca.crt">Download the root certificate</a></p>
<p>Compare its SHA-256 fingerprint with the one an administrator reads to you:<br><code>${fingerprint}</code></p>
<ul>
<li><b>Windows:</b> open the file, Install Certificate, Local Machine, “Trusted Root Certification Authorities”.</li>
<li><b>macOS:</b> open the file in Keychain Access, then set “Always Trust”.</li>
<li><b>Linux (Chrome, Chromium):</b> Settings, Privacy and security, Security, Manage certificates, Authorities, Import.</li>
<li><b>Firefox:</b> Settings, Privacy &amp; Security, View Certificates, Authorities, Import, “identify websites”.</li>
<li><b>Android:</b> Settings, Security, Install a certificate, CA certificate.</li>
<li><b>iOS:</b> open the file in Safari, install the profile, then Settings, General, About, Certificate Trust Settings.</li>
</ul></html>`;
}
