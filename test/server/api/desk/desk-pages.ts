/** Pages of the desk for tests, of the service on a listener of its own. */
import { type ClientOptions, WebSocket } from 'ws';
import { startListeners } from '../../../../server/api/listeners';
import { acceptUpgrades } from '../../../../server/api/upgrades';
import { openCertificates } from '../../../../server/certificate/certificates';
import { type DeskLimits, defaultLimits } from '../../../../server/limits';
import { TestPage } from './test-page';
import { type Person, startTestService, type TestService, type TestServiceOptions } from '../service';

export interface DeskService {
  readonly service: TestService;
  /** Not opened yet. */
  readonly socket: (person: Person | undefined, options?: ClientOptions) => WebSocket;
  /** Opened, and welcomed. */
  readonly page: (person: Person) => Promise<TestPage>;
  readonly close: () => Promise<void>;
}

export async function startDeskService(
  limits: Partial<DeskLimits> = {},
  options: Omit<TestServiceOptions, 'limits'> = {},
): Promise<DeskService> {
  const api = { ...defaultLimits.api, closeMs: 200 };
  const desk = { ...defaultLimits.desk, ...limits };
  const service = await startTestService({ ...options, limits: { ...defaultLimits, api, desk } });
  const { config, clock, log } = service.deps;
  const certificates = await openCertificates({ config, clock, log });
  const listeners = await startListeners({ app: service.app, config, certificates, clock });
  acceptUpgrades(service.app, listeners.servers);
  const place = `127.0.0.1:${listeners.http.port}`;
  const socket: DeskService['socket'] = (person, clientOptions = {}) => {
    const cookie: Record<string, string> = person === undefined ? {} : { cookie: person.cookie };
    const headers = { origin: `http://${place}`, ...cookie };
    return new WebSocket(`ws://${place}/api/desk`, { headers, ...clientOptions });
  };
  return {
    service,
    socket,
    async page(person) {
      const page = new TestPage(socket(person));
      await page.hear('welcome');
      return page;
    },
    async close() {
      certificates.close();
      await service.app.openSockets.close();
      await listeners.close();
      await service.close();
    },
  };
}
