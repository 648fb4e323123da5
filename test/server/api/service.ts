/**
 * The REST interface on real parts: a database of its own in a new folder, the switchboard, recordings on disk. Requests go
 * through `inject`; tests of the listeners open them besides.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { hasPhone } from '../../../call-router/features/explain-person';
import { agentsNow, queueNow } from '../../../call-router/features/queue-now';
import { callIdOf, epochMs } from '../../../call-router/values/ids';
import type { CallRecord } from '../../../call-router/values/cdr';
import { type Database, openDatabase } from '../../../prisma/database';
import { shelfFolder, shelfPaths } from '../../../recordings/layout';
import { writeSidecar } from '../../../recordings/sidecar-file';
import { createStorage } from '../../../recordings/storage';
import { emptyHeader, setSamples } from '../../../recordings/wav-header';
import { buildApi } from '../../../server/api/build-api';
import type { DeskHub } from '../../../server/api/desk/desk-hub';
import type { BrowserPhones } from '../../../server/api/desk/phone-leases';
import type { ApiDeps } from '../../../server/api/deps';
import type { SocketRoute } from '../../../server/api/upgrades';
import { callCommands } from '../../../server/call-commands';
import { systemClock } from '../../../server/clock';
import { type Config, readConfig } from '../../../server/config';
import { watchWrites } from '../../../server/database-writes';
import { directoryLoader } from '../../../server/directory-loader';
import { prepareFirstStart } from '../../../server/first-start';
import { defaultLimits, type Limits } from '../../../server/limits';
import { openLog } from '../../../server/log';
import { openMetrics } from '../../../server/metrics';
import { openSoundFiles } from '../../../server/sound-files';
import { startDesk } from '../../../server/start-desk';
import { openSwitchboard, type Switchboard } from '../../../server/switchboard';

export const apiToken = 'environment-token-of-forty-characters-xx';
export const adminPassword = 'correct horse battery';
const origin = 'http://localhost:80';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  /** Parsed where it is JSON, else empty. */
  readonly json: Record<string, unknown>;
  readonly text: string;
  readonly bytes: Buffer;
}
export interface Asked {
  readonly as?: Person | 'token' | 'nobody';
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly address?: string;
}
/** Somebody who is logged in by cookie. */
export interface Person {
  readonly id: string;
  readonly cookie: string;
}

export interface TestService {
  readonly app: FastifyInstance;
  readonly deps: ApiDeps;
  readonly database: Database;
  readonly board: Switchboard;
  readonly desk: DeskHub;
  readonly logLines: string[];
  readonly ask: (method: string, url: string, asked?: Asked) => Promise<Answer>;
  readonly logIn: (login: string, password: string) => Promise<Person>;
  /** Makes a person by REST and logs them in. */
  readonly person: (login: string, role: 'administrator' | 'manager' | 'operator', more?: object) => Promise<Person>;
  readonly close: () => Promise<void>;
}

export interface TestServiceOptions {
  readonly environment?: Record<string, string>;
  readonly limits?: Limits;
  readonly webFolder?: string;
  /** What time it is, in milliseconds since 1970. */
  readonly now?: () => number;
  /** What the SIP side would answer: a world outside of this test. */
  readonly testTrunk?: ApiDeps['testTrunk'];
  /** In the place of the desk socket. */
  readonly sockets?: readonly SocketRoute[];
  readonly phones?: BrowserPhones;
}

export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const folder = mkdtempSync(path.join(tmpdir(), 'trunkline-api-'));
  const config = configIn(folder, options);
  const own = systemClock();
  const { now } = options;
  const clock = now === undefined ? own : { ...own, now: () => epochMs(now()) };
  const logLines: string[] = [];
  const log = openLog('debug', { write: (line) => void logLines.push(line) });
  const { database, onWrite } = watchWrites(
    await openDatabase({
      url: config.databaseUrl,
      dataFolder: config.dataFolder,
      key: randomBytes(32),
      country: 'CZ',
      clock,
    }),
  );
  const board = openSwitchboard(config.limits.calls, log);
  await prepareFirstStart(database.reading.ask, config, undefined);
  const directoryChanged = directoryLoader({
    load: () => database.reading.ask('load-directory', undefined),
    country: 'CZ',
    clock,
    post: board.post,
    configure: () => {},
  });
  const metrics = openMetrics();
  const { desk: deskLimits } = config.limits;
  const phones = options.phones ?? { lease: () => undefined, release: () => undefined, end: () => undefined };
  const { ask: reading } = database.reading;
  const desk = startDesk({ board, onWrite, reading, clock, limits: deskLimits, metrics, log, phones });
  const deps: ApiDeps = {
    config,
    clock,
    log,
    metrics,
    reading,
    commands: callCommands(board, clock, () => randomBytes(16).toString('hex')),
    recordings: createStorage(path.join(folder, 'recordings')),
    sounds: await openSoundFiles(path.join(folder, 'sounds'), config.limits.sounds),
    liveCalls: () => board.view.calls,
    trunkStates: () => board.view.trunkStates,
    testTrunk: options.testTrunk ?? (async () => ({ outcome: 'not-ready' })),
    directory: () => board.view.directory,
    personOf: (user) => board.view.person(user),
    hasPhone: (user) => hasPhone(board.view, user),
    queueNow: (queue) => queueNow(board.view, { queue, at: clock.now() }),
    agentsNow: () => agentsNow(board.view, clock.now()),
    keepCall: (record) => database.calls.ask('save-call', record),
    mailboxCounted: (count) => board.post({ from: 'store', type: 'mailbox-counted', at: clock.now(), count }),
    toldWhenClosed: () => undefined,
    readiness: () => ({ sip: 'ready', media: 'ready', database: 'ready', webrtc: 'off', alarms: [] }),
    directoryChanged,
    webFolder: options.webFolder ?? path.join(folder, 'no-pages'),
    rootCertificate: () => undefined,
    country: 'CZ',
    sockets: options.sockets ?? [desk.route()],
  };
  const app = await buildApi(deps);
  const ask = (method: string, url: string, asked: Asked = {}): Promise<Answer> =>
    inject(app, method, { url, ...asked });
  const logIn = (login: string, password: string): Promise<Person> => logInBy(ask, login, password);
  return {
    app,
    deps,
    database,
    board,
    desk,
    logLines,
    ask,
    logIn,
    async person(login, role, more = {}) {
      const body = { name: `Person ${login}`, login, password: `password of ${login}`, role, ...more };
      const made = await ask('POST', '/api/users', { as: 'token', body });
      if (made.status !== 201) throw new Error(`person not made: ${made.text}`);
      return logIn(login, body.password);
    },
    async close() {
      await app.close();
      desk.stop();
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A finished call with a recording of so many seconds: its row, its file on the shelf. */
export async function addRecordedCall(
  service: TestService,
  more: Partial<CallRecord> = {},
  seconds = 2,
): Promise<string> {
  const id = callIdOf(randomBytes(16).toString('hex'));
  const startedAt = epochMs(Date.UTC(2026, 10, 23, 10));
  const record: CallRecord = {
    id,
    direction: 'inbound',
    startedAt,
    answeredAt: epochMs(startedAt + 1000),
    endedAt: epochMs(startedAt + 1000 + seconds * 1000),
    ringMs: 1000,
    talkMs: seconds * 1000,
    totalMs: (seconds + 1) * 1000,
    cause: 'caller-hung-up',
    fault: 'nobody',
    callerTyped: '+420777123456',
    calleeTyped: '+420210000001',
    rangUserIds: [],
    otherCards: [],
    recording: 'finished',
    legs: [],
    ...more,
  };
  const folder = path.join(service.deps.config.dataFolder, 'recordings');
  const { wav, sidecar } = shelfPaths(folder, id);
  mkdirSync(shelfFolder(folder, id), { recursive: true });
  const samples = seconds * 8000;
  const audio = Buffer.from(Uint8Array.from({ length: samples * 2 }, (_, index) => index % 251));
  writeFileSync(wav, Buffer.concat([setSamples(emptyHeader(), samples), audio]));
  const ids = { direction: 'inbound', startedAt, answeredAt: startedAt } as const;
  writeSidecar(sidecar, { version: 1, call: id, state: 'finished', incomplete: false, sidecar: ids });
  await service.database.calls.ask('save-call', record);
  const sizeBytes = samples * 2 + 58;
  await service.database.calls.ask('save-recording', {
    callId: id,
    state: 'finished',
    durationMs: seconds * 1000,
    sizeBytes,
  });
  return id;
}

function configIn(folder: string, { environment = {}, limits = defaultLimits }: TestServiceOptions): Config {
  const config = readConfig(
    {
      TRUNKLINE_DATA: folder,
      TRUNKLINE_HTTP: '127.0.0.1:0',
      TRUNKLINE_HTTPS: '127.0.0.1:0',
      TRUNKLINE_API_TOKEN: apiToken,
      TRUNKLINE_ADMIN_PASSWORD: adminPassword,
      ...environment,
    },
    limits,
  );
  if (!config.ok) throw new Error(`wrong configuration in a test: ${JSON.stringify(config.problem)}`);
  return config.value;
}

async function inject(app: FastifyInstance, method: string, asked: Asked & { readonly url: string }): Promise<Answer> {
  const { as = 'nobody', url, body, headers = {}, address } = asked;
  const json =
    body === undefined && !(typeof as === 'object' && method !== 'GET') ? {} : { 'content-type': 'application/json' };
  const identity: Record<string, string> =
    as === 'nobody' ? {} : as === 'token' ? { authorization: `Bearer ${apiToken}` } : { cookie: as.cookie, origin };
  const response = await app.inject({
    method: method as 'GET', // any method may be tried
    url,
    headers: { host: 'localhost:80', ...json, ...identity, ...headers },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(address === undefined ? {} : { remoteAddress: address }),
  });
  const isJson = /json/.test(String(response.headers['content-type'])) && response.body !== '';
  const parsed: Record<string, unknown> = isJson ? response.json() : {};
  return {
    status: response.statusCode,
    headers: response.headers,
    json: parsed,
    text: response.body,
    bytes: response.rawPayload,
  };
}

async function logInBy(ask: TestService['ask'], login: string, password: string): Promise<Person> {
  const answer = await ask('POST', '/api/login', { body: { login, password } });
  if (answer.status !== 200) throw new Error(`${login} could not log in: ${answer.text}`);
  return { id: String(answer.json['id']), cookie: cookieIn(answer) };
}

/** `name=value` of the cookie an answer sets. */
export function cookieIn({ headers }: Answer): string {
  return String(headers['set-cookie']).split(';', 1)[0] ?? '';
}
