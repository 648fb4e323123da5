/**
 * Starts the whole service in the order of the data flow and stops it in reverse: database, recorder, media, SIP, doors.
 * Wiring only: who gets which function of whom. Nothing here decides about a call.
 */
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { hasPhone } from '../call-router/features/explain-person';
import { agentsNow, queueNow } from '../call-router/features/queue-now';
import { type MediaServer, type MediaSettings, startMedia } from '../media/media-server';
import { type Database, openDatabase } from '../prisma/database';
import { isRecordingId, livePaths, shelfPaths } from '../recordings/layout';
import { type Recordings, startRecordings } from '../recordings/run-recording-effect';
import { createStorage } from '../recordings/storage';
import type { ApiDeps } from './api/deps';
import { type Doors, startDoors } from './api/doors';
import { sipSocket } from './api/sip-socket';
import type { SocketRoute } from './api/upgrades';
import { openBrowserAccounts } from './browser-accounts';
import { callCommands } from './call-commands';
import { type Certificates, openCertificates } from './certificate/certificates';
import { type Clock, namedTimers } from './clock';
import type { Config } from './config';
import { watchWrites } from './database-writes';
import { directoryLoader } from './directory-loader';
import { drainCalls } from './drain';
import { prepareFirstStart, type Terminal } from './first-start';
import { deriveKey } from './key-file';
import { startForgetting } from './forget-old';
import { startLeadOwners } from './lead-owners';
import { loadAtStart } from './load-at-start';
import { recordingLinks } from './link-recordings';
import type { Log } from './log';
import { startMailer } from './mailer';
import { type Metrics, openMetrics } from './metrics';
import { ownAddresses } from './own-addresses';
import { promptsFolder } from './own-prompts';
import { type Parts, readinessOf, showCounters } from './readiness';
import { connectRunners } from './runners';
import { openSoundFiles } from './sound-files';
import { accountsOf, startSip } from './start-sip';
import { browserPhones, startDesk } from './start-desk';
import { type RunningPush, startPush } from './start-push';
import { openSwitchboard, type Switchboard } from './switchboard';

export interface ServiceSettings {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Of the key file. */
  readonly key: Buffer;
  readonly country: string;
  readonly terminal: Terminal | undefined;
}

export interface RunningService {
  readonly doors: Doors;
  /** Refuses new calls, gives live ones limits.drainMs to end, ends the rest, closes everything. */
  readonly stop: () => Promise<void>;
}

export async function startService(settings: ServiceSettings): Promise<RunningService> {
  const { config, clock, log } = settings;
  const board = openSwitchboard(config.limits.calls, log);
  const { database, onWrite } = watchWrites(await openData(settings));
  const audio = await startAudio(settings, board, database);
  const realm = (await database.reading.ask('get-setting', { key: 'realm' })) ?? 'trunkline';
  const accounts = accountsOf(await database.reading.ask('load-directory', undefined));
  const certificates = await openCertificates({ config, clock, log });
  const sip = await startSip({ ...settings, database, post: board.post, realm, accounts, certificates });
  const { gateway, engine } = sip;
  const { sipSocket: limits } = config.limits;
  const browsers = openBrowserAccounts({ gateway, realm, clock, keptMs: limits.accountKeptMs });
  const timers = namedTimers(clock, (timer) =>
    board.post({ from: 'clock', type: 'timer-fired', at: clock.now(), timer }),
  );
  const metrics = openMetrics();
  const reading = database.reading.ask;
  const phones = browserPhones(browsers, () => engine !== undefined && audio.media.ready().webrtc === 'ready');
  const desk = startDesk({ board, onWrite, reading, clock, limits: config.limits.desk, metrics, log, phones });
  const push = await startPush({ board, onWrite, reading, clock, log, isOpen: desk.isOpen });
  const store = connectRunners({ board, database, sip, desk, push, timers, clock, log, ...audio });
  const directoryChanged = directoryLoader({
    load: () => database.reading.ask('load-directory', undefined),
    country: settings.country,
    calendars: store,
    clock,
    post: board.post,
    configure: (loaded, { sounds }) => {
      sip.gateway.configure(accountsOf(loaded));
      audio.media.configure({ sounds: sounds.values() });
    },
  });
  await directoryChanged();
  await loadAtStart(database.reading.ask, clock, board.post);
  const stopLeads = startLeadOwners({ reading: database.reading.ask, clock, view: board.view, log });
  const stopForgetting = startForgetting({ reading, clock, limits: config.limits.retention, log });
  const stopMail = startMailer({ reading: database.reading.ask, clock, log });
  const sockets = [sipSocket({ engine, accounts: browsers, clock, limits }), desk.route()];
  const parts = { board, database, sip, store, ...audio };
  await showCounters(metrics, parts, clock);
  const doors = await openDoors(settings, parts, { metrics, directoryChanged, sockets, push, certificates });
  return {
    doors,
    async stop() {
      await drainCalls(board, clock, config.limits.drainMs);
      await doors.close();
      certificates.close();
      browsers.stop();
      desk.stop();
      timers.clearAll();
      await Promise.all([stopLeads(), stopMail(), stopForgetting(), push.stop()]);
      await sip.stop();
      await audio.media.stop();
      await store.flush();
      await audio.recordings.stop(); // its last words are links too
      await audio.links.flush();
      await database.close();
    },
  };
}

async function openData({ config, clock, key, country, terminal }: ServiceSettings): Promise<Database> {
  const { databaseUrl: url, dataFolder } = config;
  const database = await openDatabase({ url, dataFolder, key: deriveKey(key, 'trunk-passwords'), country, clock });
  await prepareFirstStart(database.reading.ask, config, terminal);
  return database;
}

/** Recorder and RTP engine, joined by a channel of their own; what a crash left is linked before the first call. */
async function startAudio(
  { config, clock, log }: ServiceSettings,
  board: Switchboard,
  database: Database,
): Promise<Pick<Parts, 'media' | 'recordings' | 'storage' | 'links'>> {
  const folder = path.join(config.dataFolder, 'recordings');
  const { port1: recorderEnd, port2: mediaEnd } = new MessageChannel();
  const nextChannel = [mediaEnd];
  let media: MediaServer | undefined;
  const recordings = await startRecordings({
    folder,
    clock,
    mediaPort: recorderEnd,
    onAlarm: (change) => log.error(change, 'recorder alarm'),
    onRestarted: (left) => {
      nextChannel.length = 0; // its other end died with the first
      media?.renewRecorder();
      void links.recovered(left);
    },
    post: (event) => {
      if (event.type === 'recording-finished') links.finished(event);
      board.post(event);
    },
  });
  const links = recordingLinks({ calls: database.calls, clock, log, linked: recordings.linked });
  const found = await recordings.recover();
  await links.recovered(found);
  const ended = await database.calls.ask('end-interrupted-calls', { at: clock.now() });
  const cut = found.filter((recording) => recording.wasCut === true).length; // after a clean stop the finished wait there too
  if (cut + ended > 0) log.warn({ recordings: cut, calls: ended }, 'the last run ended in the middle of calls');
  media = await startMedia({
    rtpPorts: { from: config.rtpPorts.first, to: config.rtpPorts.last },
    addressTowards: await ownAddresses(config, clock),
    bindAddress: '0.0.0.0',
    webrtc: webrtcListening(config),
    clock,
    post: board.post,
    soundFolders: { prompts: promptsFolder, uploads: path.join(config.dataFolder, 'sounds') },
    recordingFiles: (call) => (isRecordingId(call) ? [shelfPaths(folder, call).wav, livePaths(folder, call).wav] : []),
    recorderPort: () => nextChannel.shift() ?? furtherChannel(recordings),
    failed: (error) => log.error({ error }, 'a media worker ended'),
  });
  return { media, recordings, links, storage: createStorage(folder) };
}

/** A worker a core, as far as there are ports for them. */
function webrtcListening({ webrtc: { host, ports }, publicAddress }: Config): MediaSettings['webrtc'] & object {
  const count = Math.min(availableParallelism(), ports.last - ports.first + 1);
  // Port 0: whichever is free.
  const given = Array.from({ length: count }, (_, i) => (ports.first === 0 ? 0 : ports.first + i));
  return { host, ports: given, ...(publicAddress === undefined ? {} : { publicAddress }) };
}

/** For a media worker that starts in the place of one that died. */
function furtherChannel(recordings: Recordings): MessagePort {
  const { port1: recorderEnd, port2: mediaEnd } = new MessageChannel();
  recordings.listen(recorderEnd);
  return mediaEnd;
}

interface DoorParts {
  readonly metrics: Metrics;
  readonly directoryChanged: () => Promise<void>;
  readonly sockets: readonly SocketRoute[];
  readonly push: RunningPush;
  readonly certificates: Certificates;
}

async function openDoors(
  { config, clock, log, country }: ServiceSettings,
  parts: Parts,
  { metrics, directoryChanged, sockets, push, certificates }: DoorParts,
): Promise<Doors> {
  const { board, database, storage } = parts;
  const deps: Omit<ApiDeps, 'rootCertificate'> = {
    config,
    clock,
    log,
    metrics,
    reading: database.reading.ask,
    commands: callCommands(board, clock, () => randomBytes(16).toString('hex')),
    recordings: storage,
    sounds: await openSoundFiles(path.join(config.dataFolder, 'sounds'), config.limits.sounds),
    liveCalls: () => board.view.calls,
    trunkStates: () => board.view.trunkStates,
    testTrunk: (trunk) => parts.sip.gateway.testTrunk(trunk),
    directory: () => board.view.directory,
    personOf: (user) => board.view.person(user),
    hasPhone: (user) => hasPhone(board.view, user),
    queueNow: (queue) => queueNow(board.view, { queue, at: clock.now() }),
    agentsNow: () => agentsNow(board.view, clock.now()),
    keepCall: (record) => database.calls.ask('save-call', record),
    mailboxCounted: (count) => board.post({ from: 'store', type: 'mailbox-counted', at: clock.now(), count }),
    toldWhenClosed: push.wanted,
    readiness: () => readinessOf(parts),
    directoryChanged,
    webFolder: path.resolve(__dirname, __filename.endsWith('.ts') ? '../dist/web' : '../web'),
    country,
    sockets,
  };
  return startDoors(deps, certificates);
}
