/**
 * The service under load, started as a user starts it and set up through REST: a provider's trunk that calls come from, one
 * they are passed on to, and very many contacts who call.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Service } from '../demo/service';
import { seedContacts } from '../prisma/seed-contacts';
import type { CallRow, Page } from '../prisma/records';
import { systemClock } from '../server/clock';

const clock = systemClock();

export interface OfficePlan {
  readonly contacts: number;
  readonly firstNumber: number;
  readonly callerPort: number;
  readonly calleePort: number;
}

export interface Office {
  service: Service;
  readonly dataFolder: string;
  /** That calls come from, and where what they are passed on to is answered. */
  readonly callerTrunkId: string;
  readonly calleePort: number;
  /** From the start of the process to ready, when everything was set up before. */
  readonly restart: () => Promise<number>;
  readonly close: () => Promise<void>;
}

interface Made {
  readonly id: string;
}

/** So many legs live and resting at once: 100 calls a second of 2 s need 1,300. */
const rtpPorts = '10000-19999';

export async function openOffice(plan: OfficePlan): Promise<Office> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'trunkline-bench-'));
  const environment = { TRUNKLINE_RTP_PORTS: rtpPorts, TRUNKLINE_LOG: 'warn' };
  const start = (ports?: Service['ports']): Promise<Service> =>
    Service.start({ clock, dataFolder, environment, onLog, ...(ports === undefined ? {} : { ports }) });
  const { contacts: count, firstNumber } = plan;
  await seedContacts({ url: `file:${path.join(dataFolder, 'trunkline.db')}`, count, firstNumber, clock });
  const service = await start();
  const callerTrunkId = await furnish(service, plan).catch(async (error: unknown) => {
    await service.stop();
    rmSync(dataFolder, { recursive: true, force: true });
    throw error;
  });
  const office: Office = {
    service,
    dataFolder,
    callerTrunkId,
    calleePort: plan.calleePort,
    async restart() {
      await office.service.stop();
      const beganMs = clock.now();
      office.service = await start(office.service.ports);
      return clock.now() - beganMs;
    },
    async close() {
      await office.service.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
  return office;
}

function onLog(lines: string): void {
  process.stderr.write(lines);
}

/** Answers the trunk that calls come from. */
async function furnish({ api }: Service, { callerPort, calleePort }: OfficePlan): Promise<string> {
  const trunk = (name: string, port: number, more: object): Promise<Made> =>
    api.post('/api/trunks', { name, kind: 'address', host: '127.0.0.1', port, transport: 'udp', ...more });
  const from = await trunk('from the provider', callerPort, { tieLine: true });
  const to = await trunk('to the office', calleePort, {});
  const route = { to: 'external', trunkId: to.id };
  await api.post('/api/numbers', { number: '*', kind: 'rented', trunkId: from.id, route });
  await api.put('/api/settings/fraud-guard', openGuard);
  return from.id;
}

/** The tie line passes on what the generator dials: 1 and five digits, which are nobody's number. */
const often = { callsPerHour: 100_000, callsPerDay: 1_000_000, minutesPerHour: 100_000, minutesPerDay: 1_000_000 };
const openGuard = {
  openCountries: [],
  openPremium: Array.from({ length: 10 }, (_, second) => `1${second}`),
  limits: { ...often, atOnce: 10_000 },
  offHours: { ...often, atOnce: 10_000 },
};

/** All calls the service has, newest first. */
export async function callsOf({ api }: Service): Promise<readonly CallRow[]> {
  const calls: CallRow[] = [];
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? '' : `&cursor=${cursor}`;
    const page: Page<CallRow> = await api.get(`/api/calls?limit=200${more}`);
    calls.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return calls;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve));
