/**
 * The whole service in a process of its own, with an office set up through REST as an administrator would: for tests that
 * call it for real. Ports are free ones; everything is ended and removed by `close`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FraudGuard } from '../../call-router/state/office';
import type { CallRow } from '../../prisma/records';
import { SipPhone } from '../../demo/phone/sip-phone';
import type { Law } from '../../demo/phone/speaker';
import { freePort, Service, type ServiceSettings } from '../../demo/service';
import { systemClock } from '../../server/clock';

export const clock = systemClock();

export interface DeviceLogin {
  readonly username: string;
  readonly password: string;
}

export interface RunningOffice {
  service: Service;
  readonly dataFolder: string;
  /** The address trunk `provider` is known by 127.0.0.1 and this port. */
  readonly providerPort: number;
  readonly anna: { readonly id: string; readonly desk: DeviceLogin; readonly home: DeviceLogin };
  readonly boris: { readonly id: string; readonly desk: DeviceLogin };
  readonly sales: string;
  readonly main: string;
  /** A phone of one of these people, registered. */
  phone(login: DeviceLogin, law?: Law): Promise<SipPhone>;
  /** A provider's side at the trunk's port, for calls in and out. */
  provider(law?: Law): Promise<SipPhone>;
  readonly closers: (() => void)[];
  close(): Promise<void>;
}

interface Made {
  readonly id: string;
}

/** @param environment more of the service's settings. */
export async function openOffice(
  environment: Readonly<Record<string, string>> = {},
  { main, onLog, dataFolder }: Partial<Pick<ServiceSettings, 'main' | 'onLog' | 'dataFolder'>> = {},
): Promise<RunningOffice> {
  const folder = dataFolder ?? mkdtempSync(path.join(tmpdir(), 'trunkline-test-'));
  const service = await Service.start({
    clock,
    dataFolder: folder,
    environment: { TRUNKLINE_LOG: 'warn', ...environment },
    ...(main === undefined ? {} : { main }),
    ...(onLog === undefined ? {} : { onLog }),
  });
  try {
    return await furnish(service, { dataFolder: folder, isOurs: dataFolder === undefined });
  } catch (error) {
    await service.kill();
    throw error;
  }
}

interface Folder {
  readonly dataFolder: string;
  /** Made here, so removed here. */
  readonly isOurs: boolean;
}

async function furnish(service: Service, { dataFolder, isOurs }: Folder): Promise<RunningOffice> {
  const { api } = service;
  // By night and on weekends a new office lets nobody call out as much as a test does.
  const guard = await api.get<FraudGuard>('/api/settings/fraud-guard');
  await api.put('/api/settings/fraud-guard', { ...guard, offHours: guard.limits });
  const providerPort = await freePort();
  const trunk = await api.post<Made>('/api/trunks', {
    name: 'provider',
    kind: 'address',
    host: '127.0.0.1',
    port: providerPort,
    transport: 'udp',
  });
  const person = async (name: string, extension: string): Promise<string> => {
    const user = { name, login: name.toLowerCase(), password: 'a long password', role: 'operator', extension };
    return (await api.post<Made>('/api/users', user)).id;
  };
  const device = (user: string, name: string): Promise<DeviceLogin> => api.post(`/api/users/${user}/devices`, { name });
  const [anna, boris] = [await person('Anna', '101'), await person('Boris', '102')];
  const [main, sales] = ['+420210000001', '+420210000002'];
  const number = (digits: string, userId: string): Promise<Made> =>
    api.post('/api/numbers', { number: digits, kind: 'rented', trunkId: trunk.id, route: { to: 'user', userId } });
  await number(main, anna);
  await number(sales, boris);
  const closers: (() => void)[] = [];
  const office: RunningOffice = {
    service,
    dataFolder,
    providerPort,
    anna: { id: anna, desk: await device(anna, 'desk'), home: await device(anna, 'home') },
    boris: { id: boris, desk: await device(boris, 'desk') },
    main,
    sales,
    closers,
    async phone(login, law = 'PCMA') {
      const place = { host: '127.0.0.1', port: office.service.ports.sip };
      const phone = await SipPhone.open({ clock, service: place, ...login, law });
      closers.push(() => phone.close());
      const status = await phone.register();
      if (status !== 200) throw new Error(`the phone could not register: ${status}`);
      return phone;
    },
    async provider(law = 'PCMA') {
      const place = { host: '127.0.0.1', port: office.service.ports.sip };
      const phone = await SipPhone.open({ clock, service: place, username: 'provider', law, localPort: providerPort });
      closers.push(() => phone.close());
      return phone;
    },
    async close() {
      for (const close of closers) close();
      await office.service.stop();
      if (isOurs) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
  return office;
}

/** Waits until the answer holds what is wanted; at most 10 s, then it says what it saw last. */
export async function until<Answer>(ask: () => Promise<Answer>, isSo: (answer: Answer) => boolean): Promise<Answer> {
  const giveUpAt = clock.now() + 10_000;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (clock.now() > giveUpAt)
      throw new Error(`it did not come to be within 10 s; last seen: ${JSON.stringify(answer)}`);
    await new Promise<void>((resolve) => void clock.after(25, resolve));
  }
}

/** Ends what a test that failed has left, so that the next one finds nobody on the line. */
export async function endAllCalls({ api }: Service): Promise<void> {
  const live = () => api.get<{ items: readonly { readonly id: string }[] }>('/api/live');
  // One may end by itself meanwhile.
  for (const { id } of (await live()).items) await api.post(`/api/calls/${id}/hangup`, {}).catch(() => undefined);
  await until(live, ({ items }) => items.length === 0);
}

/** The newest call with this number once it has ended and its recording, if anybody was heard, is finished. */
export async function endedCall(office: RunningOffice, phone: string): Promise<CallRow> {
  const ask = (): Promise<{ items: readonly CallRow[] }> =>
    office.service.api.get(`/api/calls?phone=${encodeURIComponent(phone)}`);
  const isSettled = (call: CallRow | undefined): boolean =>
    call?.cause !== undefined && call.recording?.state !== 'running';
  const { items } = await until(ask, (page) => isSettled(page.items[0]));
  const [call] = items;
  if (call === undefined) throw new Error('no call');
  return call;
}
