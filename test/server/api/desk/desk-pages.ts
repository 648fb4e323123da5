/** Pages of the desk for tests: the service on a listener of its own, and WebSockets that keep what they are told. */
import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type { FromDesk, ToDesk } from '../../../../server/api/desk-messages';
import { startListeners } from '../../../../server/api/listeners';
import { acceptUpgrades } from '../../../../server/api/upgrades';
import { openCertificates } from '../../../../server/certificate/certificates';
import { type DeskLimits, defaultLimits } from '../../../../server/limits';
import { type Person, startTestService, type TestService, type TestServiceOptions } from '../service';

type Said<Type extends ToDesk['type']> = Extract<ToDesk, { readonly type: Type }>;

/** A page as the server sees it. */
export class TestPage {
  readonly socket: WebSocket;
  readonly told: ToDesk[] = [];
  /** With 1006 where the connection ended without a word. */
  readonly closed: Promise<number>;
  private readonly waiting = new Set<() => void>();

  constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = once(socket, 'close').then(([code]) => Number(code));
    socket.on('message', (bytes: Buffer) => {
      this.told.push(JSON.parse(bytes.toString()));
      for (const look of [...this.waiting]) look();
    });
  }

  say(message: FromDesk | object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first of what was told (or will be) that is so; it and all before are then done with. */
  async hear<Type extends ToDesk['type']>(
    type: Type,
    isSo: (message: Said<Type>) => boolean = () => true,
  ): Promise<Said<Type>> {
    const isIt = (message: ToDesk): message is Said<Type> => message.type === type && isSo(message as Said<Type>);
    return new Promise((resolve) => {
      const look = (): void => {
        const at = this.told.findIndex(isIt);
        const found = this.told[at];
        if (found === undefined || !isIt(found)) return;
        this.told.splice(0, at + 1);
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }
}

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
