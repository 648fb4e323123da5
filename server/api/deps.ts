/**
 * All that the REST interface needs from the rest of the process, handed in by main.ts. Nothing in server/api reaches
 * for anything else: no environment, no time of day, no database of its own.
 */
import type { Call } from '../../call-router/state/call';
import type { TrunkState } from '../../call-router/state/view';
import type { Directory } from '../../call-router/state/directory';
import type { MailboxCount, Person } from '../../call-router/state/person';
import type { CallId, QueueId, TrunkId, UserId } from '../../call-router/values/ids';
import type { CallRecord } from '../../call-router/values/cdr';
import type { AgentNow, QueueNow } from '../../call-router/features/queue-now';
import type { ReadingOperations } from '../../prisma/operations';
import type { RecordingStorage } from '../../recordings/storage';
import type { TrunkAccount } from '../../sip-gateway/accounts';
import type { TrunkTest } from '../../sip-gateway/test-trunk';
import type { Clock } from '../clock';
import type { Config } from '../config';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import type { SoundFiles } from '../sound-files';
import type { Commands } from './commands';
import type { SocketRoute } from './upgrades';

export type AskReading = <Name extends keyof ReadingOperations>(
  operation: Name,
  request: ReadingOperations[Name]['request'],
) => Promise<ReadingOperations[Name]['answer']>;

export type PartState = 'starting' | 'ready' | 'failed' | 'off';
export interface Readiness {
  readonly sip: PartState;
  readonly media: PartState;
  readonly database: PartState;
  /** Browser audio: the service is ready without it, and says so. */
  readonly webrtc: PartState;
  /** For instance `disk-full`. */
  readonly alarms: readonly string[];
}

export interface ApiDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly reading: AskReading;
  readonly commands: Commands;
  readonly recordings: RecordingStorage;
  readonly sounds: SoundFiles;
  readonly liveCalls: () => ReadonlyMap<CallId, Call>;
  readonly trunkStates: () => ReadonlyMap<TrunkId, TrunkState>;
  readonly directory: () => Directory;
  /** Tries a trunk once, saved or not. Never rejects. */
  readonly testTrunk: (trunk: TrunkAccount) => Promise<TrunkTest>;
  /** What the router holds for this person now. */
  readonly personOf: (user: UserId) => Person;
  /** One that would ring now: registered, behind the office PBX, or a mobile that rings along. */
  readonly hasPhone: (user: UserId) => boolean;
  /** Undefined: there is no such queue. */
  readonly queueNow: (queue: QueueId) => QueueNow | undefined;
  readonly agentsNow: () => readonly AgentNow[];
  /** Resolves when the record of a call is kept. */
  readonly keepCall: (record: CallRecord) => Promise<unknown>;
  /** A message was heard or removed through REST: the lamps follow. */
  readonly mailboxCounted: (count: MailboxCount) => void;
  /** A browser of this person has asked to be told of calls while its page is closed. */
  readonly toldWhenClosed: (user: UserId) => void;
  readonly readiness: () => Readiness;
  /** Resolves when people, devices, trunks, numbers or the never-record list are loaded anew after a change. */
  readonly directoryChanged: () => Promise<void>;
  /** Folder of the built web pages; without it `/` answers 404. */
  readonly webFolder: string;
  /** The root certificate of our own authority in PEM, offered at /ca.crt; undefined where a certificate was given. */
  readonly rootCertificate: () => string | undefined;
  readonly country: string;
  /** Where WebSockets may be opened. */
  readonly sockets: readonly SocketRoute[];
}
