/**
 * `npm run demo`: a small office, a provider and a desk phone, all real SIP and RTP on loopback; two calls, and what came of
 * them as the public REST interface tells it. Stays up to be looked at; with `--once` it exits 0 only if all of it was true.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../server/clock';
import { SipPhone } from './phone/sip-phone';
import { setUpOffice } from './office';
import { playCall } from './play-call';
import { printHeading, printPlace, printReport } from './report';
import { Service } from './service';

const isOnce = process.argv.includes('--once');
const clock = systemClock();

async function main(): Promise<number> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-demo-'));
  const service = await Service.start({ clock, dataFolder, environment: { TRUNKLINE_LOG: 'warn' } });
  const place = { host: '127.0.0.1', port: service.ports.sip };
  const provider = await SipPhone.open({ clock, service: place, username: 'provider', law: 'PCMA' });
  const office = await setUpOffice(service.api, { host: '127.0.0.1', port: provider.port });
  const desk = await SipPhone.open({ clock, service: place, ...office.deskPhone, law: 'PCMU' });
  try {
    const status = await desk.register();
    if (status !== 200) throw new Error(`the desk phone could not register: ${status}`);
    printHeading(service.url);
    const stage = { clock, api: service.api, office, provider, desk };
    const first = await playCall(stage, { caller: office.unknownCaller, expected: { kind: 'lead' } });
    printReport('An unknown number calls', first);
    const second = await playCall(stage, {
      caller: office.knownCaller,
      expected: { kind: 'contact', id: office.contactId },
    });
    printReport('A known client calls', second);
    const problems = [...first.problems, ...second.problems];
    if (!isOnce) await lookAround(service.url, office, first.cardPath);
    return problems.length === 0 ? 0 : 1;
  } finally {
    desk.close();
    provider.close();
    await service.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function lookAround(url: string, office: Parameters<typeof printPlace>[1], cardPath: string): Promise<void> {
  printPlace(url, office, cardPath);
  const idle = clock.every(60_000, () => undefined);
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  idle();
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
