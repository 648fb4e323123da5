/**
 * The page opened by a network address of this machine, as every desk but the server's own opens it: over HTTPS with our own
 * authority it gets the microphone; plain HTTP leads there, because no browser gives a microphone to `http://` on a network.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import type { Browser } from 'playwright-core';
import { freePort, type Ports, Service } from '../../demo/service';
import { describeWithTool } from '../require-tool';
import { administrator, clock } from './desk-office';
import { openBrowser, openPage, tryLogIn } from './open-browser';

const address = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

const describeOnNetwork = address === undefined ? describe.skip : describe;

describeWithTool(['chromium'], 'the page at a network address', () => {
  describeOnNetwork('(skipped where this machine has none)', () => {
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-network-'));
    let service: Service;
    let browser: Browser;
    let ports: Ports;
    beforeAll(async () => {
      const [http, https, sip, webrtc] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
      ports = { http, https, sip, webrtc, rtpFrom: 24_000 };
      const environment = {
        TRUNKLINE_HTTPS: `0.0.0.0:${https}`,
        TRUNKLINE_LOG: 'warn',
        TRUNKLINE_ADMIN_PASSWORD: administrator.password,
      };
      service = await Service.start({ clock, dataFolder, environment, ports });
      // Trusted by its key alone, as if the root had been installed; every other certificate is still refused.
      browser = await openBrowser([
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--ignore-certificate-errors-spki-list=${await servedKeyHash(service, address ?? '', https)}`,
      ]);
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await service?.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    });

    it('gets its microphone', async () => {
      const { page, mistakes } = await openPage(browser, { url: `https://${address}:${ports.https}` });
      await tryLogIn(page, administrator);
      await page.getByRole('navigation').first().waitFor();
      const heard = await page.evaluate(async () => {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
        const states = stream.getAudioTracks().map((track) => track.readyState);
        for (const track of stream.getTracks()) track.stop();
        return { states, isSecure: isSecureContext };
      });
      expect(heard).toEqual({ states: ['live'], isSecure: true });
      expect(mistakes).toEqual([]);
      await page.context().close();
    });
  });
});

/** Of the certificate that is served there; rejects unless it comes from the authority whose root is offered at /ca.crt. */
async function servedKeyHash({ url }: Service, host: string, port: number): Promise<string> {
  const ca = await (await fetch(`${url}/ca.crt`)).text();
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, ca }, () => {
      const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' });
      socket.end();
      resolve(
        createHash('sha256')
          .update(key ?? '')
          .digest('base64'),
      );
    });
    socket.once('error', reject);
  });
}
